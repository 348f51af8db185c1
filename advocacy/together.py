"""Two people have the same form open. What the other saved meanwhile stays, or is said where both changed it."""

import hashlib
import json

from django import forms
from django.utils.translation import gettext as _

SHOWN = 200  # characters of the other's text in the sentence


class EditedTogether(forms.ModelForm):
    """Carries a mark of each field as it was shown. On the way back a field of which the stored value has another mark
    was saved by somebody else: untouched here, theirs stays; changed here too, the form asks once before it writes.

    Without the marks, as in a form sent by a script, the save wins. Build the form from a row locked for update.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken_over, self.changed_by_both = [], []

    def get_initial_for_field(self, field, field_name):
        if field_name == "seen" and not self.instance._state.adding:
            return json.dumps(self._marks())
        return super().get_initial_for_field(field, field_name)

    def full_clean(self):
        if self.is_bound and not self.instance._state.adding:
            self._look_for_others_changes()
        super().full_clean()
        if self.is_bound and hasattr(self, "cleaned_data"):
            for name in self.changed_by_both:
                self.add_error(name, self._sentence(name))

    @property
    def words_on_what_others_changed(self):
        labels = ", ".join(str(self.fields[name].label) for name in self.taken_over)
        return labels and _("Somebody else changed this meanwhile, and it stays: %(fields)s.") % {"fields": labels}

    def _look_for_others_changes(self):
        seen, stored = self._read_marks(), self._marks()
        if not seen:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = json.dumps(stored)
        for name in seen.keys() & stored.keys():
            if seen[name] == stored[name] or self.fields[name].disabled:
                continue
            sent = _mark(self._as_sent(name))
            if sent == seen[name]:
                self._take_over(name)
                self.taken_over.append(name)
            elif sent != stored[name]:
                self.changed_by_both.append(name)

    def _read_marks(self):
        try:
            marks = json.loads(self.data.get(self.add_prefix("seen"), ""))
        except ValueError:
            return {}
        return marks if isinstance(marks, dict) else {}

    def _marks(self):
        return {name: _mark(self._as_stored(name)) for name in self.fields if name != "seen"}

    def _as_stored(self, name):
        """What a browser would send for the stored value."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(field.widget, forms.CheckboxInput):
            return ["on"] if value else []
        shown = field.widget.format_value(value)
        return [str(part) for part in (shown if isinstance(shown, list) else [shown]) if part is not None]

    def _as_sent(self, name):
        field, key = self.fields[name], self.add_prefix(name)
        if isinstance(field.widget, forms.CheckboxInput):
            return ["on"] if field.widget.value_from_datadict(self.data, {}, key) else []
        return self.data.getlist(key)

    def _take_over(self, name):
        values = self._as_stored(name)
        self.data.setlist(self.add_prefix(name), values)
        if not values:
            del self.data[self.add_prefix(name)]

    def _sentence(self, name):
        field = self.fields[name]
        labels = {str(value): str(label) for value, label in getattr(field, "choices", [])}
        stored = ", ".join(labels.get(value, value) for value in self._as_stored(name))[:SHOWN]
        if isinstance(field.widget, forms.CheckboxInput):
            stored = _("ticked") if stored else _("not ticked")
        return _(
            "Somebody else changed this to “%(stored)s” while you had the page open. Save again to put yours in its place."
        ) % {"stored": stored or _("empty")}


def _mark(values):
    """Of the text as people see it: browsers send line ends of their own."""
    text = json.dumps([" ".join(value.split()) for value in values if value.strip()])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
