"""Reminders while a request waits: for the customer, for a time, for what each side has to say. See references/rules.py."""
