"""The table of who may open what: one row a URL, one status a person.

Each app keeps its rows in `tests/<app>/access.py` as `ROWS`; `tests/test_access.py` tries them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from advocacy.models import Ask
from references.models import Candidate, ReferenceRequest
from tests import factories

PERSONS = ("visitor", "sales", "colleague", "csm", "other_csm", "judge", "team", "leader")


@dataclass(frozen=True)
class Row:
    """One URL name tried as each person: `expect` holds the status for every one of PERSONS.

    `args`, `query` and `data` are functions of the world; `query` is a dictionary for the address.
    """

    name: str
    expect: dict[str, int]
    args: Callable = lambda world: ()
    method: str = "get"
    data: Callable = lambda world: {}
    query: Callable = lambda world: {}
    note: str = ""

    def __post_init__(self):
        assert set(self.expect) == set(PERSONS), f"{self.name}: {set(PERSONS) ^ set(self.expect)}"

    def __str__(self):
        return " ".join(part for part in (self.method, self.name, self.note) if part)


def everyone(status: int, **others: int) -> dict[str, int]:
    """The same status for all, except for those named."""
    return dict.fromkeys(PERSONS, status) | others


def signed_in(status: int, **others: int) -> dict[str, int]:
    """Visitors are sent to the sign-in page; the others get `status`, except for those named."""
    return everyone(status, visitor=302) | others


def only(*persons: str, status: int = 200, otherwise: int = 403) -> dict[str, int]:
    """`status` for these persons; visitors sign in first; the rest get `otherwise`."""
    return signed_in(otherwise) | dict.fromkeys(persons, status)


def make_world() -> SimpleNamespace:
    """One row of each kind, and a person of each role around it."""
    world = SimpleNamespace(now=timezone.now())
    _people(world)
    _customer(world)
    _programs(world)
    _request(world)
    return world


def _people(world):
    world.sales = factories.make_user("sales")
    world.colleague = factories.make_user("colleague")
    world.csm = factories.make_user("csm")
    world.other_csm = factories.make_user("csm")
    world.judge = factories.make_user("judge")
    world.team = factories.make_user("advocacy_team")
    world.leader = factories.make_user("leader")


def _customer(world):
    world.account = factories.make_account(csm=world.csm)
    world.advocate = factories.make_advocate(account=world.account)
    world.story = factories.make_story(world.advocate)
    world.opportunity = factories.make_opportunity()


def _programs(world):
    """`program` takes nominations now, `judged_program` is in judging."""
    world.program = factories.make_program(now=world.now, phase="open")
    world.nomination = factories.make_nomination(world.program, account=world.account, nominator=world.csm)
    world.draft = factories.make_nomination(
        world.program, account=world.account, nominator=world.csm, status="draft", submitted_at=None
    )
    world.judged_program = factories.make_program(now=world.now, phase="judging")
    world.judged_nomination = factories.make_nomination(world.judged_program, account=world.account, nominator=world.csm)
    world.judge_role = factories.make_judge(world.judged_program, user=world.judge)
    world.assignment = factories.make_assignment(world.judge_role, world.judged_nomination)


def _request(world):
    """Sales asked for a call with the advocate; the CSM has not answered yet."""
    call = factories.activity("reference-call")
    today = timezone.localdate(world.now)
    world.request = ReferenceRequest.objects.create(
        requester=world.sales,
        opportunity=world.opportunity,
        activity_type=call,
        wants_to_hear="How the first weeks went.",
        needed_by=today + timedelta(days=14),
        status="proposed",
        holder=world.csm,
        due_at=world.now + timedelta(days=2),
    )
    world.ask = Ask.objects.create(
        advocate=world.advocate,
        activity_type=call,
        account=world.account,
        asked_by=world.sales,
        source="reference_request",
        opportunity=world.opportunity,
        held_until=world.now + timedelta(days=2),
        counts_on=today,
    )
    world.candidate = Candidate.objects.create(request=world.request, advocate=world.advocate, ask=world.ask)
