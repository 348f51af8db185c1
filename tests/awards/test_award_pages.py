"""The team's pages of offers and of the announcement."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from awards import services
from awards.models import Winner
from nominations.services import record_reply
from outbox.models import Message
from tests.awards.award_factories import DECIDED, mails, make_accepted, make_announced, make_frozen, make_offered
from tests.awards.factories import CLOSED, entry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(time_machine):
    time_machine.move_to(DECIDED, tick=False)
    return time_machine


def page_of(client, name, winner, *args):
    return client.get(reverse(name, args=[winner.category.program.slug, *args])).content.decode()


def post(client, name, winner, *args, **data):
    return client.post(reverse(name, args=[winner.category.program.slug, *args]), data)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_offer_is_read_before_it_is_sent_and_its_link_opens_nothing(client, day):
    winner, team = make_frozen()
    client.force_login(team)
    page = page_of(client, "results-offer", winner, winner.pk)
    assert "Please say yes or no by 10 April 2026 (UTC)" in page
    assert "https://…" in page
    assert not Message.objects.exists()
    post(client, "results-offer", winner, winner.pk)
    assert mails("award_offer").count() == 1


def test_a_second_click_on_send_says_so(client, day):
    winner, team = make_offered()
    client.force_login(team)
    assert said(post(client, "results-offer", winner, winner.pk)) == ["The offer has been sent."]


def test_the_offers_show_what_became_of_each(client, day):
    winner, team = make_offered()
    client.force_login(team)
    assert "Mail to" in page_of(client, "results-offers", winner)
    Message.objects.filter(kind="award_offer").update(state="bounced")
    page = page_of(client, "results-offers", winner)
    assert "did not arrive (Bounced)" in page
    assert "Send again" in page


def test_an_offer_stopped_by_its_answer_is_no_trouble(client, day):
    winner, team = make_accepted()
    client.force_login(team)
    assert mails("award_offer").get().state == "cancelled"
    assert "did not arrive" not in page_of(client, "results-offers", winner)


def test_terms_are_kept_in_the_programs_time_zone(client, day):
    winner, team = make_offered(time_zone="Europe/Berlin")
    client.force_login(team)
    data = {"answer_by": "2026-04-01", "embargo_until": "2026-05-03T18:00", "wording": "They count what matters."}
    post(client, "results-terms", winner, winner.pk, **data)
    winner.refresh_from_db()
    assert f"{winner.embargo_until:%d %H:%M}" == "03 16:00"
    assert (winner.answer_by.day, winner.wording) == (1, "They count what matters.")


def test_an_hour_the_clock_skips_is_refused_at_the_field(client, day):
    winner, team = make_offered(time_zone="Europe/Berlin")
    client.force_login(team)
    answer = post(client, "results-terms", winner, winner.pk, embargo_until="2027-03-28T02:30", answer_by=f"{winner.answer_by}")
    assert "does not exist" in str(answer.context["form"].errors["embargo_until"])


def test_after_the_announcement_the_day_to_answer_is_fixed_and_the_embargo_is_not(client, time_machine):
    winner, team = make_announced()
    time_machine.move_to(CLOSED, tick=False)
    client.force_login(team)
    post(client, "results-terms", winner, winner.pk, answer_by="2030-01-01", embargo_until="2026-05-03T18:00")
    before = winner.answer_by
    winner.refresh_from_db()
    assert (winner.answer_by, winner.embargo_until.month) == (before, 5)


def test_the_announcement_names_its_date_and_the_way_out(client, day):
    winner, team = make_accepted()
    client.force_login(team)
    page = page_of(client, "results-announce", winner)
    assert "The announcement is set for 11 April 2026, 12:00 (UTC)" in page
    assert "Move the date" in page
    refused = post(client, "results-announce", winner)
    assert "move that date first" in said(refused)[-1]


def test_from_preparing_to_sending_in_the_pages(client, day):
    winner, team = make_accepted()
    client.force_login(team)
    post(client, "results-announcement-prepare", winner)
    assert "Send all" not in page_of(client, "results-announcement", winner)
    day.move_to(CLOSED, tick=False)
    client.force_login(team)
    assert post(client, "results-announce", winner).url == reverse("results-announcement", args=[winner.category.program.slug])
    page = client.get(reverse("results-announcement", args=[winner.category.program.slug]))
    left_out = mails("award_won_colleague").get().pk
    data = {"what": "announcement", "newest": page.context["page"].newest, "left_out": [left_out]}
    assert said(post(client, "results-announcement-send", winner, **data)) == ["On their way: 3. Left out: 1."]
    assert "somebody has sent these mails already" in said(post(client, "results-announcement-send", winner, **data))[-1]


def test_a_mail_is_read_without_the_secrets_in_it(client, day):
    winner, team = make_announced()
    mail = mails("award_won").get()
    Message.objects.filter(pk=mail.pk).update(text=f"http://laurel.example/award/{'a' * 40}/")
    client.force_login(team)
    page = page_of(client, "results-announcement-mail", winner, mail.pk)
    assert "a" * 24 not in page
    assert mail.recipient in page


def test_nonsense_in_the_form_sends_nothing(client, time_machine):
    winner, team = make_announced()
    time_machine.move_to(CLOSED, tick=False)
    client.force_login(team)
    post(client, "results-announcement-send", winner, newest="all", left_out="x", what="everything")
    assert not Message.objects.filter(kind="award_won", state="queued").exists()


def test_taking_an_award_back_leads_to_the_corrections(client, time_machine):
    winner, team = make_announced()
    Message.objects.filter(kind="award_offer").update(state="sent")
    time_machine.move_to(CLOSED + timedelta(days=1), tick=False)
    client.force_login(team)
    done = post(client, "results-revoke", winner, winner.pk, reason="The numbers did not hold.")
    page = client.get(done.url).content.decode()
    assert "Send the corrections" in page
    assert winner.entry.nomination.nominee.email in page


def queries(client, name, winner, capture):
    url = reverse(name, args=[winner.category.program.slug])
    client.get(url)
    with capture as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["results-offers", "results-announcement", "results-announce"])
def test_the_pages_take_the_same_queries_for_1_and_3(client, name, time_machine, django_assert_max_num_queries):
    one, team = make_accepted()
    three, _team = make_accepted(values=(5, 4, 4, 3, 2), winners_per_category=3)
    for nomination in three.category.program.nominations.order_by("pk")[1:3]:
        winner = services.choose_winner(entry=entry_of(nomination), by=team, now=DECIDED)
        services.record_acceptance(winner=winner, by=team, evidence="Call.", scope=["public_award"], now=DECIDED)
    for nomination in three.category.program.nominations.order_by("pk")[3:]:
        record_reply(nomination=nomination, answer="yes", scope=["public_award"], evidence="Mail.", by=team, now=DECIDED)
    services.freeze_result(program=three.category.program, by=team, now=DECIDED, reason="Three places.")
    time_machine.move_to(DECIDED, tick=False)
    client.force_login(team)
    for winner in (one, three):
        services.prepare(program=winner.category.program, now=DECIDED)
    counts = [queries(client, name, winner, django_assert_max_num_queries(20)) for winner in (one, three)]
    assert counts[0] == counts[1]


def test_whoever_still_judges_the_program_is_kept_out(client, day):
    winner, team = make_frozen()
    program = winner.category.program
    judge = program.judges.first()
    program.judging_closes_at = DECIDED + timedelta(days=1)
    program.save()
    judge.user.groups.set(team.groups.all())
    judge.assignments.update(status="open")
    client.force_login(judge.user)
    assert client.get(reverse("results-offers", args=[program.slug])).status_code == 403
    assert Winner.objects.count() == 1
