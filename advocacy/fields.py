"""Form fields for what people type and paste. Too long is told in a sentence; nothing is cut off."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from advocacy.text import clean_line, clean_text

MAX_TEXT = 20_000  # characters of a long text


class Limit:
    """At most so many characters. No maxlength attribute goes with it: browsers cut a pasted text without a word."""

    def __init__(self, limit):
        self.limit = limit

    def __call__(self, value):
        if len(value) > self.limit:
            raise ValidationError(
                _("At most %(limit)s characters; this has %(length)s."),
                params={"limit": f"{self.limit:,}", "length": f"{len(value):,}"},
            )


class CleanField(forms.CharField):
    clean_characters = staticmethod(clean_line)

    def __init__(self, *, limit, **kwargs):
        super().__init__(**{"required": False} | kwargs)
        self.validators.append(Limit(limit))

    def to_python(self, value):
        return self.clean_characters(super().to_python(value))


class LineField(CleanField):
    def __init__(self, *, limit=150, **kwargs):
        super().__init__(limit=limit, **kwargs)


class LongTextField(CleanField):
    clean_characters = staticmethod(clean_text)

    def __init__(self, *, rows=5, limit=MAX_TEXT, **kwargs):
        super().__init__(limit=limit, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
