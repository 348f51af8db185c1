"""What may be shown to a prospect when nobody can speak: quotes, stories and films with the consent in force.

The consent ledger decides, on the day asked about: nothing of a locked-down company, nothing past its own date,
a film only with the consent for films, a logo with that for the logo, everything else with that for quotes. A link
names the company, so it is given only where the company's name may be used; words are blind as their reader may know them.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from advocacy.models import Account, Advocate, Consent, Content, Story, User
from references.sight import company_of, sight_of

# The consent each kind needs; where the account may say it too, its last word counts before the person's.
NEEDS = {Content.Kind.VIDEO: Consent.Purpose.USE_VIDEO, Content.Kind.LOGO: Consent.Purpose.USE_LOGO}
USUAL = Consent.Purpose.USE_QUOTE
# A slide or a logo tells a prospect nothing by itself.
TELLING = [kind for kind in Content.Kind if kind not in (Content.Kind.SLIDE, Content.Kind.LOGO)]


@dataclass(frozen=True)
class Shown:
    """One piece; `names` and `link` only where this reader may know whose it is."""

    advocate: int
    kind: str
    title: str
    text: str
    link: str
    label: str
    names: str


def shown_of(pks: Collection[int], user: User, on: date) -> dict[int, list[Shown]]:
    """Advocate: what may be shown of them on the day `on`; only advocates `user` may see."""
    visible = Advocate.objects.visible_to(user).exclude(account__publicity_status=Account.Publicity.LOCKED_DOWN)
    advocates = visible.select_related("account__industry", "search_row").in_bulk(list(pks))
    allowed = _allowed(advocates, on)
    sights = {pk: sight_of(user, advocate, advocate.search_row, on) for pk, advocate in advocates.items()}
    found = defaultdict(list)
    for content in _current(advocates, on):
        if NEEDS.get(content.kind, USUAL) in allowed[content.advocate_id]:
            found[content.advocate_id].append(_piece(content, advocates[content.advocate_id], sights[content.advocate_id]))
    for story in Story.objects.filter(advocate__in=advocates).exclude(quote="").select_related("account"):
        if USUAL in allowed[story.advocate_id]:
            found[story.advocate_id].append(_quote(story, advocates[story.advocate_id], sights[story.advocate_id]))
    return dict(found)


def _current(advocates, on):
    unexpired = Q(expires_on__isnull=True) | Q(expires_on__gt=on)
    return Content.objects.filter(unexpired, advocate__in=advocates, kind__in=TELLING)


def _allowed(advocates, on):
    given = defaultdict(set)
    purposes = {USUAL, *NEEDS.values()}
    consents = Consent.objects.filter(advocate__in=advocates, purpose__in=purposes).in_force(on)
    for advocate, purpose in consents.values_list("advocate", "purpose"):
        given[advocate].add(purpose)
    return given


def _piece(content, advocate, sight):
    return Shown(
        advocate=advocate.pk,
        kind=content.get_kind_display(),
        title=sight.tell(content.title, advocate),
        text=sight.tell(content.text, advocate),
        link=content.link if sight.company else "",
        label=sight.label(advocate),
        names=sight.names(advocate),
    )


def _quote(story, advocate, sight):
    return Shown(
        advocate=advocate.pk,
        kind=str(Content.Kind.QUOTE.label),
        title="",
        text=sight.tell(story.quote, advocate, company_of(story)),
        link="",
        label=sight.label(advocate),
        names=sight.names(advocate),
    )
