"""Who may put people forward, work on the pipeline and hold interviews. The world's recruitment was made by the colleague."""

from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import Interview, Introduction, Recruitment, SecretLink
from tests.access import Row, everyone, only, signed_in

NOMINATORS = ("sales", "colleague", "csm", "other_csm", "team")
# Whoever put the person forward reads; the CSM and the team change.
SEE = signed_in(404, colleague=200, csm=200, team=200, leader=200)
CHANGE = signed_in(404, colleague=403, leader=403, csm=302, team=302)
INTERVIEW = signed_in(404, csm=200, team=200)


def recruitment(world):
    found, _is_new = Recruitment.objects.get_or_create(advocate=world.advocate, defaults={"nominated_by": world.colleague})
    return [found.pk]


def step(name):
    return lambda world: [*recruitment(world), name]


def interview(world):
    [pk] = recruitment(world)
    found, _is_new = Interview.objects.get_or_create(
        advocate=world.advocate,
        recruitment_id=pk,
        defaults={"interviewer": world.team, "planned_for": world.now + timedelta(days=1)},
    )
    return [found.pk]


def link(world):
    introduction = Introduction.objects.create(name="Ada Nilsen", email="ada@elsewhere.example", company="Elsewhere")
    expires_at = world.now + timedelta(days=1)
    return [issue_link(purpose=SecretLink.Purpose.CONFIRM_INTRODUCTION, about=introduction, expires_at=expires_at)]


ROWS = [
    Row("become-an-advocate", everyone(200)),
    Row("become-an-advocate", everyone(200), method="post", note="a form without its fields"),
    Row("become-an-advocate-sent", everyone(200)),
    Row("confirm-introduction", everyone(200), args=link),
    Row("confirm-introduction", everyone(302), args=link, method="post"),
    Row("confirm-introduction", everyone(404), args=lambda world: ["nonsense"], note="unknown"),
    Row("recruiting", only(*NOMINATORS, "leader")),
    Row("put-forward", only(*NOMINATORS)),
    Row("put-forward", only(*NOMINATORS), method="post", note="a form without its fields"),
    Row("recruit-accounts", only(*NOMINATORS), query=lambda world: {"account": "Account"}),
    Row("recruitment", SEE, args=recruitment),
    Row("recruitment-step", CHANGE, args=step("begin"), method="post"),
    Row("recruitment-step", CHANGE | {"csm": 200, "team": 200}, args=step("not-now"), method="post", note="without a reason"),
    Row("interview", INTERVIEW, args=interview),
    Row("interview-draft", INTERVIEW, args=interview, method="post", data=lambda world: {"notes": "Loud."}),
    Row("interview-missed", INTERVIEW | {"csm": 302, "team": 302}, args=interview, method="post"),
    Row("interview-calendar", INTERVIEW, args=interview),
]
