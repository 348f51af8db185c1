"""What a nomination still lacks. One function, used by the form, the list and the nomination's page; no queries."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

READINGS = {
    "confidence": _("your confidence in the customer"),
    "comfort": _("their comfort with public recognition"),
    "responsiveness": _("how responsive they are"),
    "shared_success": _("the success you share"),
}
EVIDENCE = {
    "confidence": _("what shows your confidence"),
    "comfort": _("what shows their comfort with recognition"),
    "responsiveness": _("what shows how responsive they are"),
    "shared_success": _("what shows the success you share"),
}
STORY = {
    "headline": _("a headline"),
    "before_state": _("the state before"),
    "business_outcome": _("the business outcome"),
    "narrative": _("how they got there"),
    "human_element": _("the people in it"),
    "publicity_interest": _("their interest in going public"),
}
HELPFUL = {
    "results": _("a result with numbers"),
    "quote": _("a quote"),
    "use_case": _("the use case"),
}


class Missing(NamedTuple):
    field: str
    name: str
    blocks: bool


def missing(nomination, *, has_categories: bool, expects_reading: bool) -> list[Missing]:
    """What is missing in the order of the form; `blocks` marks what must be there before it is submitted.

    The reading of the partnership is expected of the customer's own CSM only.
    """
    found = [] if nomination.account_id else [Missing("account", _("the account"), True)]
    if not (nomination.nominee_id or nomination.nominee_as_given.get("name")):
        found.append(Missing("nominee", _("the nominee"), True))
    if not has_categories:
        found.append(Missing("categories", _("a category"), True))
    found += [Missing(field, name, True) for field, name in STORY.items() if not getattr(nomination, field)]
    if expects_reading:
        found += missing_readings(nomination)
    if not nomination.use_case_id and not nomination.use_case_text:
        found.append(Missing("use_case", HELPFUL["use_case"], False))
    return found + [Missing(field, HELPFUL[field], False) for field in ("results", "quote") if not getattr(nomination, field)]


def missing_readings(nomination) -> list[Missing]:
    """Readings without a number, and numbers without the sentence that bears them out."""
    found = []
    for field, name in READINGS.items():
        if not getattr(nomination, field):
            found.append(Missing(field, name, True))
        elif not getattr(nomination, f"{field}_evidence"):
            found.append(Missing(f"{field}_evidence", EVIDENCE[field], True))
    return found


def blocking(found: list[Missing]) -> list[Missing]:
    return [item for item in found if item.blocks]
