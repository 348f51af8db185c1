import pytest
from django.urls import reverse

from nominations import guide
from nominations.forms import NominationForm
from nominations.models import Nomination
from nominations.sections import PARTNERSHIP, SECTIONS
from nominations.services import start_draft
from tests.factories import make_account, make_program, make_user


def test_the_call_takes_twenty_minutes():
    assert guide.minutes() == 20


def test_every_question_fills_a_field_and_is_asked_once():
    asked = [field for part in (*guide.CALL, guide.AFTERWARDS) for field in part.fields]
    assert sorted(asked) == sorted(guide.QUESTIONS)
    assert set(guide.QUESTIONS) - {PARTNERSHIP, "results"} <= set(NominationForm.base_fields)
    assert set(SECTIONS) <= set(guide.QUESTIONS)
    assert set(Nomination.STORY_FIELDS) <= set(asked)


@pytest.mark.django_db
def test_the_page_has_every_question_and_marks_what_is_written(client):
    csm = make_user("csm")
    draft = start_draft(program=make_program(), account=make_account(csm=csm), by=csm)
    Nomination.objects.update(narrative="One queue.")
    client.force_login(csm)
    text = client.get(reverse("nomination-guide", args=[draft.pk])).text
    assert all(str(question).replace("'", "&#x27;") in text for asked in guide.QUESTIONS.values() for question in asked)
    assert text.count(">written<") == 1


@pytest.mark.django_db
def test_the_form_shows_the_questions_beside_their_fields(client):
    csm = make_user("csm")
    draft = start_draft(program=make_program(), account=make_account(csm=csm), by=csm)
    client.force_login(csm)
    text = client.get(reverse("nomination-edit", args=[draft.pk])).text
    assert all(str(question) in text for asked in guide.QUESTIONS.values() for question in asked)
