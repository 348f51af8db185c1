"""The people of the demo: one for each role. `seed_demo` makes them, the sign-in page offers them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from advocacy import roles

DEMO_PASSWORD = "laurel-demo"  # noqa: S105 - written on the sign-in page of a demo, useless elsewhere


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: str
    title: str
    does: str


DEMO_PEOPLE = (
    DemoPerson(
        email="csm@demo.laurel.example",
        name="Maya Lindqvist",
        role=roles.CSM,
        title=_("Customer success manager"),
        does=_("nominates own customers, prepares winners, approves requests"),
    ),
    DemoPerson(
        email="sales@demo.laurel.example",
        name="Jonas Adeyemi",
        role=roles.SALES,
        title=_("Sales"),
        does=_("finds a reference for a deal and asks for it"),
    ),
    DemoPerson(
        email="colleague@demo.laurel.example",
        name="Priya Raman",
        role=roles.COLLEAGUE,
        title=_("Colleague"),
        does=_("nominates customers from support, answers what is missing"),
    ),
    DemoPerson(
        email="judge@demo.laurel.example",
        name="Tomás Herrera",
        role=roles.JUDGE,
        title=_("Judge"),
        does=_("scores the nominations assigned to him"),
    ),
    DemoPerson(
        email="team@demo.laurel.example",
        name="Elena Novak",
        role=roles.ADVOCACY_TEAM,
        title=_("Advocacy team"),
        does=_("runs the programs: call, triage, judges, results, winners, mail"),
    ),
    DemoPerson(
        email="leader@demo.laurel.example",
        name="David Okafor",
        role=roles.LEADER,
        title=_("Leader"),
        does=_("reads everything, changes nothing"),
    ),
)
