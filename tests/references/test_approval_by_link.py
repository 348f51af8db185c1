"""The CSM's word from the mail: one click and a confirmation, without a sign-in, whoever got it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.exceptions import LinkExpired
from advocacy.links import end_links
from advocacy.models import Interview, SecretLink
from advocacy.services import set_willingness
from outbox.models import Message
from references import services
from references.models import ReferenceRequest
from tests.factories import activity, make_account, make_reference, make_user
from tests.references import clockwork

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def address(recipient, number=0):
    """Where the mail to this person leads."""
    text = Message.objects.filter(kind="request_approval", recipient=recipient.email).order_by("pk")[number].text
    return re.search(r"/requests/answer/\S+", text)[0]


def answer(client, url, **data):
    return client.post(url, data, follow=True)


def state(request):
    return ReferenceRequest.objects.get(pk=request.pk).status


def test_one_click_and_a_confirmation_approve(client, ask, advocate, csm):
    request = ask(advocate)
    url = address(csm)

    shown = client.get(url)
    assert (state(request), shown["Referrer-Policy"]) == ("proposed", "same-origin")
    assert "no-store" in shown["Cache-Control"]
    assert "You approved it." in answer(client, url, answer="approve").content.decode()

    candidate = request.candidates.get()
    assert (state(request), candidate.state, candidate.decided_by) == ("approved", "approved", csm)


def test_a_second_click_and_another_link_say_what_became_of_it(client, ask, team, now):
    request, second = ask(make_reference(now=now, account=make_account(csm=None))), make_user("advocacy_team")
    clockwork.remind_approvers(now=request.due_at - timedelta(minutes=1))
    answer(client, address(team), answer="approve")

    again = answer(client, address(team), answer="decline", note="No.")
    other = client.get(address(second))

    assert (again.status_code, other.status_code, state(request)) == (200, 200, "approved")
    assert f"{team.name} approved it." in other.content.decode()


def test_no_puts_the_next_one_forward_and_says_so(client, ask, advocate, csm, now):
    request = ask(advocate, line=[make_reference(now=now)])

    page = answer(client, address(csm), answer="decline", note="On leave.").content.decode()

    assert "You said no." in page
    assert "The next advocate has been put forward" in page
    assert state(request) == "proposed"


def test_a_no_without_a_reason_changes_nothing(client, ask, advocate, csm):
    request = ask(advocate)

    page = answer(client, address(csm), answer="decline", note=" ")

    assert "This field is required." in page.content.decode()
    assert (state(request), SecretLink.objects.filter(used_at__isnull=False).count()) == ("proposed", 0)


def test_not_now_lets_the_customer_rest(client, ask, advocate, csm, now):
    ask(advocate)

    answer(client, address(csm), answer="not_now", note="A hard month.")

    advocate.refresh_from_db()
    assert advocate.rests_until == (now + timedelta(days=30)).date()


def test_another_of_mine_is_asked_instead_and_nobody_elses_is_offered(client, ask, advocate, csm, now):
    request, mine = ask(advocate), make_reference(now=now, name="Ada Mine", account=make_account(csm=csm))
    theirs = make_reference(now=now, name="Bo Other", account=make_account(csm=make_user("csm")))
    url = address(csm)

    shown = client.get(url).content.decode()
    assert "Ada Mine" in shown
    assert "Bo Other" not in shown
    answer(client, url, answer="other", advocate=theirs.pk, note="Better.")
    assert state(request) == "proposed"
    answer(client, url, answer="other", advocate=mine.pk, note="Better.")

    assert request.candidates.current().get().advocate == mine
    assert state(request) == "approved"


def test_an_answer_somebody_else_took_meanwhile_is_told(client, ask, advocate, csm, team, now):
    request, url = ask(advocate), None
    url = address(csm)
    services.decline_candidate(candidate=request.candidates.get(), by=team, note="Leaving.", now=now)

    page = answer(client, url, answer="approve")

    assert f"{team.name} said no." in page.content.decode()
    assert state(request) == "declined"


def test_after_the_place_lapsed_the_link_says_so(client, ask, advocate, csm, now):
    request = ask(advocate, at=now - timedelta(days=5))
    url = address(csm)

    assert client.get(url).status_code == 410
    page = client.post(url, {"answer": "approve"})

    assert "The time to answer is over" in page.content.decode()
    assert state(request) == "proposed"


def test_the_deputy_who_got_the_mail_answers_in_their_name(client, ask, advocate, csm, now):
    deputy = make_user("csm")
    csm.deputy, csm.deputy_from = deputy, now.date()
    csm.save()
    request = ask(advocate)

    answer(client, address(deputy), answer="approve")

    assert request.candidates.get().decided_by == deputy


def test_the_link_of_somebody_who_left_opens_nothing(client, ask, advocate, csm):
    request = ask(advocate)
    csm.is_active = False
    csm.save()

    assert client.post(address(csm), {"answer": "approve"}).status_code == 410
    assert state(request) == "proposed"


def test_a_strange_answer_is_only_a_look(client, ask, advocate, csm):
    request = ask(advocate)
    assert client.post(address(csm), {"answer": "hat"}).status_code == 200
    assert state(request) == "proposed"


def test_an_unknown_link_is_not_found(client):
    assert client.get(reverse("approve-by-link", args=["nothing"])).status_code == 404


def test_whoever_no_longer_looks_after_the_customer_neither_reads_nor_answers(client, ask, advocate, csm):
    request = ask(advocate)
    advocate.account.csm = make_user("csm")
    advocate.account.save()

    page = answer(client, address(csm), answer="approve")

    assert (page.status_code, state(request)) == (410, "proposed")
    assert advocate.name not in page.content.decode()


def test_a_link_that_was_ended_is_not_used(ask, advocate, csm, now):
    request = ask(advocate)
    opened = services.by_link.open_link(token=address(csm).rstrip("/").rpartition("/")[2])
    end_links(purpose=SecretLink.Purpose.APPROVE_REFERENCE, about=request.candidates.get(), now=now)

    with pytest.raises(LinkExpired):
        services.by_link.answer_by_link(opened=opened, answer="approve", now=now)
    assert state(request) == "proposed"


def test_whoever_speaks_for_the_customer_reads_the_limits_before_they_ask(client, ask, advocate, csm, sales, now):
    Interview.objects.create(advocate=advocate, interviewer=csm, outcome="held", held_at=now, limits="No calls with Hidden Ltd.")
    set_willingness(advocate=advocate, activity_type=activity(), answer="yes", cap=1)
    request = ask(advocate)
    pages = [client.get(address(csm))]
    client.force_login(csm)
    pages.append(client.get(request.get_absolute_url()))
    answer(client, address(csm), answer="approve")
    pages.append(client.get(reverse("request-ask", args=[request.pk])))
    client.force_login(sales)
    told = client.get(request.get_absolute_url()).content.decode()

    for page in (page.content.decode() for page in pages):
        assert "No calls with Hidden Ltd." in page
        assert "Asked once in 90 days; 3 at most." in page
        assert "Own limit for this: 1." in page
    assert "Hidden Ltd" not in told
