"""The guided path, page by page."""

import re
from datetime import date

import pytest
from django.urls import reverse

from nominations.models import Program
from tests.awards.factories import make_judging
from tests.factories import NOW, make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

ROWS = {
    "categories": (
        "categories",
        {"name": "Best rollout", "outcome": "Everybody uses it", "inside_audience": "Sales", "axis": "roi"},
    ),
    "prizes": ("prize_list", {"kind": "donation", "what": "1,000 euros", "planned_cost": "1000", "currency": "eur"}),
    "team": ("team", {"role": "sponsor", "name": "Ada Berg"}),
    "touch-points": ("touch_points", {"kind": "webinar", "name": "Spring webinar", "on": "2026-04-14"}),
    "questions": ("questions", {"question": "What does it cost?", "answer": "Nothing."}),
}


@pytest.fixture
def team(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_user("advocacy_team")


@pytest.fixture
def page(client, team):
    client.force_login(team)
    return client


@pytest.fixture
def program(team):
    return make_program(now=NOW, phase="planned", time_zone="UTC", winners_per_category=2)


def step(program, name):
    return reverse("program-setup-step", args=[program.slug, name])


def row(program, name, kept, suffix=""):
    return reverse(f"program-setup-row{suffix}", args=[program.slug, name, kept.pk])


def values(page, url):
    """What the form of a page would send back, read from its fields as a browser does."""
    form = page.get(url).context["form"]
    shown = {form.add_prefix(name): form._as_stored(name) for name in form.fields if name != "seen"}
    return {name: value for name, value in shown.items() if value} | {"seen": form["seen"].value()}


def test_a_name_is_enough_to_begin(page, team):
    answer = page.post(reverse("program-new"), {"name": "Impact Awards", "time_zone": "Europe/Berlin"})
    program = Program.objects.get()
    assert answer.url == step(program, "name")
    assert (program.name, program.time_zone, program.is_public) == ("Impact Awards", "Europe/Berlin", False)


def test_advice_is_given_while_typing_and_blocks_nothing(page, program):
    text = page.get(reverse("program-name-advice"), {"name": "Gold Heroes"}).text
    assert text.count("Think again:") == 2
    page.post(step(program, "name"), {"name": "Gold Heroes", "slug": program.slug})
    assert Program.objects.get().name == "Gold Heroes"
    assert page.get(step(program, "name")).text.count("Think again:") == 2


@pytest.mark.parametrize(
    "name", ["name", "categories", "rules", "calendar", "prizes", "team", "touch-points", "questions", "launch"]
)
def test_each_step_says_why_it_matters_and_can_be_left(page, program, name):
    text = page.get(step(program, name)).text
    assert 'class="why"' in text
    assert reverse("program-setup", args=[program.slug]) in text


@pytest.mark.parametrize("name", ["name", "rules", "calendar", "launch"])
def test_what_is_sent_back_as_shown_changes_nothing(page, program, name):
    before = Program.objects.values().get()
    answer = page.post(step(program, name), values(page, step(program, name)))
    assert answer.status_code == 302
    assert Program.objects.values().get() == before


def test_saving_goes_on_or_stays(page, program):
    sent = values(page, step(program, "name"))
    assert page.post(step(program, "name"), sent | {"go_on": "1"}).url == step(program, "categories")
    assert page.post(step(program, "name"), sent | {"stay": "1"}).url == step(program, "name")


def test_after_the_last_step_comes_the_overview(page, program):
    answer = page.post(step(program, "launch"), values(page, step(program, "launch")) | {"go_on": "1"})
    assert answer.url == reverse("program-setup", args=[program.slug])


def test_the_overview_leads_to_the_first_open_step_and_to_every_open_thing(page, program):
    text = page.get(reverse("program-setup", args=[program.slug])).text
    assert "Go on with: Name and purpose" in text
    assert "1 of 18 done" not in text
    assert f"{reverse('admin:awards_judge_changelist')}?program__id__exact={program.pk}" in text


def test_selection_factors_are_kept_and_shown_as_advice(page, program):
    sent = values(page, step(program, "rules"))
    page.post(step(program, "rules"), sent | {"selection_factors": ["time", "innovation"], "tie_rule": "chair"})
    saved = Program.objects.get()
    assert (saved.tie_rule, saved.factor_labels) == ("chair", ["Innovation", "Time"])


@pytest.mark.parametrize("field", ["minimum_story_judges", "days_to_accept"])
def test_a_rule_of_none_is_told_at_its_field(page, program, field):
    answer = page.post(step(program, "rules"), values(page, step(program, "rules")) | {field: "0"})
    assert answer.context["form"].errors == {field: ["At least 1."]}


def test_the_rules_are_fixed_once_judging_has_opened(page, team):
    program = make_program(now=NOW, phase="judging")
    page.post(
        step(program, "rules"), values(page, step(program, "rules")) | {"tie_rule": "shared", "selection_factors": ["time"]}
    )
    saved = Program.objects.get()
    assert (saved.tie_rule, saved.selection_factors) == ("story", [])


def test_a_judge_cannot_move_the_dates_of_judging(page, team):
    program = make_program(now=NOW, phase="judging", time_zone="UTC")
    make_judge(program, user=team)
    sent = values(page, step(program, "calendar"))
    page.post(step(program, "calendar"), sent | {"judging_closes_at": "2026-03-05T10:00"})
    assert Program.objects.get().judging_closes_at == program.judging_closes_at


def test_dates_are_warned_of_and_saved_all_the_same(page, program):
    sent = values(page, step(program, "calendar")) | {"announces_at": "2026-06-13T12:00"}
    answer = page.post(step(program, "calendar"), sent, follow=True)
    assert "less than six months" in answer.text
    assert "13 June 2026 is a Saturday in UTC" in answer.text
    assert f"{Program.objects.get().announces_at:%m-%d}" == "06-13"


def test_dates_are_looked_over_while_they_are_changed(page, program):
    url = reverse("program-setup-check-dates", args=[program.slug])
    text = page.post(url, values(page, step(program, "calendar")) | {"closes_at": "2026-03-01T12:00"}).text
    assert "The call must close after it opens" in text
    assert Program.objects.get().closes_at == program.closes_at


def test_dates_are_moved_together(page, program):
    url = reverse("program-setup-shift", args=[program.slug])
    page.post(url, {"first": "opens_at", "days": "7"})
    assert (Program.objects.get().announces_at - program.announces_at).days == 7
    assert "would lie in the past" in page.post(url, {"first": "opens_at", "days": "-40"}).text


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_added_changed_and_removed(page, program, name):
    relation, sent = ROWS[name]
    program.categories.all().delete()
    page.post(step(program, name), sent)
    kept = getattr(program, relation).get()
    url = row(program, name, kept)
    assert str(kept) in page.get(step(program, name)).text
    assert page.post(url, values(page, url)).url == step(program, name)
    assert "gone for good" in page.get(row(program, name, kept, "-remove")).text
    page.post(row(program, name, kept, "-remove"))
    assert not getattr(program, relation).exists()


def test_rows_are_cleaned_to_what_is_meant(page, program):
    for name, (_relation, sent) in ROWS.items():
        page.post(step(program, name), sent)
    prize, occasion = program.prize_list.get(), program.touch_points.get()
    assert (prize.currency, prize.position, occasion.on) == ("EUR", 1, date(2026, 4, 14))


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("categories", {"name": "measurable  IMPACT"}, "name"),
        ("prizes", {"currency": ""}, "currency"),
        ("prizes", {"planned_cost": "-1"}, "planned_cost"),
        ("team", {"name": ""}, "__all__"),
        ("touch-points", {"on": "soon"}, "on"),
    ],
)
def test_a_row_out_of_order_is_told_at_its_field(page, program, name, changes, field):
    answer = page.post(step(program, name), ROWS[name][1] | changes)
    assert set(answer.context["form"].errors) == {field}


def test_winners_in_each_category_are_set_beside_the_categories(page, program):
    page.post(step(program, "categories"), {"about": "1", "about-winners_per_category": "3"})
    assert Program.objects.get().winners_per_category == 3
    assert program.categories.count() == 1


def test_a_category_in_use_is_kept_and_its_nominations_find_another(page, program):
    first, second = program.categories.get(), program.categories.create(name="Best rollout", position=1)
    make_nomination(program)
    refused = page.post(row(program, "categories", first, "-remove"), follow=True).text
    assert "has one nomination in it. Move it to another category, or rename this one." in refused
    page.post(reverse("program-setup-category-move", args=[program.slug, first.pk]), {"to": second.pk})
    page.post(row(program, "categories", first, "-remove"))
    assert list(program.categories.all()) == [second]


def test_a_row_of_another_program_is_not_there(page, program):
    other = make_program(now=NOW).categories.get()
    assert page.get(row(program, "categories", other)).status_code == 404
    assert page.post(row(program, "categories", other, "-remove")).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "calendar-x"])
def test_what_is_no_step_is_no_page(page, program, name):
    assert page.get(step(program, name)).status_code == 404


@pytest.mark.parametrize("name", ROWS)
def test_a_list_needs_the_same_few_queries_for_three_rows(page, program, name, django_assert_max_num_queries):
    relation, sent = ROWS[name]
    page.post(step(program, name), sent)
    page.get(step(program, name))
    with django_assert_max_num_queries(16) as one:
        page.get(step(program, name))
    for_one = len(one)  # the next request forgets it
    for number in range(2):
        page.post(step(program, name), sent | {"name": f"Another {number}"})
    assert getattr(program, relation).count() >= 3
    page.get(step(program, name))
    with django_assert_max_num_queries(for_one):
        page.get(step(program, name))


def test_the_list_of_results_leads_to_the_path(page, program):
    assert reverse("program-setup", args=[program.slug]) in page.get(reverse("results-list")).text


def test_the_desk_shows_the_factors_as_advice(page, team):
    program = make_judging(judges=1, nominations=1, selection_factors=["time", "savings"])
    judge = program.judges.get()
    page.force_login(judge.user)
    text = page.get(reverse("judging-assignment", args=[judge.assignments.get().pk])).text
    assert re.search(r"This program looks for:</strong>\s+Measurable savings, Time\.", text)
