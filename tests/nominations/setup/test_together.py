"""Two people have the same page open: nothing either of them saved is lost without a word."""

import pytest
from django.urls import reverse

from nominations.models import Program
from tests.factories import NOW, make_program, make_user
from tests.nominations.setup.test_pages import row, step, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(make_user("advocacy_team"))
    return client


@pytest.fixture
def program(page):
    return make_program(now=NOW, phase="planned", time_zone="UTC", purpose="Honour customers.", series="Impact")


def test_what_only_the_other_changed_stays_and_is_said(page, program):
    sent = values(page, step(program, "name"))
    Program.objects.update(purpose="Theirs.")
    answer = page.post(step(program, "name"), sent | {"series": "Mine"}, follow=True)
    saved = Program.objects.get()
    assert (saved.purpose, saved.series) == ("Theirs.", "Mine")
    assert "Somebody else changed this meanwhile, and it stays: Purpose." in answer.text


def test_what_both_changed_is_asked_once_and_then_the_last_save_wins(page, program):
    sent = values(page, step(program, "name")) | {"purpose": "Mine."}
    Program.objects.update(purpose="Theirs.")
    answer = page.post(step(program, "name"), sent)
    assert "Somebody else changed this to “Theirs.” while you had the page open." in answer.context["form"].errors["purpose"][0]
    assert Program.objects.get().purpose == "Theirs."
    again = sent | {"seen": answer.context["form"]["seen"].value()}
    page.post(step(program, "name"), again)
    assert Program.objects.get().purpose == "Mine."


def test_both_the_same_change_is_no_conflict(page, program):
    sent = values(page, step(program, "name")) | {"purpose": "Ours."}
    Program.objects.update(purpose="Ours.")
    assert page.post(step(program, "name"), sent).status_code == 302


def test_boxes_and_choices_are_kept_too(page, program):
    sent = values(page, step(program, "rules"))
    Program.objects.update(selection_factors=["time"], guests_see_names=True, tie_rule="shared")
    page.post(step(program, "rules"), sent | {"story_weight": "60"})
    saved = Program.objects.get()
    assert (saved.selection_factors, saved.guests_see_names, saved.tie_rule, saved.story_weight) == (["time"], True, "shared", 60)


def test_a_date_somebody_else_moved_stays_to_the_second(page, program):
    sent = values(page, step(program, "calendar"))
    later = program.announces_at.replace(day=28, second=17)
    Program.objects.update(announces_at=later)
    page.post(step(program, "calendar"), sent | {"grace_minutes": "10"})
    saved = Program.objects.get()
    assert (saved.announces_at, saved.grace_minutes) == (later, 10)


def test_line_ends_of_a_browser_are_no_change(page, program):
    Program.objects.update(purpose="One.\nTwo.")
    sent = values(page, step(program, "name")) | {"purpose": "One.\r\nTwo."}
    Program.objects.update(purpose="Theirs.")
    page.post(step(program, "name"), sent)
    assert Program.objects.get().purpose == "Theirs."


def test_rows_are_kept_like_the_program_itself(page, program):
    category = program.categories.get()
    url = row(program, "categories", category)
    sent = values(page, url)
    program.categories.update(outcome="Theirs.")
    page.post(url, sent | {"name": "Mine"})
    category.refresh_from_db()
    assert (category.name, category.outcome) == ("Mine", "Theirs.")


def test_marks_that_are_none_are_left_aside(page, program):
    for seen in ("", "[]", "{not json", '{"purpose": 5, "nothing": "x"}'):
        page.post(step(program, "name"), {"name": "Mine", "slug": program.slug, "seen": seen})
    assert Program.objects.get().name == "Mine"


def test_the_admins_own_page_keeps_what_another_saved(page, program):
    url = reverse("admin:nominations_program_change", args=[program.pk])
    form = page.get(url).context["adminform"].form
    shown = {name: form._as_stored(name) for name in form.fields if name != "seen"}
    sent = {name: value for name, value in shown.items() if value} | {"seen": form["seen"].value()}
    sent |= {"categories-TOTAL_FORMS": 0, "categories-INITIAL_FORMS": 0}
    Program.objects.update(purpose="Theirs.")
    answer = page.post(url, sent | {"series": "Mine"}, follow=True)
    saved = Program.objects.get()
    assert (saved.purpose, saved.series) == ("Theirs.", "Mine")
    assert "it stays: Purpose" in answer.text
