"""What the public page of a program tells besides its rules: prizes, questions, people."""

from advocacy.models import Recognition, User
from nominations.models import Prize, Program, Question, TeamMember

PRIZES = [
    (Recognition.Kind.DONATION, "A donation of 5,000 to a charity of the winner's choice"),
    (Recognition.Kind.TRIP, "Two seats at the spring conference, travel included"),
    (Recognition.Kind.DINNER, "Dinner with our founders"),
]
QUESTIONS = [
    (
        "Who may enter?",
        "Every customer who has worked with us for three months or more. Colleagues of ours may nominate you too.",
    ),
    ("Does my story have to be public?", "No. Nothing is published before you agree to it, and you choose what is shown."),
    ("Does a small team have a chance?", "Yes. A small change that can be checked counts more than a large one that cannot."),
]


def add_call(program: Program) -> None:
    for position, (kind, what) in enumerate(PRIZES):
        Prize.objects.create(program=program, kind=kind, what=what, position=position)
    for position, (question, answer) in enumerate(QUESTIONS):
        Question.objects.create(program=program, question=question, answer=answer, position=position)
    TeamMember.objects.create(program=program, role=TeamMember.Role.OWNER, user=User.objects.role("advocacy_team").first())
    TeamMember.objects.create(program=program, role=TeamMember.Role.SPONSOR, name="Henrike Aalto, Chief Customer Officer")
