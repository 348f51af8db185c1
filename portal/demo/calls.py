"""What the public page of a program tells besides its rules: prizes, questions, people, occasions."""

from datetime import timedelta
from decimal import Decimal

from advocacy.models import Recognition, User
from advocacy.working_time import day_of
from nominations.models import Prize, Program, Question, TeamMember, TouchPoint

# kind, what, planned cost in euros
PRIZES = [
    (Recognition.Kind.DONATION, "A donation of 5,000 to a charity of the winner's choice", 5000),
    (Recognition.Kind.TRIP, "Two seats at the spring conference, travel included", 2400),
    (Recognition.Kind.DINNER, "Dinner with our founders", 300),
    (Recognition.Kind.SOCIAL, "The winner's story on our pages and in our newsletter", None),
]
QUESTIONS = [
    (
        "Who may enter?",
        "Every customer who has worked with us for three months or more. Colleagues of ours may nominate you too.",
    ),
    ("Does my story have to be public?", "No. Nothing is published before you agree to it, and you choose what is shown."),
    ("Does a small team have a chance?", "Yes. A small change that can be checked counts more than a large one that cannot."),
]
# kind, name, days after the call opens
TOUCH_POINTS = [
    (TouchPoint.Kind.NEWSLETTER, "Customer newsletter: the call is open", 2),
    (TouchPoint.Kind.WEBINAR, "Webinar: how to tell a result in numbers", 16),
    (TouchPoint.Kind.CONFERENCE, "Spring conference: the winners on stage", 120),
]


def add_call(program: Program) -> None:
    for position, (kind, what, cost) in enumerate(PRIZES):
        planned = {"planned_cost": Decimal(cost), "currency": "EUR"} if cost else {}
        Prize.objects.create(program=program, kind=kind, what=what, position=position, **planned)
    for position, (question, answer) in enumerate(QUESTIONS):
        Question.objects.create(program=program, question=question, answer=answer, position=position)
    for kind, name, days in TOUCH_POINTS:
        TouchPoint.objects.create(program=program, kind=kind, name=name, on=day_of(program.opens_at + timedelta(days=days)))
    _add_team(program)


def _add_team(program):
    Role = TeamMember.Role
    TeamMember.objects.create(program=program, role=Role.OWNER, user=User.objects.role("advocacy_team").first())
    TeamMember.objects.create(program=program, role=Role.SPONSOR, name="Henrike Aalto, Chief Customer Officer")
    TeamMember.objects.create(program=program, role=Role.MARKETING, user=User.objects.get(name="Bruno Castellani"))
