from django import forms

from references.models import DemandRules
from references.services import set_demand_rules


class RulesForm(forms.ModelForm):
    class Meta:
        model = DemandRules
        fields = ["share_needing", "references_each", "asks_a_year"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, instance=DemandRules.current(), **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-sm"
        self.fields["asks_a_year"].widget.attrs["min"] = "0.1"

    def clean_asks_a_year(self):
        if self.cleaned_data["asks_a_year"] <= 0:
            raise forms.ValidationError(self.fields["asks_a_year"].error_messages["invalid"])
        return self.cleaned_data["asks_a_year"]

    def clean_references_each(self):
        if self.cleaned_data["references_each"] < 0:
            raise forms.ValidationError(self.fields["references_each"].error_messages["invalid"])
        return self.cleaned_data["references_each"]

    def complaints(self) -> list[str]:
        """What is wrong, each with the name of its field."""
        return [f"{self.fields[name].label}: {' '.join(messages)}" for name, messages in self.errors.items()]

    def save(self, *, by):
        return set_demand_rules(by=by, **self.cleaned_data)
