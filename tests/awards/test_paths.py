"""The path of each winner, as one picture."""

from datetime import timedelta

import pytest
from django.urls import reverse

from advocacy.models import ActivityType, Ask
from advocacy.working_time import day_of
from awards.models import Winner
from awards.paths import median_days, paths_of, picture_of
from tests.awards.award_factories import make_announced
from tests.awards.factories import CLOSED
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after(time_machine):
    time_machine.move_to(CLOSED + timedelta(days=100), tick=False)


def did(winner, code, days):
    Ask.objects.create(
        advocate=winner.entry.nomination.nominee,
        activity_type=ActivityType.objects.get(code=code),
        state="done",
        counts_on=day_of(CLOSED) + timedelta(days=days),
    )


def path_of(winner):
    return paths_of(Winner.objects.filter(pk=winner.pk).for_list())[0]


def test_the_path_has_the_first_of_each_and_the_time_to_the_first():
    winner, _team = make_announced()
    did(winner, "reference-call", 30)
    did(winner, "review", 20)
    did(winner, "review", 60)

    path = path_of(winner)

    assert [code for code, _day in path.stations] == ["nominated", "won", "review", "reference"]
    assert path.days_to_output == 20


def test_the_award_itself_is_no_output():
    winner, _team = make_announced()

    assert path_of(winner).days_to_output is None
    assert median_days([path_of(winner)]) is None


def test_what_happened_before_the_award_is_not_its_fruit():
    winner, _team = make_announced()
    did(winner, "review", -10)

    assert path_of(winner).review is None


def test_the_picture_runs_from_the_nomination_to_the_last_station():
    winner, _team = make_announced()
    did(winner, "review", 20)

    (_path, _y, end, stations), *_none = picture_of([path_of(winner)]).rows

    places = [x for _code, _day, x in stations]
    assert places == sorted(places)
    assert end == places[-1]


def test_leaders_see_the_picture_of_one_season(client):
    winner, _team = make_announced()
    client.force_login(make_user("leader"))

    page = client.get(reverse("winner-paths"), {"program": winner.category.program.slug})

    assert str(winner.entry.nomination) in page.text
    assert not client.get(reverse("winner-paths"), {"program": "another"}).context["paths"]


def test_the_picture_takes_the_same_queries_for_one_and_two(client, django_assert_max_num_queries):
    client.force_login(make_user("leader"))
    counts = []
    for _season in range(2):
        make_announced()
        client.get(reverse("winner-paths"))
        with django_assert_max_num_queries(12) as captured:
            client.get(reverse("winner-paths"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
