"""The form of a draft, with what stands around it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nominations.models import Nomination
from nominations.services import start_draft
from nominations.services.sections import answer_section, ask_for_section
from tests.factories import make_account, make_program, make_user
from tests.nominations.test_pages import autosave, full_form, page_of
from tests.nominations.test_sections import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def program():
    return make_program()


def draft_of(program, csm, name="Harbour Mutual"):
    return start_draft(program=program, account=make_account(csm=csm, name=name), by=csm)


def edit(draft):
    return reverse("nomination-edit", args=[draft.pk])


def test_the_other_drafts_of_ones_own_are_in_reach(client, program, csm):
    draft, other = draft_of(program, csm), draft_of(program, csm, name="Northwind")
    draft_of(program, make_user("sales"), name="Foreign")
    client.force_login(csm)
    text = client.get(edit(draft)).text
    assert "1 other draft of yours" in text
    assert f'href="{edit(other)}"' in text
    assert "Foreign" not in text


def test_two_drafts_sent_after_the_session_ended_both_come_back(client, program, csm):
    first, second = draft_of(program, csm), draft_of(program, csm, name="Northwind")
    client.post(edit(first), full_form(program, narrative="The first story."))
    client.post(edit(second), full_form(program, narrative="The second story."))
    client.force_login(csm)
    assert "The first story." in client.get(edit(first)).text
    assert "The second story." in client.get(edit(second)).text


def test_a_text_kept_while_signed_out_does_not_drop_an_answer_that_came_in(client, program, csm):
    draft = draft_of(program, csm)
    ask_for_section(nomination=draft, section="narrative", colleague=make_user("sales"), by=csm, note="", now=timezone.now())
    client.post(edit(draft), full_form(program, narrative="Typed signed out.", answers=""))
    answer_section(token=token(), answer={"narrative": "From sales."}, now=timezone.now())
    client.force_login(csm)
    page = client.get(edit(draft)).text
    assert "Typed signed out." in page
    known = re.search(r'name="answers"(?: value="([^"]*)")?', page)[1] or ""
    client.post(edit(draft), full_form(program, narrative="Typed signed out.", answers=known))
    assert Nomination.objects.get().narrative == "Typed signed out.\n\nFrom sales."


def test_the_meter_answers_with_the_autosave(client, program, csm):
    draft = draft_of(program, csm)
    client.force_login(csm)
    answer = autosave(client, draft, business_outcome="40 percent less work in two quarters.", **page_of(client, draft))
    assert "found: <bdi>40 percent, two quarters</bdi>" in " ".join(answer.text.split())
    assert "How did they do it before" in answer.text


def test_the_meter_is_nothing_for_judges_or_readers(client, program, csm):
    draft = draft_of(program, csm)
    Nomination.objects.update(status="submitted", business_outcome="40 percent less work in two quarters.")
    client.force_login(csm)
    assert "What judges will look for" not in client.get(draft.get_absolute_url()).text


def test_the_page_takes_as_many_queries_for_one_of_each_as_for_three(client, program, csm):
    draft = draft_of(program, csm)
    client.force_login(csm)
    counts = []
    for number in range(3):
        draft_of(program, csm, name=f"Other {number}")
        draft.section_requests.create(section="narrative", asked_by=csm, colleague=make_user("sales"), answered_at=timezone.now())
        draft.attachments.create(name="a.pdf", content_type="application/pdf", size=1, digest=str(number))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(edit(draft))
        counts.append(len(captured))
    assert counts[0] == counts[2]
    assert counts[0] <= 35
