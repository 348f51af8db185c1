from nominations.forms.draft import NominationForm
from nominations.forms.filters import NominationFilterForm
from nominations.forms.reading import ReadingForm
from nominations.forms.reply import ReplyForm
from nominations.forms.self_nomination import SelfNominationForm

__all__ = ["NominationFilterForm", "NominationForm", "ReadingForm", "ReplyForm", "SelfNominationForm"]
