from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.models import Recognition
from awards.services import preparation

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ItemForm(forms.Form):
    what = forms.CharField(label=_("What else is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DATE)


class NoteForm(forms.Form):
    text = forms.CharField(required=False, max_length=2000, strip=True)


class RecognitionForm(forms.ModelForm):
    status = forms.ChoiceField(label=_("Now"), choices=Recognition.Status)

    class Meta:
        model = Recognition
        fields = ["status", "due_on", "cost", "currency", "purpose"]
        widgets = {"due_on": DATE}

    def __init__(self, *args, instance, **kwargs):
        self.recognition = Recognition.objects.get(pk=instance.pk)
        super().__init__(*args, instance=instance, **kwargs)

    def save_by(self, *, by, now):
        details = {name: self.cleaned_data[name] for name in ("due_on", "cost", "currency", "purpose")}
        preparation.move_recognition(recognition=self.recognition, to=self.cleaned_data["status"], by=by, now=now)
        if any(getattr(self.recognition, name) != value for name, value in details.items()):
            preparation.change_recognition(recognition=self.recognition, by=by, now=now, **details)
