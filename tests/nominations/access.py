"""Who may open the nomination pages. In this world the CSM of the account nominated."""

from datetime import timedelta

from advocacy.links import issue_link
from nominations.models import Alert, SelfNomination
from tests.access import Row, everyone, only, signed_in
from tests.nominations import helping_access, triage_access


def program(world):
    return (world.program.slug,)


def hidden_program(world):
    world.program.is_public = False
    world.program.save()
    return (world.program.slug,)


def nomination(world):
    return (world.nomination.pk,)


def draft(world):
    return (world.draft.pk,)


def alert(world):
    found = Alert.objects.get_or_create(nomination=world.nomination, kind="escalation")[0]
    return world.nomination.pk, found.pk


def token(world):
    kept = SelfNomination.objects.create(
        program=world.program,
        form_key="6a2b3f6e-0000-4000-8000-000000000001",
        name="Ada Berg",
        email="ada@berg.example",
        company="Berg",
        consented_to="Yes.",
        sent_at=world.now,
    )
    expires_at = world.now + timedelta(days=7)
    return (issue_link(purpose="confirm_self_nomination", about=kept, expires_at=expires_at),)


def unknown_token(world):
    return ("no-such-link",)


def reply(world):
    return {"answer": "yes", "method": "mail", "evidence": "Mail of 3 May.", "scope": ["public_award"]}


def account(world):
    return {"account": world.account.pk}


NOMINATE = {"sales", "colleague", "csm", "other_csm", "team"}
nominators = only(*NOMINATE)
# Whoever may not see the nomination does not learn that it exists.
sees = only("csm", "team", "leader", otherwise=404)
nominator_only = only("csm", "team", otherwise=404) | {"leader": 403}
responsible = nominator_only

team_only = only("team")


def category(world):
    return world.program.slug, world.program.categories.get().pk


def row(world):
    return world.program.slug, "categories", world.program.categories.get().pk


def rules(world):
    return world.program.slug, "rules"


SETUP = [
    Row("program-new", team_only),
    Row("program-new", team_only, method="post", note="without a name"),
    Row("program-name-advice", team_only),
    Row("program-setup", team_only, program),
    Row("program-setup-step", team_only, rules),
    Row("program-setup-step", team_only, rules, method="post", note="empty"),
    Row("program-setup-shift", team_only, program, method="post", note="empty"),
    Row("program-setup-check-dates", team_only, program, method="post"),
    Row("program-setup-row", team_only, row),
    Row("program-setup-row", team_only, row, method="post", note="empty"),
    Row("program-setup-row-remove", team_only, row),
    Row("program-setup-row-remove", only("team", status=302), row, method="post"),
    Row("program-setup-category-move", only("team", otherwise=403) | {"team": 404}, category, method="post"),
]

ROWS = [
    Row("programs", everyone(200)),
    Row("program", everyone(200), program),
    Row("program", everyone(404) | dict.fromkeys(NOMINATE, 200), hidden_program, note="not public"),
    Row("program-picture", everyone(200), program),
    Row("program-picture", everyone(404) | dict.fromkeys(NOMINATE, 200), hidden_program, note="not public"),
    Row("program-paper", everyone(200), program),
    Row("program-paper", everyone(404) | dict.fromkeys(NOMINATE, 200), hidden_program, note="not public"),
    Row("program-embed", everyone(200), program),
    Row("program-embed", everyone(404) | dict.fromkeys(NOMINATE, 200), hidden_program, note="not public"),
    Row("nominate", nominators, program),
    Row("nominate", only(*NOMINATE, status=302), program, method="post", data=account),
    Row("nominate-yourself", everyone(200), program),
    Row("nominate-yourself", everyone(404) | dict.fromkeys(NOMINATE, 200), hidden_program, note="not public"),
    Row("nominate-yourself", everyone(200), program, method="post", note="empty"),
    Row("nominate-yourself-sent", everyone(200), program),
    Row("confirm-nomination", everyone(200), token),
    Row("confirm-nomination", everyone(302), token, method="post"),
    Row("confirm-nomination", everyone(404), unknown_token, note="unknown"),
    Row("nominations", only(*NOMINATE, "leader")),
    Row("nomination", sees, nomination),
    Row("nomination", sees, draft, note="draft"),
    Row("nomination-edit", nominator_only, draft),
    Row("nomination-edit", nominator_only | {"csm": 302, "team": 302}, draft, method="post"),
    Row("nomination-edit", nominator_only | {"csm": 302, "team": 302}, nomination, note="submitted"),
    Row("nomination-autosave", nominator_only | {"visitor": 401}, draft, method="post"),
    Row("nomination-autosave", signed_in(405) | {"visitor": 405}, draft, note="GET"),
    Row("nomination-discard", nominator_only, draft),
    Row("nomination-discard", nominator_only | {"csm": 302, "team": 302}, draft, method="post"),
    Row("nomination-reply", responsible, nomination),
    Row("nomination-reply", responsible | {"csm": 302, "team": 302}, nomination, method="post", data=reply),
    Row("nomination-reading", responsible, nomination),
    Row("nomination-reading", responsible | {"csm": 302, "team": 302}, nomination, method="post"),
    Row("worth-nominating", only(*NOMINATE)),
    Row("nomination-alert-settle", responsible | {"csm": 302, "team": 302}, alert, method="post"),
    *SETUP,
    *triage_access.ROWS,
    *helping_access.ROWS,
]
