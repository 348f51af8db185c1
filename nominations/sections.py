"""The sections of a draft that a colleague can be asked to fill, and how an answer joins what stands there. Pure."""

from django.utils.translation import gettext_lazy as _

PARTNERSHIP = "partnership"
SECTIONS = {
    "before_state": _("The state before"),
    "use_case_text": _("Goals"),
    "business_outcome": _("Business outcome"),
    "narrative": _("How they got there"),
    "human_element": _("The people in it"),
    "quote": _("In the customer's own words"),
    "publicity_note": _("Note on going public"),
    PARTNERSHIP: _("The partnership"),
}
# One blank line between what stood there and what came from a colleague.
BETWEEN = "\n\n"


def joined(standing, answer):
    """Text is put below what stands there, once; a number goes only where none stands."""
    if not isinstance(answer, str):
        return answer if standing is None else standing
    if not standing or not answer:
        return standing or answer
    return standing if answer in standing else standing + BETWEEN + answer


def with_answers(fields: dict, answers: list[dict]) -> dict:
    """`fields` as saved from a page that did not show these answers yet, with each answer joined."""
    merged = dict(fields)
    for answer in answers:
        for name, value in answer.items():
            if name in merged:
                merged[name] = joined(merged[name], value)
    return merged
