"""What was measured, before and after: the rows of a result, as several forms ask for them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField

ROWS = 5
COLUMNS = ("measure", "before", "after", "unit", "period")


class ResultForm(forms.Form):
    """One measure, before and after. Text, because people write "about 9" and that is worth keeping."""

    measure = LineField(label=_("Measure"))
    before = LineField(label=_("Before"), limit=60)
    after = LineField(label=_("After"), limit=60)
    unit = LineField(label=_("Unit"), limit=40)
    period = LineField(label=_("Period"), limit=60)

    def row(self):
        return {name: self.cleaned_data.get(name, "") for name in COLUMNS}


class BaseResultFormSet(forms.BaseFormSet):
    def rows(self):
        """The filled rows, in the shape of Nomination.results and Story.results."""
        return [row for row in (form.row() for form in self.forms) if any(row.values())]


ResultFormSet = forms.formset_factory(
    ResultForm, formset=BaseResultFormSet, extra=ROWS, max_num=ROWS, absolute_max=ROWS, validate_max=False
)
