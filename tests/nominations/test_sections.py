"""A colleague fills one section by a link, while the nominator writes on."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from advocacy.exceptions import LinkExpired, LinkUsed
from nominations.exceptions import ColleagueUnfit, SectionClosed, SectionTooLong
from nominations.models import Nomination, SectionRequest
from nominations.sections import joined
from nominations.services import discard_draft, save_draft, start_draft, submit_nomination
from nominations.services.sections import answer_section, ask_for_section, read_section, withdraw_sections
from outbox.models import Message
from tests.factories import make_account, make_nomination, make_program, make_user
from tests.nominations.test_pages import autosave, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def colleague():
    return make_user("colleague", name="Ben Ito")


@pytest.fixture
def draft(csm):
    account = make_account(csm=csm, name="Harbour Mutual")
    return start_draft(program=make_program(), account=account, by=csm)


def ask(draft, colleague, section="human_element", now=None, note=""):
    now = now or timezone.now()
    return ask_for_section(nomination=draft, section=section, colleague=colleague, by=draft.nominator, note=note, now=now)


def token():
    mail = Message.objects.filter(kind="section_wanted").latest("pk")
    return re.search(r"/section/([^/\s]+)/", mail.text)[1]


def answer(now=None, **fields):
    fields = fields or {"human_element": "The night shift."}
    return answer_section(token=token(), answer=fields, now=now or timezone.now())


def write(draft, **fields):
    save_draft(program=draft.program, by=draft.nominator, nomination=draft, data=fields)


# Asking --------------------------------------------------------------------


def test_the_colleague_has_a_mail_with_a_link_and_the_note(draft, colleague):
    ask(draft, colleague, note="You were there.")
    mail = Message.objects.get()
    assert (mail.recipient, mail.reply_to) == (colleague.email, draft.nominator.email)
    assert "You were there." in mail.text
    assert read_section(token=token(), now=timezone.now()).section == "human_element"


def test_asked_twice_it_is_one_request_and_one_mail(draft, colleague):
    assert ask(draft, colleague) == ask(draft, colleague)
    assert Message.objects.count() == 1


def test_who_writes_the_draft_is_not_asked_for_it(draft, csm):
    with pytest.raises(ColleagueUnfit, match="works on this draft already"):
        ask(draft, csm)


# Answering -----------------------------------------------------------------


def test_the_answer_lands_in_an_empty_section_and_the_nominator_is_told(draft, colleague, csm):
    ask(draft, colleague)
    answer()
    assert Nomination.objects.get().human_element == "The night shift."
    assert Message.objects.get(kind="section_answered").recipient == csm.email


def test_below_what_stands_there(draft, colleague):
    ask(draft, colleague)
    write(draft, human_element="Typed meanwhile.")
    answer()
    assert Nomination.objects.get().human_element == "Typed meanwhile.\n\nThe night shift."


def test_a_number_of_the_nominator_stays(draft, colleague):
    ask(draft, colleague, section="partnership")
    write(draft, confidence=2)
    answer(confidence=5, comfort=4, comfort_evidence="They spoke in May.")
    draft.refresh_from_db()
    assert (draft.confidence, draft.comfort, draft.comfort_evidence) == (2, 4, "They spoke in May.")


def test_together_too_long_is_refused_and_the_link_still_works(draft, colleague):
    ask(draft, colleague)
    write(draft, human_element="x" * 19_990)
    with pytest.raises(SectionTooLong, match="8 characters too long"):
        answer()
    answer(human_element="Short.")
    assert Nomination.objects.get().human_element.endswith("x\n\nShort.")


def test_the_link_works_once(draft, colleague):
    ask(draft, colleague)
    answer()
    with pytest.raises(LinkUsed):
        answer()
    assert Nomination.objects.get().human_element == "The night shift."


def test_the_link_lasts_two_weeks(draft, colleague):
    now = timezone.now()
    ask(draft, colleague, now=now)
    with pytest.raises(LinkExpired):
        answer(now=now + timedelta(days=14))


def test_submitted_meanwhile_nothing_more_is_taken(draft, colleague):
    ask(draft, colleague)
    Nomination.objects.update(status="submitted")
    with pytest.raises(SectionClosed, match="handed in meanwhile"):
        answer()


def test_submitting_closes_the_links_and_stops_the_mails(colleague, csm):
    draft = make_nomination(status="draft", source="self", nominator=csm)
    asked = ask(draft, colleague)
    submit_nomination(nomination=draft, by=csm, now=timezone.now())
    assert not asked.nomination.section_requests.none().exists()
    assert Message.objects.get(kind="section_wanted").state == "cancelled"
    Nomination.objects.update(status="draft")
    with pytest.raises(LinkExpired):
        answer()


def test_withdrawn_by_the_nominator_the_link_is_closed(client, draft, colleague, csm):
    asked = ask(draft, colleague)
    client.force_login(csm)
    client.post(reverse("nomination-ask-withdraw", args=[draft.pk, asked.pk]))
    assert client.get(reverse("section", args=[token()])).status_code == 410


def test_withdrawing_leaves_an_answer_alone(draft, colleague):
    asked = ask(draft, colleague)
    answer()
    withdraw_sections(requests=draft.section_requests.all(), now=timezone.now())
    assert SectionRequest.objects.get(pk=asked.pk).answered_at


def test_of_a_discarded_draft_the_link_is_unknown(client, draft, colleague):
    ask(draft, colleague)
    discard_draft(nomination=draft)
    assert client.get(reverse("section", args=[token()])).status_code == 404


# The nominator's open window ------------------------------------------------


def page_with_answers(client, draft):
    html = client.get(reverse("nomination-edit", args=[draft.pk])).text
    return page_of(client, draft) | {"answers": re.search(r'name="answers"(?: value="([^"]*)")?', html)[1] or ""}


def test_a_window_opened_before_writes_on_without_losing_the_answer(client, draft, colleague, csm):
    client.force_login(csm)
    page = page_with_answers(client, draft)
    ask(draft, colleague)
    answer()
    saved = autosave(client, draft, human_element="Ada sleeps.", **page)
    autosave(client, draft, human_element="Ada sleeps again.", **page)
    assert saved.status_code == 200
    assert "Ben Ito filled “The people in it”" in saved.text
    assert Nomination.objects.get().human_element == "Ada sleeps again.\n\nThe night shift."


def test_a_window_opened_after_may_cut_the_answer(client, draft, colleague, csm):
    client.force_login(csm)
    ask(draft, colleague)
    answer()
    autosave(client, draft, human_element="Ada sleeps.", **page_with_answers(client, draft))
    assert Nomination.objects.get().human_element == "Ada sleeps."


def test_the_form_lists_who_was_asked_and_what_came(client, draft, colleague, csm):
    ask(draft, colleague)
    ask(draft, colleague, section="quote")
    answer(quote="We sleep.")
    client.force_login(csm)
    text = client.get(reverse("nomination-edit", args=[draft.pk])).text
    assert "Ben Ito: The people in it" in text
    assert "As it came" in text


@given(st.text(max_size=30), st.text(max_size=30))
def test_joining_again_changes_nothing_and_loses_nothing(standing, answer):
    once = joined(standing, answer)
    assert joined(once, answer) == once
    assert standing in once
    assert answer in once


# The page behind the link ---------------------------------------------------


def opened(client):
    return client.get(reverse("section", args=[token()]))


def test_the_page_shows_its_section_its_questions_and_nothing_else(client, draft, colleague):
    write(draft, human_element="The clerks.", narrative="Secret steps.", confidence_evidence="Secret reading.")
    ask(draft, colleague)
    text = opened(client).text
    assert "The clerks." in text
    assert "Whose working day has changed most?" in text
    assert "Secret" not in text
    assert "Germany" in text


def test_who_may_not_see_accounts_is_shown_the_name_alone(client, draft):
    ask(draft, make_user("judge"))
    text = opened(client).text
    assert "Harbour Mutual" in text
    assert "Germany" not in text


def test_opening_the_link_decides_nothing_and_sending_does(client, draft, colleague):
    ask(draft, colleague)
    opened(client)
    assert not SectionRequest.objects.get().answered_at
    url = reverse("section", args=[token()])
    assert "It stands in the draft now" in client.post(url, {"human_element": "The night shift."}).text
    assert "is kept, and there is nothing more to do" in client.post(url, {"human_element": "Twice."}).text
    assert Nomination.objects.get().human_element == "The night shift."


def test_an_empty_answer_is_asked_for_again(client, draft, colleague):
    ask(draft, colleague)
    answer = client.post(reverse("section", args=[token()]), {"human_element": "  "})
    assert "Nothing is written yet." in answer.text
    assert not SectionRequest.objects.get().answered_at
