"""What a wording of the team may hold, and the sentence for what it may not."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from outbox.wording.markup import MARK, OPEN, PLACEHOLDER, parser

TAG = re.compile(r"\{[%#].*?(?:[%#]\}|$)", re.MULTILINE)
# What mail programs make a link of, up to a placeholder in it.
BARE = re.compile(rf"(?:https?://|mailto:|(?<![\w.-])(?:[\w-]+\.)+[\w-]+(?::\d+)?[/?#])[^\s<>\"]*{OPEN}[^\s<>\"]*", re.IGNORECASE)
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
    links = [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]
    used = {names[int(number)] for address in links for number in MARK.findall(address)}
    faults += [_("{{ %(name)s }} is no address: a link cannot lead there.") % {"name": name} for name in sorted(used - addresses)]
    bare = [found for token in tokens for found in BARE.findall(_words_of(token))]
    return faults + [
        _("“%(where)s”: a placeholder may stand in the address of a page of ours, and in no other.")
        % {"where": _short(MARK.sub(lambda mark: f"{{{{ {names[int(mark[1])]} }}}}", address))}
        for address in [*links, *bare]
        if _tells_others(address)
    ]


def _tells_others(address):
    """A secret link, or a name, would go to whoever runs the page."""
    return bool(MARK.search(address)) and not MARK.fullmatch(address) and not address.startswith(f"{settings.SITE_URL}/")


def _words_of(token):
    """A piece of the text as it is read: without the signs of emphasis, which may stand within an address."""
    return "".join(
        child.content if child.type == "text" else "\n" * child.type.endswith("break") for child in token.children or ()
    )


def _short(text):
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
