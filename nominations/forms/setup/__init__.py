from nominations.forms.setup.calendar import CalendarForm, ShiftForm
from nominations.forms.setup.extension import ExtensionForm
from nominations.forms.setup.rows import CategoryForm, PrizeForm, QuestionForm, TeamMemberForm, TouchPointForm
from nominations.forms.setup.steps import LaunchForm, NameForm, NewProgramForm, PrizeTextForm, RulesForm, WinnersForm

__all__ = [
    "CalendarForm",
    "CategoryForm",
    "ExtensionForm",
    "LaunchForm",
    "NameForm",
    "NewProgramForm",
    "PrizeForm",
    "PrizeTextForm",
    "QuestionForm",
    "RulesForm",
    "ShiftForm",
    "TeamMemberForm",
    "TouchPointForm",
    "WinnersForm",
]
