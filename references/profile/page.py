from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from advocacy.models import ActivityType, Advocate, Consent, Recruitment, User
from advocacy.next_step import STAGES, NextStep
from advocacy.services.consent import last_words, uses_from
from advocacy.services.tiers import ladder_of
from advocacy.tiers import Ladder
from advocacy.usage import Use
from advocacy.working_time import day_of
from references.buttons import star
from references.glance import asks_of_late
from references.models import Favourite
from references.profile.offers import Offer, may_ask, next_step_of, offers_of, shared_reasons, who_may_ask, with_own_reasons
from references.profile.reader import Reader, reader_of
from references.profile.sections import Section, contact_facts, figures, role_facts, sections_of, spoken
from references.profile.stories import Piece, Told, pieces_of, stories_of
from references.profile.timeline import Timeline, timeline_of


@dataclass(frozen=True)
class Allowed:
    """One purpose, as the ledger has it for this reader."""

    use: Use
    word: Consent | None


@dataclass(frozen=True)
class Profile:
    pk: int
    label: str
    names: str
    email: str
    status: str
    status_words: str
    paused_until: object
    star: SafeString
    contact: list[tuple[str, str]]
    role: list[tuple[str, str]]
    figures: list[tuple[str, str]]
    limits: str
    bio: str
    stories: list[Told]
    pieces: list[Piece]
    offers: list[Offer]
    in_the_way: str
    not_asked: list[ActivityType]
    who_may_ask: str
    may_ask: bool
    stage: str
    stage_words: str
    step: NextStep | None
    step_activity: ActivityType | None
    recruitment: Recruitment | None
    tier: str
    ladder: Ladder | None
    allowed: list[Allowed]
    sections: dict[str, Section]
    timeline: Timeline
    asks_lately: int
    max_asks: int
    cares: bool
    sees_all: bool

    @property
    def may_be_asked(self) -> bool:
        """For one activity at least; where nobody knows what they are willing to do, their CSM finds out."""
        if self.status in (Advocate.Status.CANDIDATE, Advocate.Status.RETIRED):
            return False
        return not self.offers or any(offer.is_askable and offer.by_request for offer in self.offers)

    @property
    def due(self) -> list[Section]:
        return [section for section in self.sections.values() if section.freshness.is_due]


def profile_of(advocate: Advocate, user: User, now: datetime) -> Profile:
    """Reads the same number of queries however much there is of a person."""
    reader, on = reader_of(user, advocate, now), day_of(now)
    stories = list(advocate.stories.select_related("account", "changed_by"))
    accounts = {advocate.account_id, *(story.account_id for story in stories)} - {None}
    consents = last_words(advocate=advocate, accounts=accounts)
    offers = offers_of(advocate, now)
    said = spoken(reader)
    step = next_step_of(advocate, offers, now) if reader.sees_all else None
    return Profile(
        pk=advocate.pk,
        label=reader.sight.label(advocate),
        names=reader.sight.names(advocate),
        email=advocate.email if reader.sight.contact else "",
        status=advocate.status,
        status_words=advocate.get_status_display(),
        paused_until=advocate.paused_until,
        star=star(advocate.pk, Favourite.objects.filter(user=user, advocate=advocate).exists()),
        contact=contact_facts(reader),
        role=role_facts(reader),
        figures=figures(reader, said, on),
        limits=said.limits,
        bio=reader.tell(advocate.bio),
        stories=stories_of(reader, stories, consents, on),
        pieces=pieces_of(reader, advocate.content.all(), consents, on),
        offers=with_own_reasons(offers),
        in_the_way=" ".join(shared_reasons(offers)),
        not_asked=[offer.activity for offer in offers if not offer.answer],
        who_may_ask=who_may_ask(reader, now),
        may_ask=may_ask(user),
        stage=advocate.get_stage_display(),
        stage_words=str(STAGES.get(advocate.stage, "")),
        step=step,
        step_activity=next((offer.activity for offer in offers if step and offer.activity.pk == step.activity), None),
        recruitment=advocate.recruitments.open().visible_to(user).first(),
        tier=advocate.get_tier_display() if advocate.tier != Advocate.Tier.NONE else "",
        ladder=ladder_of(advocate=advocate, now=now) if reader.sees_all else None,
        allowed=_allowed(reader, consents, on),
        sections=sections_of(advocate, now),
        timeline=timeline_of(reader),
        asks_lately=asks_of_late([advocate.pk], now).get(advocate.pk, 0),
        max_asks=advocate.max_asks_per_quarter,
        cares=reader.cares,
        sees_all=reader.sees_all,
    )


def _allowed(reader: Reader, consents: list[Consent], on) -> list[Allowed]:
    """In words for all; the row itself, with who said it and how, for those who keep the profile."""
    account = reader.advocate.account
    ours = [word for word in consents if word.advocate_id or (account and word.account_id == account.pk)]
    newest = {word.purpose: word for word in sorted(ours, key=lambda word: word.advocate_id is None)}
    uses = uses_from(words=consents, account=account, on=on)
    return [Allowed(use, newest.get(purpose) if reader.cares else None) for purpose, use in uses.items()]
