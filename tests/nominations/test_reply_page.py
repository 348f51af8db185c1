"""The nominee's page behind the link: reading decides nothing, the answer is theirs until judging closes."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from advocacy.links import issue_link
from advocacy.models import Consent
from nominations.models import Nomination, NomineeReply
from nominations.services import record_reply, triage
from outbox.models import Message
from tests.factories import NOW, make_account, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def csm():
    return make_user("csm", name="Ana Ruiz")


@pytest.fixture
def nomination(csm):
    return make_nomination(make_program(now=NOW), account=make_account(csm=csm), nominator=make_user("sales"))


@pytest.fixture
def reply(nomination):
    return NomineeReply.objects.create(nomination=nomination, asked_at=NOW)


@pytest.fixture
def url(reply):
    token = issue_link(purpose="answer_nomination", about=reply, expires_at=NOW + timedelta(days=200))
    return reverse("nominee-reply", args=[token])


def now_of(nomination):
    return Nomination.objects.values_list("status", "reply__answer").get(pk=nomination.pk)


def mails(kind):
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_opening_the_page_decides_nothing(client, url, nomination):
    page = client.get(url)
    assert "What the judges would read" in page.text
    assert now_of(nomination) == ("submitted", "")


def test_the_page_says_nothing_of_what_we_think_of_the_customer(client, url, nomination):
    Nomination.objects.update(confidence_evidence="They never call back.", publicity_note="Their lawyers are strict.")
    page = client.get(url).text
    assert "They never call back" not in page
    assert "lawyers" not in page


def test_the_page_stays_out_of_caches_and_search_engines_and_tells_nobody_its_address(client, url):
    page = client.get(url)
    assert "no-store" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")


def test_a_yes_is_a_consent_for_each_thing_ticked_with_the_text_shown(client, url, nomination):
    client.post(url, {"answer": "yes", "scope": ["public_award", "use_logo"]})
    assert now_of(nomination) == ("submitted", "yes")
    given = Consent.objects.values_list("purpose", "method", "text_shown", "recorded_by")
    assert sorted(given) == [
        ("public_award", "page", "If I win, the award may be announced in public.", None),
        ("use_logo", "page", "My company's logo may be shown with the award and the story.", None),
    ]


def test_the_csm_and_the_nominator_hear_of_the_answer(client, url, nomination, csm):
    client.post(url, {"answer": "yes", "note": "Spell Åse with a ring."})
    assert mails("nominee_answered") == sorted([csm.email, nomination.nominator.email])
    assert "Spell Åse with a ring." in Message.objects.filter(kind="nominee_answered").first().text


def test_a_no_withdraws_kindly(client, url, nomination, csm):
    client.post(url, {"answer": "no"})
    assert now_of(nomination) == ("withdrawn", "no")
    assert mails("nominee_no") == [nomination.nominee.email]
    assert mails("nominee_answered") == sorted([csm.email, nomination.nominator.email])
    assert "You said no, and that is fine." in client.get(url).text


def test_after_not_yet_the_link_stays_good(client, url, nomination):
    client.post(url, {"answer": "not_yet"})
    assert "this link stays good" in client.get(url).text
    client.post(url, {"answer": "yes"})
    assert now_of(nomination) == ("submitted", "yes")


def test_the_same_answer_twice_is_told_once(client, url, nomination):
    client.post(url, {"answer": "yes", "scope": ["use_quote"]})
    client.post(url, {"answer": "yes", "scope": ["use_quote"]})
    assert (Consent.objects.count(), len(mails("nominee_answered"))) == (1, 2)


def test_who_said_yes_sees_what_it_covers_and_how_to_change_it(client, url):
    client.post(url, {"answer": "yes", "scope": ["use_quote"]})
    page = client.get(url).text
    assert "My quote may be used as approved by me." in page
    assert "Change my answer" in page


def test_a_yes_can_be_narrowed_until_judging_closes(client, url, nomination):
    client.post(url, {"answer": "yes", "scope": ["use_quote", "public_award"]})
    with time_machine.travel(nomination.program.judging_closes_at, tick=False):
        client.post(url, {"answer": "yes", "scope": ["public_award"]})
    assert NomineeReply.objects.get().scope == ["public_award"]


def test_after_judging_closed_a_yes_stands_and_the_page_says_whom_to_write_to(client, url, nomination, csm):
    client.post(url, {"answer": "yes"})
    with time_machine.travel(nomination.program.judging_closes_at + timedelta(seconds=1), tick=False):
        page = client.post(url, {"answer": "no"})
    assert page.status_code == 409
    assert csm.email in page.text
    assert now_of(nomination) == ("submitted", "yes")


def test_who_has_not_answered_can_still_say_yes_after_judging(client, url, nomination):
    with time_machine.travel(nomination.program.judging_closes_at + timedelta(days=1), tick=False):
        client.post(url, {"answer": "yes"})
    assert now_of(nomination) == ("submitted", "yes")


def test_after_the_announcement_the_page_says_so_and_whom_to_write_to(client, url, nomination, csm):
    nomination.program.announced_at = NOW
    nomination.program.save()
    page = client.post(url, {"answer": "yes"}).text
    assert "have been announced" in page
    assert csm.email in page
    assert now_of(nomination) == ("submitted", "")


def test_what_was_taken_out_takes_no_answer(client, url, nomination, csm):
    triage(nomination=nomination, to="ineligible", by=csm, why="A prospect.", now=NOW)
    assert "takes no part any more" in client.post(url, {"answer": "yes"}).text
    assert now_of(nomination) == ("ineligible", "")


def test_the_nominee_answers_while_the_csm_has_recorded_a_no(client, url, nomination, csm):
    record_reply(nomination=nomination, answer="no", evidence="Call.", by=csm, now=NOW)
    assert client.post(url, {"answer": "yes"}).status_code == 409
    assert now_of(nomination) == ("withdrawn", "no")


def test_an_old_form_of_the_csm_does_not_write_over_the_nominees_word(client, url, nomination, csm):
    client.post(url, {"answer": "yes", "scope": ["use_quote"]})
    client.force_login(csm)
    form = {"answer": "not_yet", "method": "spoken", "given_by": "Ada", "evidence": "Call.", "seen": ""}
    page = client.post(reverse("nomination-reply", args=[nomination.pk]), form, follow=True)
    assert "while this page was open" in page.text
    assert now_of(nomination) == ("submitted", "yes")


def test_only_a_yes_covers_anything(client, url, nomination):
    client.post(url, {"answer": "not_yet", "scope": ["use_quote"]})
    nomination.reply.refresh_from_db()
    assert (nomination.reply.answer, nomination.reply.scope) == ("not_yet", [])


def test_a_yes_is_taken_back_without_unticking_what_it_covered(client, url, nomination):
    client.post(url, {"answer": "yes", "scope": ["use_quote"]})
    client.post(url, {"answer": "no", "scope": ["use_quote"]})
    assert now_of(nomination) == ("withdrawn", "no")


def expired(reply):
    token = issue_link(purpose="answer_nomination", about=reply, expires_at=NOW - timedelta(days=1))
    return reverse("nominee-reply", args=[token])


def test_an_expired_link_says_so_and_tells_the_csm_when_asked(client, reply, csm):
    url = expired(reply)
    assert (client.get(url).status_code, mails("reply_link_expired")) == (410, [])
    client.post(url)
    page = client.post(url).text
    assert "Ana Ruiz was told" in page
    assert mails("reply_link_expired") == [csm.email]


def test_an_expired_link_decides_nothing(client, reply, nomination):
    client.post(expired(reply), {"answer": "no"})
    assert now_of(nomination) == ("submitted", "")


def test_a_link_for_another_purpose_opens_nothing(client, nomination, reply):
    token = issue_link(purpose="verify_profile", about=reply, expires_at=NOW + timedelta(days=9))
    assert client.get(reverse("nominee-reply", args=[token])).status_code == 404
