"""Who may open what happens around a conversation: two sides by their links, the requester, the CSM and the team."""

from datetime import timedelta

from advocacy.links import issue_link
from tests.access import Row, everyone, only, signed_in

# The world's request waits for approval, so that there is nobody to ask yet: a message, and back to the request.
APPROVE = signed_in(404, sales=403, leader=403, csm=302, team=302)
WORK_ON = signed_in(404, leader=403, sales=302, csm=302, team=302)
READ = signed_in(404, leader=403, sales=200, csm=200, team=200)


def request(world):
    return (world.request.pk,)


def link(purpose, detail=""):
    def args(world):
        expires_at = world.now + timedelta(days=1)
        return (issue_link(purpose=purpose, about=world.candidate, expires_at=expires_at, detail=detail),)

    return args


ROWS = [
    Row("speak", everyone(200), args=link("answer_reference")),
    Row("speak", everyone(404), args=lambda world: ("no-token",), note="an unknown link"),
    Row("speak-brief", everyone(410), args=link("answer_reference")),
    Row("meet", everyone(200), args=link("pick_slot")),
    Row("meet", everyone(404), args=link("answer_reference"), note="the other side's link"),
    Row("meet-brief", everyone(410), args=link("pick_slot")),
    Row("after-call", everyone(200), args=link("debrief", "advocate")),
    Row("request-ask", APPROVE, args=request),
    Row("request-ask", APPROVE, args=request, method="post", data=lambda world: {"way": "laurel"}),
    Row("request-answer", APPROVE, args=request),
    Row("request-times", WORK_ON, args=request),
    Row("request-after", WORK_ON, args=request),
    Row("request-brief", READ, args=lambda world: (world.request.pk, "advocate")),
    Row("request-brief", signed_in(404, leader=403), args=lambda world: (world.request.pk, "nobody"), note="no such side"),
    Row("outcomes", only("team", "leader")),
    Row("outcomes-csv", only("team", "leader")),
]
