"""What a wording of the team may hold, and the sentence for what it may not."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from outbox.wording.markup import MARK, OPEN, PLACEHOLDER, parser

TAG = re.compile(r"\{[%#].*?(?:[%#]\}|$)", re.MULTILINE)
BRACES = re.compile(r"\{\{(.*?)\}\}|\{\{|\}\}", re.DOTALL)
LONGEST = 20_000


def faults_in(source: str, allowed: Iterable[str], *, addresses: Iterable[str] = ()) -> list[str]:
    """A sentence for each thing in a subject or a text that is refused; `addresses` may stand where a link leads."""
    allowed = set(allowed)
    faults = [
        _("“%(what)s”: commands are not allowed, only placeholders.") % {"what": _short(tag)} for tag in TAG.findall(source)
    ]
    for found in BRACES.finditer(source):
        if fault := _fault_of(found, allowed):
            faults.append(fault)
    if len(source) > LONGEST:
        faults.append(_("The text is longer than %(most)s characters.") % {"most": LONGEST})
    return list(dict.fromkeys(faults or _faults_of_links(source, set(addresses))))


def _fault_of(found, allowed):
    inside = found[1]
    if inside is None:
        return _("“%(what)s” stands alone: a placeholder is written as {{ name }}.") % {"what": found[0]}
    what = _short(found[0])
    if "|" in inside:
        return _("%(what)s: filters are not allowed, only the name of a placeholder.") % {"what": what}
    if "." in inside:
        return _("%(what)s: nothing of a placeholder can be read, only the placeholder itself.") % {"what": what}
    if not PLACEHOLDER.fullmatch(found[0]) or inside.strip() not in allowed:
        return _("%(what)s is not a placeholder of this mail.") % {"what": what}
    return ""


def _faults_of_links(source, addresses):
    refused, names = [], PLACEHOLDER.findall(source)
    place = iter(range(len(names)))
    marked = PLACEHOLDER.sub(lambda found: f"{OPEN}{next(place)}\ue001", source)
    tokens = parser(refused).parse(marked)
    faults = [
        _("A link may lead to http://, https:// or mailto:, not to “%(where)s”.") % {"where": _short(address)}
        for address in refused
    ]
    links = (child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open")
    used = {names[int(number)] for address in links for number in MARK.findall(address)}
    return faults + [
        _("{{ %(name)s }} is no address: a link cannot lead there.") % {"name": name} for name in sorted(used - addresses)
    ]


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
