"""One function a message. Callers import from here."""

from awards.emails.guests import judge_invitation
from awards.emails.judging import judging_ends_soon

__all__ = ["judge_invitation", "judging_ends_soon"]
