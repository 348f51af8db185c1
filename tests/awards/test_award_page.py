from datetime import timedelta

import pytest
from django.urls import reverse

from advocacy.consent_texts import TEXTS_OF_AWARD
from advocacy.links import issue_link
from advocacy.models import Consent, Recognition, SecretLink
from awards import services
from awards.deadlines import end_of
from awards.models import Winner
from awards.services.preparation import prepare_winner
from nominations.models import Prize
from nominations.services import record_reply
from tests.awards.award_factories import DECIDED, mails, make_offered, offer_mail, recipients, token_in
from tests.awards.factories import entry_of

pytestmark = pytest.mark.django_db

YES = {
    "answer": "accept",
    "shown_name": "Dr.  Ada Loss",
    "shown_title": "Chief of Claims",
    "show_name": "on",
    "shown_company": "Loss & Sons",
    "show_company": "on",
    "public_award": "on",
}


@pytest.fixture
def offered(time_machine):
    time_machine.move_to(DECIDED, tick=False)
    return make_offered()[0]


@pytest.fixture
def address(offered):
    return reverse("award", args=[token_in(offer_mail(offered))])


def status(winner):
    return Winner.objects.values_list("status", flat=True).get(pk=winner.pk)


def consents(winner):
    nomination = winner.entry.nomination
    given = Consent.objects.filter(advocate=nomination.nominee) | Consent.objects.filter(account=nomination.account)
    return {consent.purpose: consent for consent in given.order_by("pk")}


def test_opening_the_link_shows_the_award_and_decides_nothing(client, offered, address):
    Prize.objects.create(program=offered.category.program, kind="dinner", what="Dinner with our founders")
    page = client.get(address)
    assert (page.status_code, page["Referrer-Policy"], status(offered)) == (200, "same-origin", "offered")
    assert "Dinner with our founders" in page.content.decode()
    assert str(TEXTS_OF_AWARD["public_award"]) in page.content.decode()
    assert "no-cache" in page["Cache-Control"]


def test_a_yes_keeps_the_wording_and_what_was_ticked_in_the_words_shown(client, offered, address):
    client.post(address, YES)
    offered.refresh_from_db()
    assert (offered.status, offered.shown_name, offered.shown_company) == ("accepted", "Dr. Ada Loss", "Loss & Sons")
    given = consents(offered)
    assert set(given) == {"public_award", "use_name_title", "use_company_name"}
    assert (given["public_award"].method, given["public_award"].text_shown) == ("page", str(TEXTS_OF_AWARD["public_award"]))
    assert given["use_company_name"].account == offered.entry.nomination.account


def test_what_is_not_ticked_is_neither_kept_nor_agreed(client, offered, address):
    client.post(address, YES | {"quote": "We sleep again."})
    offered.refresh_from_db()
    assert offered.shown_quote == ""
    assert "use_quote" not in consents(offered)


def test_a_quote_is_kept_as_the_customer_wrote_it(client, offered, address):
    client.post(address, YES | {"quote": "We sleep again.\r\nAll of us.", "use_quote": "on"})
    offered.refresh_from_db()
    assert offered.shown_quote == "We sleep again.\nAll of us."


def test_a_tick_taken_away_is_written_as_withdrawn_and_the_rest_of_the_first_yes_stays(client, offered, address):
    nomination = offered.entry.nomination
    record_reply(
        nomination=nomination, answer="yes", scope=["use_logo", "reference_contact"], evidence="Mail.", by=None, now=DECIDED
    )
    client.post(address, YES)
    nomination.reply.refresh_from_db()
    assert "reference_contact" in nomination.reply.scope
    assert consents(offered)["use_logo"].decision == "withdrawn"


def test_what_was_agreed_before_is_agreed_anew_on_the_page(client, offered, address):
    record_reply(
        nomination=offered.entry.nomination, answer="yes", scope=["public_award"], evidence="Mail.", by=None, now=DECIDED
    )
    client.post(address, YES)
    assert consents(offered)["public_award"].method == "page"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"public_award": ""}, "public_award"),
        ({"show_name": "", "show_company": ""}, "show_name"),
        ({"shown_name": " "}, "shown_name"),
        ({"use_quote": "on", "quote": ""}, "quote"),
    ],
)
def test_half_a_yes_is_asked_about_and_writes_nothing(client, offered, address, data, field):
    page = client.post(address, YES | data)
    assert field in page.context["form"].errors
    assert (status(offered), consents(offered)) == ("offered", {})


def test_the_customer_chooses_what_the_donation_goes_to(client, offered, address):
    prize = Prize.objects.create(program=offered.category.program, kind="donation", what="A donation of 5,000", planned_cost=5000)
    client.post(address, YES | {f"purpose-{prize.pk}": "Sea rescue"})
    given = Recognition.objects.get(source_key=f"winner:{offered.pk}:prize:{prize.pk}")
    assert (given.purpose, given.advocate, given.cost) == ("Sea rescue", offered.entry.nomination.nominee, 5000)
    assert "Sea rescue" in client.get(address).content.decode()


def test_who_chose_where_the_donation_goes_is_not_asked_again(client, offered, address):
    prize = Prize.objects.create(program=offered.category.program, kind="donation", what="A donation of 5,000")
    client.post(address, YES | {f"purpose-{prize.pk}": "Sea rescue"})
    offered.refresh_from_db()
    prepare_winner(winner=offered, now=DECIDED)
    assert not offered.preparation.filter(kind="donation").exists()


def test_csm_and_team_hear_the_answer(client, offered, address):
    client.post(address, YES)
    csm = offered.entry.nomination.account.csm
    assert csm.email in recipients("award_answered")
    assert len(recipients("award_answered")) == 2
    assert mails("award_answered").first().reply_to == offered.entry.nomination.nominee.email


def test_a_no_puts_the_reserve_forward_and_the_reason_goes_to_the_csm(client, offered, address):
    client.post(address, {"answer": "decline", "why": "Our board wants no publicity."})
    assert status(offered) == "declined"
    second = offered.category.program.nominations.order_by("pk")[1]
    assert Winner.objects.get(entry=entry_of(second)).status == "offered"
    assert "Our board wants no publicity." in mails("award_answered").first().text


def test_a_second_answer_says_that_there_is_one(client, offered, address):
    client.post(address, YES)
    again = client.post(address, {"answer": "decline"})
    assert "You have accepted this award." in again.content.decode()
    assert status(offered) == "accepted"


def test_after_the_answer_the_link_shows_what_was_said(client, offered, address):
    client.post(address, YES)
    page = client.get(address)
    assert page.status_code == 200
    assert "Dr. Ada Loss, Chief of Claims" in page.content.decode()


def test_an_answer_recorded_by_the_team_counts_before_a_late_click(client, offered, address):
    services.record_decline(winner=offered, by=offered.chosen_by, why="By phone.", now=DECIDED)
    assert "You have declined this award." in client.post(address, YES).content.decode()
    assert status(offered) == "declined"


def test_after_the_last_day_the_answer_is_not_taken(client, offered, address, time_machine):
    time_machine.move_to(end_of(offered.answer_by, "UTC"), tick=False)
    page = client.post(address, YES)
    assert (page.status_code, status(offered)) == (410, "offered")
    assert "The time to answer is over." in page.content.decode()


def test_after_the_announcement_the_answer_is_not_taken(client, offered, address):
    program = offered.category.program
    program.announced_at = DECIDED
    program.save()
    assert "have been announced" in client.post(address, YES).content.decode()
    assert status(offered) == "offered"


def test_an_award_taken_back_is_no_longer_offered(client, offered, address):
    services.take_back_choice(winner=offered, by=offered.chosen_by, reason="Wrong row.", now=DECIDED)
    page = client.post(address, YES)
    assert (page.status_code, status(offered)) == (410, "revoked")
    assert "no longer offered" in page.content.decode()


def test_the_link_of_an_earlier_offer_opens_nothing_after_a_new_choice(client, offered, address):
    services.take_back_choice(winner=offered, by=offered.chosen_by, reason="Wrong row.", now=DECIDED)
    services.choose_winner(entry=entry_of(offered.entry.nomination), by=offered.chosen_by, now=DECIDED)
    assert client.post(address, YES).status_code == 410
    assert status(offered) == "offered"


def test_a_link_for_something_else_opens_no_award(client, offered):
    token = issue_link(purpose=SecretLink.Purpose.VERIFY_PROFILE, about=offered, expires_at=DECIDED + timedelta(days=1))
    for wrong in (token, "nonsense"):
        assert client.post(reverse("award", args=[wrong]), YES).status_code == 404
    assert status(offered) == "offered"
