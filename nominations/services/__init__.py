from nominations.services.drafts import discard_draft, save_draft, start_draft
from nominations.services.submission import submit_nomination

__all__ = ["discard_draft", "save_draft", "start_draft", "submit_nomination"]
