"""Programs and nominations in the admin."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from nominations.models import Nomination, Program
from tests.factories import make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

CHANGELIST = reverse("admin:nominations_nomination_changelist")


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def as_team(client, team):
    client.force_login(team)
    return client


def program_form(**fields):
    categories = {"categories-TOTAL_FORMS": 1, "categories-INITIAL_FORMS": 0, "categories-0-name": "Measurable impact"}
    dates = {
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-03-27T18:00",
        "judging_opens_at": "2027-03-28T09:00",
        "judging_closes_at": "2027-04-10T18:00",
        "announces_at": "2027-05-01T10:00",
    }
    rules = {"story_weight": 50, "story_floor": 1, "partnership_floor": 1, "tie_rule": "story", "winners_per_category": 1}
    rules |= {"minimum_story_judges": 2, "minimum_partnership_judges": 2, "grace_minutes": 0, "consent_text": "I agree."}
    texts = {"name": "Impact Awards", "slug": "impact-2027", "time_zone": "Europe/Berlin", "categories-0-position": 0}
    return texts | dates | rules | categories | fields


def add(client, **fields):
    return client.post(reverse("admin:nominations_program_add"), program_form(**fields))


def error_at(answer, field):
    row = re.search(rf'class="form-row[^"]*field-{field}".*?</ul>', answer.text, re.DOTALL)[0]
    return re.search(r"<li>(.*?)</li>", row, re.DOTALL)[1]


def test_dates_are_what_a_clock_in_the_programs_zone_shows(as_team):
    add(as_team)
    program = Program.objects.get()
    assert program.closes_at == datetime(2027, 3, 27, 17, tzinfo=UTC)
    # From 28 March on it is summer time there.
    assert program.judging_closes_at == datetime(2027, 4, 10, 16, tzinfo=UTC)
    assert program.categories.get().name == "Measurable impact"


def test_dates_are_shown_back_as_typed_and_stay_when_saved_again(as_team):
    add(as_team)
    program = Program.objects.get()
    url = reverse("admin:nominations_program_change", args=[program.pk])
    assert 'value="2027-04-10T18:00"' in as_team.get(url).text
    as_team.post(url, program_form(**{"categories-TOTAL_FORMS": 0}, purpose="Honour customers."))
    saved = Program.objects.get()
    assert (saved.purpose, saved.judging_closes_at) == ("Honour customers.", program.judging_closes_at)


def test_a_moment_nobody_touched_stays_to_the_second(as_team):
    add(as_team)
    # The second 02:30 of that night, which cannot be typed.
    announces_at = datetime(2027, 10, 31, 1, 30, 17, tzinfo=UTC)
    Program.objects.update(announces_at=announces_at)
    url = reverse("admin:nominations_program_change", args=[Program.objects.get().pk])
    as_team.post(url, program_form(**{"categories-TOTAL_FORMS": 0}, announces_at="2027-10-31T02:30", purpose="Changed."))
    assert Program.objects.values_list("announces_at", "purpose").get() == (announces_at, "Changed.")


def test_another_zone_moves_the_moments_and_not_the_clock(as_team):
    add(as_team)
    program = Program.objects.get()
    url = reverse("admin:nominations_program_change", args=[program.pk])
    as_team.post(url, program_form(**{"categories-TOTAL_FORMS": 0}, time_zone="America/New_York"))
    assert Program.objects.get().closes_at == datetime(2027, 3, 27, 22, tzinfo=UTC)


def test_a_new_program_begins_in_its_writers_zone(as_team, team):
    team.time_zone = "America/New_York"
    team.save()
    text = as_team.get(reverse("admin:nominations_program_add")).text
    assert re.findall(r'<option value="([^"]+)" selected>', text)[0] == "America/New_York"


def test_a_time_the_clock_skips_is_told_at_its_field(as_team):
    answer = add(as_team, judging_opens_at="2027-03-28T02:30")
    assert error_at(answer, "judging_opens_at") == (
        "02:30 does not exist on 28 March 2027 in Europe/Berlin: the clock is put forward."
    )


def test_a_time_the_clock_shows_twice_is_told_at_its_field(as_team):
    answer = add(as_team, announces_at="2027-10-31T02:30")
    assert error_at(answer, "announces_at").startswith("02:30 comes twice on 31 October 2027 in Europe/Berlin")


def test_dates_out_of_order_are_told_at_the_later_one(as_team):
    answer = add(as_team, closes_at="2027-02-27T18:00")
    assert error_at(answer, "closes_at") == (
        "The call must close after it opens: later than 1 March 2027, 09:00 (Europe/Berlin)."
    )
    assert not Program.objects.exists()


def test_judging_may_open_the_moment_the_call_closes(as_team):
    add(as_team, judging_opens_at="2027-03-27T18:00")
    assert Program.objects.exists()


@pytest.mark.parametrize(("phase", "kept"), [("open", "shared"), ("judging", "story")])
def test_the_rules_are_fixed_once_judging_has_opened(as_team, phase, kept):
    program = make_program(phase=phase, time_zone="UTC")
    dates = ["opens_at", "closes_at", "judging_opens_at", "judging_closes_at", "announces_at"]
    as_typed = {name: f"{getattr(program, name):%Y-%m-%dT%H:%M}" for name in dates}
    changed = program_form(
        **as_typed, **{"time_zone": "UTC", "slug": program.slug, "tie_rule": "shared", "categories-TOTAL_FORMS": 0}
    )
    answer = as_team.post(reverse("admin:nominations_program_change", args=[program.pk]), changed)
    program.refresh_from_db()
    assert (answer.status_code, program.tie_rule) == (302, kept)


def test_the_address_of_mail_links_is_taken(as_team):
    assert "taken by a page of ours" in error_at(add(as_team, slug="confirm"), "slug")


# Nominations ---------------------------------------------------------------


def step(nomination, to):
    return reverse("admin:nominations_nomination_step", args=[nomination.pk, to])


def test_a_step_asks_before_it_is_taken(as_team):
    nomination = make_nomination()
    assert as_team.get(step(nomination, "ineligible")).status_code == 200
    assert Nomination.objects.get().status == "submitted"


def test_a_step_is_taken_with_its_reason(as_team, team):
    nomination = make_nomination()
    as_team.post(step(nomination, "duplicate"), {"why": "Same as the one of May."})
    change = nomination.history.get()
    assert (Nomination.objects.get().status, change.changed_by, change.why) == ("duplicate", team, "Same as the one of May.")


def test_without_a_reason_the_step_is_not_taken(as_team):
    answer = as_team.post(step(make_nomination(), "ineligible"), {"why": ""})
    assert "Say why" in answer.text
    assert Nomination.objects.get().status == "submitted"


def test_a_forbidden_step_is_told(as_team):
    nomination = make_nomination(status="withdrawn")
    answer = as_team.post(step(nomination, "submitted"), {"why": ""}, follow=True)
    assert "cannot become “Submitted”" in answer.text


def test_what_is_no_step_is_no_page(as_team):
    assert as_team.get(step(make_nomination(), "draft")).status_code == 404


@pytest.mark.parametrize("name", ["step", "account"])
def test_staff_without_the_permission_take_no_step(client, name):
    viewer = make_user("judge")
    viewer.user_permissions.add(Permission.objects.get(codename="view_nomination"))
    nomination = make_nomination()
    client.force_login(viewer)
    url = {
        "step": step(nomination, "ineligible"),
        "account": reverse("admin:nominations_nomination_account", args=[nomination.pk]),
    }
    assert client.post(url[name], {"why": "x"}).status_code == 403


def test_an_account_is_linked_by_hand(as_team):
    nomination = make_nomination(nominee=make_advocate(account=None), organization_as_given="Harbour Mut.", source="import")
    account = make_account(name="Harbour Mutual")
    url = reverse("admin:nominations_nomination_account", args=[nomination.pk])
    assert "Harbour Mutual" in as_team.get(url).text
    as_team.post(url, {"account": account.pk})
    assert Nomination.objects.get().account == account


def test_nominations_without_an_account_are_found(as_team):
    make_nomination(nominee=make_advocate(account=None), organization_as_given="Nobody knows")
    make_nomination(nominee=make_advocate(account=make_account(name="Known")))
    text = as_team.get(CHANGELIST, {"account": "without"}).text
    assert "Nobody knows" in text
    assert ", Known" not in text


def test_the_admin_list_needs_the_same_few_queries_for_three_rows(as_team, team, django_assert_max_num_queries):
    program = make_program()
    make_nomination(program, nominator=team)
    as_team.get(CHANGELIST)
    with django_assert_max_num_queries(12) as one:
        as_team.get(CHANGELIST)
    make_nomination(program, nominator=team)
    make_nomination(program, nominator=team)
    with django_assert_max_num_queries(len(one)):
        as_team.get(CHANGELIST)


def test_a_nomination_is_read_with_its_history(as_team):
    nomination = make_nomination()
    as_team.post(step(nomination, "ineligible"), {"why": "Not a customer."})
    text = as_team.get(reverse("admin:nominations_nomination_change", args=[nomination.pk])).text
    assert "Not a customer." in text
    assert "Back to submitted" in text
    assert 'name="headline"' not in text


def test_entries_say_nothing_about_what_was_chosen(as_team):
    nomination = make_nomination(make_program(phase="judging"))
    nomination.entries.update(status="shortlisted")
    assert "hortlisted" not in as_team.get(reverse("admin:nominations_nomination_change", args=[nomination.pk])).text
