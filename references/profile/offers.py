"""What the person may be asked for, by activity; who answers; and what to ask next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.availability import Availability
from advocacy.models import ActivityType, Advocate, Ask, Recognition, User, Willingness
from advocacy.next_step import NextStep, Option, next_step
from advocacy.people import responsible_for
from advocacy.services.every_activity import availability_by_activity
from advocacy.working_time import day_of
from references.models import Candidate
from references.profile.reader import Reader

THANKS_DAYS = 365
UNTHANKED = 2  # things done in that time with nothing given back


@dataclass(frozen=True)
class Offer:
    """One activity: what the person answered, whether they may be asked now, and how often they did it."""

    activity: ActivityType
    answer: str
    said: str
    own_cap: int | None
    availability: Availability
    done: int
    why: str = ""

    @property
    def is_askable(self) -> bool:
        return self.availability.is_free and bool(self.answer)

    @property
    def by_request(self) -> bool:
        """A prospect can be given what blocks other asks; the rest goes through the short form of the ledger."""
        return self.activity.blocks_others


def offers_of(advocate: Advocate, now: datetime) -> list[Offer]:
    """Every activity of the catalogue but gifts, which nobody has to be free for."""
    activities = [activity for activity in ActivityType.objects.all() if not activity.is_gift]
    free = availability_by_activity(advocate=advocate, activity_types=activities, now=now)
    answers = {row.activity_type_id: row for row in advocate.willingness.all()}
    done = dict(
        Ask.objects.filter(advocate=advocate, state=Ask.State.DONE)
        .order_by()
        .values_list("activity_type")
        .annotate(times=Count("pk"))
    )
    return [_offer(activity, answers.get(activity.pk), free[activity.pk], done.get(activity.pk, 0)) for activity in activities]


def _offer(activity, row, availability, done):
    said = row.get_answer_display() if row else ""
    return Offer(activity, row.answer if row else "", said, row.cap if row else None, availability, done)


def shared_reasons(offers: list[Offer]) -> list[str]:
    """The sentences that stand in the way of everything they would do: said once, not for each."""
    wanted = [offer for offer in offers if offer.answer and offer.answer != Willingness.Answer.NO]
    if len(wanted) < 2:
        return []
    first, *others = ([reason.sentence for reason in offer.availability.reasons] for offer in wanted)
    return [sentence for sentence in first if all(sentence in sentences for sentences in others)]


def with_own_reasons(offers: list[Offer]) -> list[Offer]:
    """Those with an answer, what is free first and a no last; each with the reasons that are not shared by all."""
    shared = shared_reasons(offers)
    given = [replace(offer, why=_own_reasons(offer, shared)) for offer in offers if offer.answer]
    return sorted(given, key=lambda offer: (offer.answer == Willingness.Answer.NO, not offer.availability.is_free))


def _own_reasons(offer, shared):
    if offer.answer == Willingness.Answer.NO:
        return ""
    return " ".join(reason.sentence for reason in offer.availability.reasons if reason.sentence not in shared)


def next_step_of(advocate: Advocate, offers: list[Offer], now: datetime) -> NextStep:
    options = [
        Option(
            pk=offer.activity.pk,
            name=offer.activity.name,
            effort=offer.activity.effort_hours,
            value=offer.activity.value,
            answer=offer.answer,
            availability=offer.availability,
            done=offer.done,
        )
        for offer in offers
    ]
    return next_step(status=advocate.status, stage=advocate.stage, options=options, thanks_owed=_thanks_owed(advocate, now))


def _thanks_owed(advocate, now):
    """What they did of late, in words, where nothing was given back: no thing and no award."""
    since = now - timedelta(days=THANKS_DAYS)
    asks = Ask.objects.filter(advocate=advocate, state=Ask.State.DONE, counts_on__gt=day_of(since)).aggregate(
        done=Count("pk", filter=Q(activity_type__effort_hours__gt=0)), gifts=Count("pk", filter=Q(activity_type__effort_hours=0))
    )
    if asks["done"] < UNTHANKED or asks["gifts"]:
        return ""
    given = Recognition.objects.filter(advocate=advocate, created_at__gte=since).exclude(status=Recognition.Status.DROPPED)
    if given.exists() or Candidate.objects.filter(advocate=advocate, request__thanked_at__gte=since).exists():
        return ""
    return ngettext("%(n)s thing within a year", "%(n)s things within a year", asks["done"]) % {"n": asks["done"]}


def who_may_ask(reader: Reader, now: datetime) -> str:
    """Who gives the word; sales hears the way, the others the name."""
    people = responsible_for(reader.advocate.account, day_of(now))
    if not reader.sees_all:
        return _("Ask with a request: the customer success manager answers within a working day.")
    account = reader.advocate.account
    csm = account and account.csm
    if people and csm and people[0] == csm:
        return _("%(name)s, their customer success manager, answers each request.") % {"name": csm}
    if people and csm and csm.deputy_id == people[0].pk:
        return _("%(name)s answers each request while %(csm)s is away.") % {"name": people[0], "csm": csm}
    return _("The advocacy team answers each request: no customer success manager looks after them now.")


def may_ask(user: User) -> bool:
    return user.has_perm("references.request_references")
