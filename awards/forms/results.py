"""The forms of the results' own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import services

FLOOR = {"min_value": 1, "max_value": 5, "max_digits": 3, "decimal_places": 2}


class WhatIfForm(forms.Form):
    """Other rules to try; a form of GET, so that a trial has an address and changes nothing."""

    story_weight = forms.IntegerField(
        label=_("Weight of the story"), min_value=0, max_value=100, help_text=_("Of 100; the partnership has the rest.")
    )
    story_floor = forms.DecimalField(label=_("Lowest story mean that ranks"), **FLOOR)
    partnership_floor = forms.DecimalField(label=_("Lowest partnership mean that ranks"), **FLOOR)

    def is_asked(self):
        return any(name in self.data for name in self.fields)


class FreezeForm(forms.Form):
    reason = forms.CharField(
        label=_("What is decided anew, and why"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever reads the results later reads this first."),
    )

    def __init__(self, *args, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]

    def save(self, *, program, by, now):
        return services.freeze_result(program=program, by=by, now=now, reason=self.cleaned_data.get("reason", ""))


class TieForm(forms.Form):
    """Equals in the order the chair gives them: a place for each."""

    def __init__(self, *args, rows, is_chair, chair="", decisions=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.decisions = [decision for row in rows if (decision := (decisions or {}).get(row.entry.pk))]
        places = {decision.entry_id: decision.place for decision in self.decisions}
        for row in rows:
            self.fields[self._name(row)] = forms.IntegerField(
                label=_("Place of %(nomination)s") % {"nomination": row.nomination},
                min_value=1,
                max_value=len(rows),
                initial=places.get(row.entry.pk),
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why in this order"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
        )
        if not is_chair:
            self.fields["chair_name"] = forms.CharField(
                label=_("Who decided"),
                max_length=150,
                initial=str(chair or ""),
                help_text=_("You record it for the chair; both names are kept."),
            )

    @property
    def is_settled(self):
        return len(self.decisions) == len(self.rows)

    @property
    def category(self):
        return self.rows[0].entry.category

    @property
    def questions(self):
        """Each of the equals with the field for its place."""
        return [(row, self[self._name(row)]) for row in self.rows]

    @staticmethod
    def _name(row):
        return f"place-{row.entry.pk}"

    def save(self, *, program, by, now):
        return services.decide_tie(
            program=program,
            places={row.entry.pk: self.cleaned_data[self._name(row)] for row in self.rows},
            reason=self.cleaned_data["reason"],
            chair_name=self.cleaned_data.get("chair_name", ""),
            by=by,
            now=now,
        )
