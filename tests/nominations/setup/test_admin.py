"""The admin beside the guided path: the same rules, and the way there."""

import pytest
from django.urls import reverse

from nominations.models import Category, Nomination, Program
from tests.factories import NOW, make_account, make_nomination, make_program, make_user
from tests.nominations.test_admin import program_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_team(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(make_user("advocacy_team"))
    return client


def change(program):
    return reverse("admin:nominations_program_change", args=[program.pk])


def dates_of(program):
    names = ["opens_at", "closes_at", "judging_opens_at", "judging_closes_at", "announces_at"]
    return {name: f"{getattr(program, name):%Y-%m-%dT%H:%M}" for name in names}


def without_its_category(program):
    category = program.categories.get()
    rows = {"categories-INITIAL_FORMS": 1, "categories-0-id": category.pk, "categories-0-DELETE": "on"}
    rows |= {"categories-0-program": program.pk, "categories-0-name": category.name}
    return program_form(**dates_of(program), **rows, time_zone="UTC", slug=program.slug)


def test_a_category_with_nominations_is_not_removed_in_the_admin_either(as_team):
    program = make_nomination(make_program(now=NOW)).program
    answer = as_team.post(change(program), without_its_category(program))
    assert "has one nomination in it. Move it to another category, or rename this one." in answer.text
    assert Category.objects.exists()


def test_an_empty_one_is(as_team):
    program = make_program(now=NOW)
    assert as_team.post(change(program), without_its_category(program)).status_code == 302
    assert not Category.objects.exists()


def test_a_program_with_nominations_is_not_deleted_and_the_page_says_why(as_team):
    program = make_nomination().program
    url = reverse("admin:nominations_program_delete", args=[program.pk])
    for answer in (as_team.get(url), as_team.post(url, {"post": "yes"})):
        assert (answer.status_code, "has nominations and stays" in answer.text) == (403, True)
    assert Program.objects.exists()


def test_one_nobody_took_part_in_is_deleted(as_team):
    as_team.post(reverse("admin:nominations_program_delete", args=[make_program().pk]), {"post": "yes"})
    assert not Program.objects.exists()


def test_the_admin_leads_to_the_guided_path(as_team):
    program = make_program(now=NOW)
    path = reverse("program-setup", args=[program.slug])
    assert path in as_team.get(change(program)).text
    text = as_team.get(reverse("admin:nominations_program_changelist")).text
    assert path in text
    assert reverse("program-new") in text


def make_draft():
    csm = make_user("csm")
    program = make_program(now=NOW, time_zone="Europe/Berlin")
    return make_nomination(program, status="draft", submitted_at=None, account=make_account(csm=csm), nominator=csm)


def extend(nomination):
    return reverse("admin:nominations_nomination_extend", args=[nomination.pk])


def test_a_draft_is_given_more_time_on_its_page(as_team):
    draft = make_draft()
    assert extend(draft) in as_team.get(reverse("admin:nominations_nomination_change", args=[draft.pk])).text
    as_team.post(extend(draft), {"until": "2026-03-24T18:00", "why": "Ill that week."})
    assert f"{Nomination.objects.get().extended_until:%m-%d %H:%M}" == "03-24 17:00"
    assert "Ill that week." in as_team.get(reverse("admin:nominations_nomination_change", args=[draft.pk])).text


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2026-03-20T18:00", "after the close of the call on 22 March 2026, 13:00 (Europe/Berlin)"),
        ("2026-03-29T02:30", "does not exist on 29 March 2026"),
        ("", "This field is required."),
    ],
)
def test_a_time_that_is_none_is_told(as_team, until, sentence):
    draft = make_draft()
    assert sentence in as_team.post(extend(draft), {"until": until, "why": "Ill that week."}).text
    assert Nomination.objects.get().extended_until is None


def test_more_time_needs_the_permission(client):
    client.force_login(make_user("judge"))
    assert client.post(extend(make_draft()), {"until": "2026-03-24T18:00", "why": "Ill."}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_refusing_and_deleting_need_no_transaction_around_them(as_team):
    stays, goes = make_nomination().program, make_program()
    for program in (stays, goes):
        as_team.post(reverse("admin:nominations_program_delete", args=[program.pk]), {"post": "yes"})
    assert list(Program.objects.all()) == [stays]
