from awards.forms.copying import CopyForm
from awards.forms.desk import AnswersForm, ChangesForm, InvitationForm, ScoresForm
from awards.forms.offers import AwardForm, NoThanksForm, TermsForm
from awards.forms.results import FreezeForm, TieForm, WhatIfForm
from awards.forms.steps import AcceptanceForm, AssignForm, CategoriesForm, ModeForm, ReasonForm
from awards.forms.winners import ItemForm, NoteForm, RecognitionForm

__all__ = [
    "AcceptanceForm",
    "AnswersForm",
    "AssignForm",
    "AwardForm",
    "CategoriesForm",
    "ChangesForm",
    "CopyForm",
    "FreezeForm",
    "InvitationForm",
    "ItemForm",
    "ModeForm",
    "NoThanksForm",
    "NoteForm",
    "ReasonForm",
    "RecognitionForm",
    "ScoresForm",
    "TermsForm",
    "TieForm",
    "WhatIfForm",
]
