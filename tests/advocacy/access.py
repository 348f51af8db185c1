from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import SecretLink
from advocacy.services import ask_for_team
from tests import factories
from tests.access import Row, everyone, only
from tests.advocacy.job_access import ROWS as JOBS
from tests.advocacy.recruiting_access import ROWS as RECRUITING


def link(world):
    purpose, expires_at = SecretLink.Purpose.VERIFY_PROFILE, world.now + timedelta(days=1)
    return [issue_link(purpose=purpose, about=world.advocate, expires_at=expires_at, detail="contact")]


def advocate(world):
    return [world.advocate.pk]


def team_ask(world):
    return ask_for_team(
        advocate=factories.make_reference("case-study", account=world.account),
        activity_type=factories.activity("case-study"),
        team="marketing",
        purpose="A case study.",
        counts_on=world.now.date(),
        by=world.colleague,
        now=world.now,
    )


ASKS = only("csm", "other_csm", "sales", "colleague", "team")
# Whoever asked, whoever looks after the customer, and those who see every advocate; for the rest it is not there.
SEES_ASK = only("csm", "colleague", "team", "leader", otherwise=404)

LOOKS_AFTER = only("csm", "team") | {"colleague": 404, "judge": 404}

KEEPS = only("csm", "other_csm", "team")
WATCHES = only("csm", "other_csm", "team", "leader")

ROWS = [
    *RECRUITING,
    *JOBS,
    Row("check-queue", KEEPS),
    Row("freshness", WATCHES),
    Row("freshness-csv", WATCHES),
    Row("asks", ASKS),
    Row("ask-new", ASKS),
    Row("ask-new", ASKS, method="post"),
    Row("ask-people", ASKS, query=lambda world: {"person": "an"}),
    Row("ask", SEES_ASK, args=lambda world: [team_ask(world).pk]),
    Row(
        "ask-step",
        only("csm", "team", status=302, otherwise=404) | {"colleague": 403, "leader": 403},
        args=lambda world: [team_ask(world).pk, "allow"],
        method="post",
    ),
    Row(
        "ask-step",
        only("csm", "team", "colleague", status=302, otherwise=404) | {"leader": 403},
        args=lambda world: [team_ask(world).pk, "withdraw"],
        method="post",
    ),
    Row("verify", everyone(200), args=link),
    Row("verify", everyone(200), args=link, method="post", data=lambda world: {"answer": "right"}),
    Row("verify", everyone(404), args=lambda world: ["nonsense"], note="unknown"),
    Row("check-profile", LOOKS_AFTER, args=advocate),
    Row(
        "check-profile",
        LOOKS_AFTER | {"csm": 302, "team": 302},
        args=advocate,
        method="post",
        data=lambda world: {"sections": ["contact"]},
    ),
    Row("undo-has-left", LOOKS_AFTER | {"csm": 302, "team": 302}, args=advocate, method="post"),
]
