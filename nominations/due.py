"""What is due around a call for nominations at a moment: the queries behind the rules."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Greatest

from advocacy import eligible
from advocacy.models import Account, Advocate, SecretLink, User
from advocacy.working_time import day_of
from nominations.models import Clarification, Nomination, NomineeReply, Program, SectionRequest
from nominations.questions import mails
from nominations.services.sections import PURPOSE
from outbox.clocks import LOOK_BACK, Due, after, asked_again_of, before, due_of, reached
from outbox.models import Occurrence

CUSTOMERS = "customers_to_nominate"
CUSTOMER_DAYS = [-21, -14, -7]
ASKED_DAYS = [2, 5]
WEEK = timedelta(days=7)
Source = Nomination.Source


def open_calls(now: datetime) -> Iterator[Due]:
    programs = Program.objects.filter(is_public=True).taking_nominations(now).select_related("contact")
    return after("opens_at", programs, days=[0], rule="call_open", now=now)


def drafts(now: datetime) -> Iterator[Due]:
    """An extension of its own is the draft's deadline."""
    held = Nomination.objects.drafts().filter(nominator__is_active=True).exclude(source__in=[Source.SELF, Source.IMPORT])
    held = held.annotate(taken_until=Greatest("program__closes_at", "extended_until"))
    held = held.select_related("program__contact", "account", "nominator").prefetch_related("entries")
    return before("taken_until", held, days=[14, 7, 1], rule="draft_waits", now=now, begins="created_at")


def readings(now: datetime) -> Iterator[Due]:
    owed = Nomination.objects.lacking_reading(now - LOOK_BACK)
    owed = owed.select_related("program__contact", "account__csm__deputy", "nominee", "nominator")
    return before("program__judging_opens_at", owed, days=[7, 3, 1], rule="reading_wanted", now=now, begins="submitted_at")


def clarifications(now: datetime) -> Iterator[Due]:
    waiting = Clarification.objects.filter(
        answered_at__isnull=True,
        answer_by__gt=now,
        asked_of__is_active=True,
        nomination__status=Nomination.Status.SUBMITTED,
        nomination__program__judging_opens_at__gt=now,
    ).select_related("nomination__program", "nomination__account", "asked_of", "asked_by")
    return after("asked_at", waiting, days=ASKED_DAYS, rule="clarification_reminder", now=now, working=True)


def sections(now: datetime) -> Iterator[Due]:
    """As long as the colleague's link is alive: it ends when the section is withdrawn."""
    links = SecretLink.objects.filter(
        purpose=PURPOSE,
        content_type=ContentType.objects.get_for_model(SectionRequest),
        object_id=OuterRef("pk"),
        used_at__isnull=True,
        expires_at__gt=now,
    )
    waiting = SectionRequest.objects.waiting().filter(
        Exists(links), nomination__status=Nomination.Status.DRAFT, colleague__is_active=True
    )
    waiting = waiting.select_related("nomination__program", "nomination__account", "asked_by", "colleague")
    return after("asked_at", waiting, days=ASKED_DAYS, rule="section_reminder", now=now, working=True)


def nominees_without_answer(now: datetime) -> Iterator[Due]:
    asked = NomineeReply.objects.to_remind(asked_before=now - WEEK, kind=mails.REMINDER).select_related("nomination")
    return after("asked_at", asked, days=[7], rule="nominee_reminder", now=now)


# Customers to nominate ------------------------------------------------------------------------


def customers_to_nominate(now: datetime) -> Iterator[Due]:
    """CSMs who have nominated nobody yet, and have customers who could be: programs without any cost one query in all."""
    programs = Program.objects.filter(is_public=True).taking_nominations(now).select_related("contact")
    programs = reached("closes_at", programs, days=CUSTOMER_DAYS, now=now)
    mark = Concat(Cast(OuterRef(OuterRef("pk")), CharField()), Value("-"), OuterRef(OuterRef("distance_mark")))
    for program in programs.filter(Exists(_to_tell(OuterRef("pk"), mark, now))):
        for csm in _to_tell(program.pk, f"{program.pk}-{program.distance_mark}", now).select_related("deputy"):
            csm.program = program
            yield due_of(program, csm, days=CUSTOMER_DAYS, prefix=f"{program.pk}-")


def _to_tell(program, mark, now):
    """`program`: its key, or a reference to it; `mark`: as the query within sees it."""
    mine = Nomination.objects.filter(Q(nominator=OuterRef("pk")) | Q(sponsor=OuterRef("pk")), program=_within(program))
    said = Occurrence.objects.filter(
        rule=CUSTOMERS,
        content_type=ContentType.objects.get_for_model(User),
        object_id=OuterRef("pk"),
        mark=mark,
    )
    customers = customers_of(OuterRef("pk"), _within(program), now)
    again = asked_again_of()
    untold = Q(pk=again) if again else ~Exists(said)
    return User.objects.filter(~Exists(mine), untold, Exists(customers), is_active=True)


def _within(key):
    """A reference to a row around, as a query within sees it."""
    return OuterRef(key) if isinstance(key, OuterRef) else key


def customers_of(csm, program, now: datetime) -> QuerySet:
    """Eligible customers of a CSM whom nobody has nominated in this program (its key), those who do best first."""
    people = Advocate.objects.filter(
        eligible.conditions(day_of(now)),
        account=OuterRef("pk"),
        status__in=[Advocate.Status.CANDIDATE, Advocate.Status.ACTIVE],
    )
    customers = Account.objects.filter(csm=csm, lifecycle=Account.Lifecycle.CUSTOMER, open_escalation=False)
    customers = customers.exclude(publicity_status=Account.Publicity.LOCKED_DOWN)
    nominated = Nomination.objects.filter(account=OuterRef("pk"), program=_within(program))
    return customers.filter(Exists(people), ~Exists(nominated)).order_by("-health_score", "name", "pk")
