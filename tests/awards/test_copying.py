"""Next season's program from an earlier one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.walltime import to_wall
from awards import services
from awards.models import Judge
from awards.services.copying import copy_program
from nominations.models import Nomination, Program
from nominations.setup.dates import DATES
from tests.factories import NOW, make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    """With a row of each kind, nominations and a frozen past."""
    program = make_program(now=NOW, phase="judged", name="Impact Awards 2026", season="2026", time_zone="Europe/Berlin")
    category = program.categories.get()
    services.copy_rubric(program=program)
    program.rubric.filter(position=1).update(name="Our own question")
    program.prize_list.create(kind="donation", what="1,000 euros", category=category)
    program.prize_list.create(kind="swag", what="A badge")
    program.team.create(role="owner", user=make_user())
    program.touch_points.create(kind="webinar", name="Spring webinar", on=date(2026, 4, 14))
    program.questions.create(question="What does it cost?", answer="Nothing.")
    make_nomination(program)
    Program.objects.filter(pk=program.pk).update(announced_at=NOW, tie_rule="chair", selection_factors=["time"])
    return Program.objects.get(pk=program.pk)


def copied(program, **fields):
    return copy_program(
        program=program, name="Impact Awards 2027", season="2027", by=make_user("advocacy_team"), now=NOW, **fields
    )


def test_everything_is_taken_along_but_the_nominations(program):
    copy = copied(program)
    for rows in ("categories", "prize_list", "team", "touch_points", "questions", "rubric"):
        assert getattr(copy, rows).count() == getattr(program, rows).count()
    assert copy.rubric.first().name == "Our own question"
    assert (copy.tie_rule, copy.selection_factors) == ("chair", ["time"])
    assert Nomination.objects.filter(program=copy).count() == 0


def test_nobody_sees_the_copy_and_it_is_not_announced(program):
    copy = copied(program)
    assert (copy.is_public, copy.announced_at, copy.copied_from, copy.slug) == (False, None, program, "impact-awards-2027")


def test_a_prize_of_a_category_belongs_to_the_copys_own(program):
    copy = copied(program)
    assert copy.prize_list.get(kind="donation").category == copy.categories.get()
    assert copy.prize_list.get(kind="swag").category is None


def test_dates_and_occasions_are_a_year_later_on_the_same_weekday_and_clock(program):
    copy = copied(program)
    for name in DATES:
        before, after = (to_wall(getattr(season, name), "Europe/Berlin") for season in (program, copy))
        assert after - before == timedelta(weeks=52)
    assert copy.touch_points.get().on == date(2027, 4, 13)


def test_our_judges_are_appointed_again_and_who_left_is_not(program):
    Program.objects.filter(pk=program.pk).update(judging_closes_at=NOW + timedelta(days=1), announces_at=NOW + timedelta(days=9))
    stays = make_judge(program, scores_partnership=False)
    stays.categories.set(program.categories.all())
    make_judge(program, left_at=NOW)
    make_judge(program, user=make_user("judge", is_active=False))
    Judge.objects.create(program=program, guest_name="Guest", guest_email="guest@berg.example", scores_partnership=False)
    copy = copied(program)
    judge = copy.judges.get()
    assert (judge.user, judge.scores_partnership, judge.assignments.count()) == (stays.user, False, 0)
    assert judge.categories.get() == copy.categories.get()


def test_judges_are_left_behind_when_not_wanted(program):
    make_judge(program)
    assert not copied(program, with_judges=False).judges.exists()


def test_who_may_not_sign_in_any_more_is_neither_chair_nor_contact(program):
    gone = make_user(is_active=False)
    program.chair = program.contact = gone
    program.save()
    program.team.create(role="sponsor", user=gone)
    copy = copied(program)
    assert (copy.chair, copy.contact.is_active, copy.team.count()) == (None, True, 1)


def test_the_page_suggests_the_next_year_and_leads_to_the_path(client, program):
    client.force_login(make_user("advocacy_team"))
    url = reverse("program-copy", args=[program.slug])
    form = client.get(url).context["form"]
    assert (form["name"].value(), form["season"].value()) == ("Impact Awards 2027", "2027")
    answer = client.post(url, {"name": "Impact Awards 2027", "season": "2027"})
    assert answer.url == reverse("program-setup", args=["impact-awards-2027"])


def test_without_a_name_nothing_is_copied(client, program):
    client.force_login(make_user("advocacy_team"))
    client.post(reverse("program-copy", args=[program.slug]), {"name": " "})
    assert Program.objects.count() == 1
