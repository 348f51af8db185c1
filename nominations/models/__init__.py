from nominations.models.nominations import Entry, Nomination, NomineeReply
from nominations.models.programs import Category, Program, default_consent_text
from nominations.models.self_nominations import SelfNomination

__all__ = ["Category", "Entry", "Nomination", "NomineeReply", "Program", "SelfNomination", "default_consent_text"]
