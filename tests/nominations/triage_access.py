"""Who may ask nominees and look through nominations. In this world the CSM of the account nominated."""

from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import PublicityApproval
from nominations.models import DuplicateReview, NomineeReply
from tests.access import Row, everyone, only, signed_in


def program(world):
    return (world.program.slug,)


def nomination(world):
    return (world.nomination.pk,)


def unknown_token(world):
    return ("no-such-link",)


def reply_token(world):
    reply = NomineeReply.objects.create(nomination=world.nomination, asked_at=world.now)
    expires_at = world.now + timedelta(days=7)
    return (issue_link(purpose="answer_nomination", about=reply, expires_at=expires_at),)


def expired_token(world):
    reply = NomineeReply.objects.create(nomination=world.nomination, asked_at=world.now)
    return (issue_link(purpose="answer_nomination", about=reply, expires_at=world.now),)


def triaged(world):
    return world.program.slug, world.nomination.pk


def triaged_draft(world):
    return world.program.slug, world.draft.pk


def approval(world):
    facts = {"account": world.account, "what": "The name.", "approver": "Eve"}
    asked = PublicityApproval.objects.create(source_key=f"nomination:{world.nomination.pk}", asked_at=world.now, **facts)
    return world.nomination.pk, asked.pk


def somebody_elses_approval(world):
    facts = {"account": world.account, "what": "The name.", "approver": "Eve"}
    return world.nomination.pk, PublicityApproval.objects.create(source_key="nomination:0", **facts).pk


def clarified(world):
    facts = {"question": "How many?", "asked_by": world.team, "asked_of": world.csm}
    world.nomination.clarifications.create(answer_by=world.now + timedelta(days=3), **facts)
    return (world.nomination.pk,)


def kept_apart(world):
    first, second = sorted([world.nomination, world.draft], key=lambda row: row.pk)
    review = DuplicateReview.objects.create(first=first, second=second, verdict="kept", decided_by=world.team)
    return world.program.slug, review.pk


def both(world):
    return {"first": world.nomination.pk, "second": world.draft.pk}


responsible = only("csm", "team", otherwise=404) | {"leader": 403}
does = responsible | {"csm": 302, "team": 302}
team_only = only("team")
team_does = only("team", status=302)

ROWS = [
    Row("nominee-reply", everyone(200), reply_token),
    Row("nominee-reply", everyone(302), reply_token, method="post", data=lambda world: {"answer": "yes"}),
    Row("nominee-reply", everyone(410), expired_token, note="expired"),
    Row("nominee-reply", everyone(404), unknown_token, note="unknown"),
    Row("nomination-question", responsible, nomination),
    Row("nomination-question-send", does, nomination, method="post"),
    Row("nomination-question-send", signed_in(405) | {"visitor": 405}, nomination, note="GET"),
    Row("nomination-question-hold", does, nomination, method="post"),
    Row("nomination-missing", responsible, clarified),
    Row("nomination-missing", does, nomination, note="nothing asked"),
    Row("nomination-missing", does, clarified, method="post", data=lambda world: {"answer": "Forty."}),
    Row("nomination-publicity", responsible, nomination),
    Row("nomination-publicity", responsible, nomination, method="post", note="empty"),
    Row("nomination-publicity-answer", responsible, approval, method="post", note="empty"),
    Row(
        "nomination-publicity-answer", only(otherwise=404) | {"leader": 403}, somebody_elses_approval, method="post", note="other"
    ),
    Row("triage-programs", team_only),
    Row("triage", team_only, program),
    Row("triage", team_only, program, query=lambda world: {"show": "list", "q": "Ada", "need": "nonsense"}, note="list"),
    Row("triage-duplicates", team_only, program),
    Row("triage-duplicates", team_does, program, method="post", data=both),
    Row("triage-undo", team_does, kept_apart, method="post"),
    Row("triage-nomination", team_only, triaged),
    Row("triage-nomination", only() | {"team": 404}, triaged_draft, note="draft"),
    Row("triage-category", team_only, triaged, method="post", note="empty"),
    Row("triage-ask", team_only, triaged, method="post", note="empty"),
    Row("triage-stop", team_does, triaged, method="post"),
]
