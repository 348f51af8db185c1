"""What the clocks of people and companies find, and until when."""

from datetime import timedelta

import pytest

from advocacy.models import Account, Recognition
from advocacy.services import record_consent
from outbox.models import Message, Occurrence
from outbox.recipients import refusal
from tests.clocks import run_rule
from tests.factories import NOW, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def tick(code, now):
    return run_rule(code, now)


def told(kind):
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("recipient", flat=True))


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def advocate(csm):
    return make_advocate(account=make_account(name="Northwind", csm=csm), name="Grace Hopper")


def allow(owner, purpose, until, now=NOW - 300 * DAY, decision="given"):
    fields = {"purpose": purpose, "decision": decision, "given_by": "Grace Hopper", "method": "mail", "text_shown": "Yes."}
    return record_consent(**owner, **fields, expires_on=until, now=now)


def test_what_ends_on_one_day_is_one_mail_to_the_csm_at_30_and_at_7_days(advocate, csm):
    ends = NOW.date() + 31 * DAY
    for purpose in ("use_quote", "use_logo"):
        allow({"advocate": advocate}, purpose, ends)
    allow({"advocate": advocate}, "reference_contact", ends, now=NOW - 400 * DAY)
    allow({"advocate": advocate}, "reference_contact", ends + 400 * DAY)

    for hours in (0, 12, 13, 12, 40, 24 * 24, 24 * 31):
        tick("consent_ends", NOW + timedelta(hours=hours))

    assert told("consent_ends") == [csm.email] * 2
    mail = Message.objects.filter(kind="consent_ends").first()
    assert (mail.occurrence.rule, mail.occurrence.about) == ("consent_ends", advocate)
    assert "Use quote: allowed by Grace Hopper" in mail.text
    assert "Speak with prospects" not in mail.text
    assert f"/advocates/{advocate.pk}/consent/?for=use_logo&for=use_quote" in mail.text
    assert not Message.objects.exclude(recipient=csm.email).exists()


def test_a_consent_that_was_given_anew_or_taken_back_or_is_short_is_left_alone(advocate):
    ends = NOW.date() + 20 * DAY
    allow({"advocate": advocate}, "use_quote", ends)
    allow({"advocate": advocate}, "use_quote", None, now=NOW - DAY)
    allow({"advocate": advocate}, "use_video", ends)
    allow({"advocate": advocate}, "use_video", None, now=NOW - DAY, decision="withdrawn")
    allow({"advocate": advocate}, "use_logo", ends, now=NOW - DAY)

    tick("consent_ends", NOW)

    assert told("consent_ends") == []


def test_what_a_company_allowed_is_for_its_csm_too(advocate, csm):
    allow({"account": advocate.account}, "use_logo", NOW.date() + 7 * DAY)

    tick("company_consent_ends", NOW)

    assert told("company_consent_ends") == [csm.email]
    assert set(Occurrence.objects.values_list("state", flat=True)) == {"written", "skipped"}


def test_a_csm_hears_of_old_figures_once_a_month_and_the_team_of_those_without_a_csm(advocate, csm):
    team = make_user("advocacy_team")
    old, limit = NOW.date() - 46 * DAY, NOW.date() - 45 * DAY
    type(advocate.account).objects.update(metrics_as_of=old)
    make_advocate(account=make_account(csm=csm, name="Tailspin", metrics_as_of=old), status="candidate")
    make_advocate(account=make_account(csm=csm, name="Current", metrics_as_of=limit))
    make_advocate(account=make_account(csm=csm, name="Gone", metrics_as_of=old), status="retired")
    make_account(csm=csm, name="Nobody there", metrics_as_of=old)
    make_advocate(account=make_account(name="Ownerless", metrics_as_of=old))

    for days in (0, 1, 27):
        tick("figures_old", NOW + days * DAY)

    assert sorted(told("figures_old")) == sorted([csm.email, team.email])
    mail = Message.objects.get(kind="figures_old", recipient=csm.email)
    assert ("Northwind" in mail.text, "Tailspin" in mail.text) == (True, True)
    assert not any(name in mail.text for name in ("Current", "Gone", "Nobody there", "Ownerless"))
    tick("figures_old", NOW + 30 * DAY)
    assert told("figures_old").count(csm.email) == 2


@pytest.mark.parametrize("rule", ["consent_ends", "figures_old"])
def test_what_is_settled_before_its_mail_goes_stays_home(rule, advocate):
    account, ends, old = advocate.account, NOW.date() + 29 * DAY, NOW.date() - 46 * DAY
    allow({"advocate": advocate}, "use_quote", ends)
    Account.objects.filter(pk=account.pk).update(metrics_as_of=old)
    tick(rule, NOW)
    mail, morning = Message.objects.get(kind=rule), NOW + DAY
    assert refusal(mail, morning) == ""

    allow({"advocate": advocate}, "use_quote", ends + 300 * DAY, now=NOW + timedelta(hours=1))
    Account.objects.filter(pk=account.pk).update(metrics_as_of=NOW.date())

    assert refusal(mail, morning) == "What it reminded of is settled, or its day has moved."


def test_a_broken_promise_is_told_to_the_csm_twice_and_then_to_the_team(advocate, csm):
    team = make_user("advocacy_team")
    Recognition.objects.create(advocate=advocate, kind="dinner", what="Dinner", status="promised", due_on=NOW.date())
    given = Recognition.objects.create(advocate=advocate, kind="swag", what="Mug", status="delivered", due_on=NOW.date())

    for days in (6, 8, 9, 22, 36, 60):
        tick("recognition_owed", NOW + days * DAY)

    assert told("recognition_owed") == [csm.email, csm.email, team.email]
    assert not Message.objects.about(given).exists()
