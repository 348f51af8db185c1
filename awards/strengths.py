"""What judges liked best in a story, in words a customer may read. Pure: never a number."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# By the code of a component. The partnership is our own reading of the customer and is not told.
WORDS = {
    "measurable-outcome": _("how clearly your result can be counted and checked"),
    "before-state": _("how plainly you told where you started from"),
    "human-element": _("the people in your story"),
}


def best_component(scores: Iterable[tuple[int, int]], order: list[int]) -> int | None:
    """The component with the highest mean of `scores` (component, 1-5); of equals the first in `order`."""
    values = {}
    for component, value in scores:
        values.setdefault(component, []).append(value)
    means = {component: Fraction(sum(given), len(given)) for component, given in values.items() if component in order}
    return max(means, key=lambda component: (means[component], -order.index(component)), default=None)


def in_words(code: str, name: str) -> str:
    """The strength as the object of a sentence; a component of the program's own is named in quotes."""
    return str(WORDS[code]) if code in WORDS else gettext("“%(name)s”") % {"name": name}
