"""A program whose result is frozen, with somebody chosen, as the tests of offers and announcements need it."""

import re
from datetime import timedelta

from awards import services
from outbox.models import Message
from tests.awards.factories import CLOSED, entry_of, make_judged, make_team
from tests.factories import NOW, make_account, make_user

# Judging has closed; the announcement is on CLOSED, fifteen days later.
DECIDED = NOW + timedelta(days=25)


def make_chosen(values=(5, 3, 2), by=None, now=DECIDED, **fields):
    """A judged program; its best nomination is chosen, by the CSM `csm` of its account."""
    by = by or make_team()
    program = make_judged(values, **fields)
    for nomination in program.nominations.order_by("pk"):
        nomination.account.csm = make_user("csm")
        nomination.account.save()
    best = program.nominations.order_by("pk").first()
    winner = services.choose_winner(entry=entry_of(best), by=by, now=now)
    return winner, by


def make_frozen(values=(5, 3, 2), now=DECIDED, **fields):
    winner, by = make_chosen(values, now=now, **fields)
    services.freeze_result(program=winner.category.program, by=by, now=now)
    return winner, by


def make_offered(values=(5, 3, 2), now=DECIDED, **fields):
    winner, by = make_frozen(values, now=now, **fields)
    return services.send_offer(winner=winner, by=by, now=now), by


def make_accepted(values=(5, 3, 2), now=DECIDED, scope=("public_award", "use_name_title", "use_company_name"), **fields):
    winner, by = make_offered(values, now=now, **fields)
    services.record_acceptance(winner=winner, by=by, evidence="Mail of 3 May.", scope=list(scope), now=now)
    winner.refresh_from_db()
    return winner, by


def make_announced(values=(5, 3, 2), **fields):
    winner, by = make_accepted(values, **fields)
    services.announce(program=winner.category.program, by=by, now=CLOSED)
    winner.refresh_from_db()
    winner.entry.refresh_from_db()
    return winner, by


def token_in(message):
    return re.search(r"/award/([\w-]+)/", message.text)[1]


def offer_mail(winner):
    return Message.objects.about(winner).get(kind="award_offer")


def mails(kind):
    return Message.objects.filter(kind=kind).order_by("pk")


def recipients(kind):
    return set(mails(kind).values_list("recipient", flat=True))


def without_csm():
    return make_account(csm=None)
