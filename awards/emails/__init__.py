"""One function a message. Callers import from here."""

from awards.emails.judging import judging_ends_soon

__all__ = ["judging_ends_soon"]
