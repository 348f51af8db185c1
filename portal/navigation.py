"""The menu: an item stands there when its reader may open it and its page exists."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    is_current: bool


# Label, URL name, permissions of which one is needed; no permission at all means everybody.
MENU = [
    (_("Programs"), "programs", ()),
    (_("Nominations"), "nominations", ("advocacy.nominate", "nominations.view_all_nominations")),
    (_("Triage"), "triage-programs", ("advocacy.run_program",)),
    (_("Judging"), "judging-queue", ("awards.judge_nominations",)),
    (_("Results"), "results-list", ("advocacy.run_program",)),
    (_("Find references"), "advocates", ("advocacy.search_advocates", "advocacy.view_all_advocates")),
    (_("Requests"), "requests", ("references.request_references", "advocacy.view_reports")),
    (_("Asks"), "asks", ("advocacy.record_asks",)),
    (_("Profiles"), "check-queue", ("advocacy.keep_profiles",)),
    (_("Recruiting"), "recruiting", ("advocacy.nominate", "advocacy.view_reports")),
    (_("Reports"), "reports", ("advocacy.run_program", "advocacy.view_reports")),
    (_("Admin"), "admin:index", ("advocacy.run_program",)),
]


def items_for(user, path: str) -> list[Item]:
    items = []
    for label, name, permissions in MENU:
        url = _url(name)
        if url and (not permissions or any(user.has_perm(permission) for permission in permissions)):
            items.append(Item(label=label, url=url, is_current=path.startswith(url)))
    return _with_one_current(items)


def _url(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _with_one_current(items):
    """The judging pages live below the admin: only the longest address that fits is the current one."""
    current = max((item for item in items if item.is_current), key=lambda item: len(item.url), default=None)
    return [Item(item.label, item.url, item is current) for item in items]
