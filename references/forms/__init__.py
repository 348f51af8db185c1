from references.forms.opportunities import OpportunityField, opportunities_like, opportunity_label
from references.forms.profile import ProfileForm
from references.forms.request import RequestForm
from references.forms.steps import OtherForm, OutcomeForm, ProposeForm, ReasonForm, ScheduleForm

__all__ = [
    "OpportunityField",
    "OtherForm",
    "OutcomeForm",
    "ProfileForm",
    "ProposeForm",
    "ReasonForm",
    "RequestForm",
    "ScheduleForm",
    "opportunities_like",
    "opportunity_label",
]
