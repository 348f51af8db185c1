from advocacy.recruiting.forms.fields import AccountField, account_label
from advocacy.recruiting.forms.interview import InterviewForm
from advocacy.recruiting.forms.introduction import IntroductionForm
from advocacy.recruiting.forms.matches import SameForm
from advocacy.recruiting.forms.steps import LinkForm, MissedForm, NotNowForm, PlanForm, PutForwardForm

__all__ = [
    "AccountField",
    "InterviewForm",
    "IntroductionForm",
    "LinkForm",
    "MissedForm",
    "NotNowForm",
    "PlanForm",
    "PutForwardForm",
    "SameForm",
    "account_label",
]
