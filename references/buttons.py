"""The star and the tick beside an advocate, as markup made once: in a list of cards a template would take longer.

Both belong to forms that stand once on the page (`_star_form.html`, `_compare_bar.html`), so that they work without
scripts. The star says what is wanted, not "the other one", and htmx waits before it swaps: a double click is one click.
The number in its id lets htmx keep the focus on it.
"""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

STAR = (
    '<button id="star-{pk}" type="submit" form="star" formaction="{url}" hx-post="{url}" hx-target="this" hx-swap="outerHTML swap:300ms"'
    ' name="keep" value="{value}" class="btn btn-link btn-sm star" aria-pressed="{pressed}" title="{title}">'
    '<span aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span></button>'
)
TICK = (
    '<label class="compare-box small"><input class="form-check-input" type="checkbox" name="pk" value="{pk}" form="compare">'
    ' {word}<span class="visually-hidden">: {label}</span></label>'
)


def star(pk: int, is_kept: bool) -> SafeString:
    return format_html(
        STAR,
        pk=pk,
        url=reverse("advocate-favourite", args=[pk]),
        value=int(not is_kept),
        pressed="true" if is_kept else "false",
        title=_("One of your favourites. Press to remove.") if is_kept else _("Keep as a favourite"),
        sign="★" if is_kept else "☆",
        word=_("Favourite"),
    )


def tick(pk: int, label: str) -> SafeString:
    return format_html(TICK, pk=pk, word=_("Compare"), label=label)
