"""One advocate as a reader may see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.availability import Availability
from advocacy.freshness import INTERVALS, Freshness, freshness
from advocacy.models import Account, ActivityType, Advocate, Ask, Consent, Content, Story, User, Verification, Willingness
from advocacy.permissions import looks_after
from advocacy.services import availability_of
from advocacy.working_time import day_of
from references.models import SearchRow
from references.search.statement import LOAD_DAYS
from references.sight import sight_of


@dataclass(frozen=True)
class Told:
    headline: str
    parts: list[tuple[str, str]]
    results: list[str]
    quote: str


@dataclass(frozen=True)
class Offer:
    """One activity: what the person answered, and whether they may be asked now."""

    activity: ActivityType
    answer: str
    availability: Availability | None


@dataclass(frozen=True)
class Section:
    code: str
    label: str
    freshness: Freshness
    verified_at: datetime | None


@dataclass(frozen=True)
class Profile:
    pk: int
    label: str
    names: str
    email: str
    facts: list[tuple[str, str]]
    bio: str
    stories: list[Told]
    content: list[Content]
    offers: list[Offer]
    consents: list[str]
    sections: list[Section]
    asks: list[Ask]
    asks_lately: int
    may_change: bool
    sees_asks: bool

    @property
    def may_be_asked(self):
        """For one activity at least; where nobody knows what they are willing to do, their CSM finds out."""
        return not self.offers or any(offer.availability and offer.availability.is_free for offer in self.offers)


def profile_of(advocate: Advocate, user: User, now: datetime) -> Profile:
    on = day_of(now)
    sight = sight_of(user, advocate, SearchRow.objects.get(pk=advocate.pk), on)
    cares = looks_after(user, advocate.account)
    return Profile(
        pk=advocate.pk,
        label=sight.label(advocate),
        names=sight.names(advocate),
        email=advocate.email if sight.contact else "",
        facts=_facts(advocate, sight, cares),
        bio=sight.tell(advocate.bio, advocate),
        stories=[_told(story, advocate, sight) for story in advocate.stories.all()],
        content=_content(advocate, sight, on),
        offers=_offers(advocate, now),
        consents=_consents(advocate, on),
        sections=_sections(advocate, now),
        asks=list(advocate.asks.select_related("activity_type", "asked_by")[:20]) if cares else [],
        asks_lately=advocate.asks.counted().filter(counts_on__gt=on - timedelta(days=LOAD_DAYS)).count(),
        may_change=cares,
        sees_asks=cares,
    )


def _facts(advocate, sight, cares):
    account = advocate.account or Account()
    facts = [
        (_label(Advocate, "title"), sight.tell(advocate.title, advocate)),
        (_label(Advocate, "level"), advocate.get_level_display()),
        (_label(Advocate, "function"), advocate.function),
        (_label(Advocate, "languages"), ", ".join(advocate.languages)),
        (_label(Account, "industry"), str(account.industry or "")),
        (_label(Account, "region"), account.get_region_display()),
        (_label(Account, "segment"), account.get_segment_display()),
    ]
    if cares:
        facts.append((_label(Advocate, "relationship"), str(advocate.relationship or "")))
    return [(label, value) for label, value in facts if value]


def _label(model, name):
    label = str(model._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _told(story, advocate, sight):
    names = ["challenge", "solution", "results_text", "human_element"]
    parts = [(_label(Story, name), sight.tell(getattr(story, name), advocate)) for name in names if getattr(story, name)]
    results = story.results if isinstance(story.results, list) else []
    return Told(
        headline=sight.tell(story.headline, advocate),
        parts=parts,
        results=[sight.tell(_result(result), advocate) for result in results if isinstance(result, dict)],
        quote=sight.tell(story.quote, advocate),
    )


def _result(result):
    """ "Days per claim: 9 → 2 days, one year"."""
    values = " → ".join(str(result[key]) for key in ("before", "after") if result.get(key) not in (None, ""))
    words = " ".join(word for word in (f"{result.get('measure', '')}:", values, str(result.get("unit") or "")) if word)
    return ", ".join(part for part in (words, str(result.get("period") or "")) if part)


def _content(advocate, sight, on):
    """What is still current; a link says whose it is, so only those who may know the company get it."""
    found = [content for content in advocate.content.all() if content.expires_on is None or content.expires_on > on]
    for content in found:
        content.title = sight.tell(content.title, advocate)
        content.text = sight.tell(content.text, advocate)
        content.link = content.link if sight.company else ""
    return found


def _offers(advocate, now):
    """Every activity the person was asked about; when they said no, nothing else needs to be looked up."""
    rows = advocate.willingness.select_related("activity_type")
    return [Offer(row.activity_type, row.get_answer_display(), _free(advocate, row, now)) for row in rows]


def _free(advocate, row, now):
    if row.answer == Willingness.Answer.NO:
        return None
    return availability_of(advocate=advocate, activity_type=row.activity_type, now=now)


def _consents(advocate, on):
    """What may be shown, in words; the account's own word counts for the company's name and logo."""
    given = set(advocate.consents.in_force(on).values_list("purpose", flat=True))
    if advocate.account:
        given |= set(advocate.account.consents.in_force(on).values_list("purpose", flat=True))
    return [str(label) for purpose, label in Consent.Purpose.choices if purpose in given]


def _sections(advocate, now):
    last = {row.section: row.verified_at for row in Verification.objects.filter(advocate=advocate).latest()}
    labels = dict(Verification.Section.choices)
    return [
        Section(code, labels[code], freshness(last.get(code), code, now, created_at=advocate.created_at), last.get(code))
        for code in INTERVALS
    ]
