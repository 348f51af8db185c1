"""Asks of marketing, product, PR and analyst relations: a short form, the CSM's word, and the same ledger as everybody's."""
