from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.fields import LineField, LongTextField
from advocacy.models import Content, Story
from advocacy.services.stories import save_content, save_story
from advocacy.together import EditedTogether
from references.forms.keeping import day_field
from references.profile.stories import COLUMNS

SPARE_ROWS, MOST_ROWS = 3, 20


class ResultForm(forms.Form):
    """One measure, before and after. Text, because people write "about 9" and that is worth keeping."""

    measure = LineField(label=_("Measure"))
    before = LineField(label=_("Before"), limit=60)
    after = LineField(label=_("After"), limit=60)
    unit = LineField(label=_("Unit"), limit=40)
    period = LineField(label=_("Period"), limit=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control form-control-sm"

    def row(self):
        return {name: self.cleaned_data.get(name, "") for name in COLUMNS}

    def as_typed(self):
        return {name: str(self[name].value() or "") for name in COLUMNS}


class BaseResultFormSet(forms.BaseFormSet):
    def rows(self):
        return [row for row in (form.row() for form in self.forms) if any(row.values())]


def result_forms(data=None, rows=(), extra=SPARE_ROWS):
    """The rows there are and some empty ones; without scripts more come by a button that sends the form."""
    made = forms.formset_factory(ResultForm, formset=BaseResultFormSet, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    shown = [{name: str(row.get(name) or "") for name in COLUMNS} for row in rows if isinstance(row, dict)]
    return made(data, initial=None if data else shown[:MOST_ROWS], prefix="results")


class StoryForm(EditedTogether):
    headline = LineField(label=_("Headline"), limit=200, help_text=_("The outcome in one line: sales reads it first."))
    challenge = LongTextField(label=_("Challenge"), help_text=_("How it was before, and what that cost."))
    solution = LongTextField(label=_("Solution"), help_text=_("What they did, and with what."))
    results_text = LongTextField(
        label=_("Results in words"), rows=3, help_text=_("What changed, as they would tell a colleague.")
    )
    human_element = LongTextField(
        label=_("The people in it"), rows=3, help_text=_("Who made it happen, and what it meant to them.")
    )
    quote = LongTextField(label=_("Quote"), rows=3, limit=5000, help_text=_("In their own words, as they approved it."))

    class Meta:
        model = Story
        fields = ["headline", "challenge", "solution", "results_text", "human_element", "quote"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        rows = data if data and "results-TOTAL_FORMS" in data else None
        stored = self.instance.results if isinstance(self.instance.results, list) else []
        self.results = result_forms(rows, stored)

    def is_valid(self):
        return super().is_valid() & (not self.results.is_bound or self.results.is_valid())

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in self.Meta.fields) and not self.errors:
            raise forms.ValidationError(gettext("Write something first: a headline is enough to begin with."))
        return cleaned

    def save(self, *, by, now):
        story = super().save(commit=False)
        if self.results.is_bound:
            story.results = self.results.rows()
        return save_story(story=story, by=by, now=now)


class ContentForm(EditedTogether):
    title = LineField(label=_("Title"), required=True, limit=200)
    text = LongTextField(label=_("Text"), help_text=_("Of a quote or a written story."))
    link = forms.URLField(
        label=_("Link"), required=False, assume_scheme="https", help_text=_("Where it can be seen, beginning with https://.")
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel, PNG, JPEG, WebP or plain text. Films: give the link."),
    )
    expires_on = day_field(label=_("May be shown until"), required=False, help_text=_("The first day on which it may not."))

    class Meta:
        model = Content
        fields = ["kind", "title", "story", "text", "link", "expires_on"]
        help_texts = {
            "kind": _("Decides which consent it needs before anybody outside may see it."),
            "story": _("Where it belongs to one."),
        }

    field_order = ["kind", "title", "story", "text", "link", "file", "expires_on", "seen"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = Story.objects.filter(advocate=self.instance.advocate_id)
        self.fields["story"].label_from_instance = lambda story: story.headline or gettext("A story without a headline")

    def _marks(self):
        # The stored file says nothing of what the browser would send for it.
        return {name: mark for name, mark in super()._marks().items() if name != "file"}

    def clean(self):
        cleaned = super().clean()
        has_any = cleaned.get("text") or cleaned.get("link") or cleaned.get("file") or self.instance.file
        if not has_any and not self.errors:
            raise forms.ValidationError(gettext("Give a text, a link or a file: there is nothing to show yet."))
        return cleaned

    def save(self):
        """Raises FileRefused with the sentence."""
        return save_content(content=super().save(commit=False), upload=self.cleaned_data.get("file"))
