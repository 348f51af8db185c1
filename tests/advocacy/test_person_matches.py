import pytest
from django.db import connection
from django.utils import timezone

from advocacy import services
from advocacy.models import PersonMatch
from advocacy.person_likeness import ALIKE, Traits, compare
from advocacy.services.person_matches import SAME_NAMES
from tests.advocacy.recruits import make_candidate
from tests.factories import make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def pairs():
    return [(match.advocate.name, match.other.name, match.reasons) for match in PersonMatch.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Jürgen Müller", "Juergen Mueller"),
        ("Zoë Brandt", "Zoe BRANDT"),
        ("Robert Okafor", "Bob Okafor"),
        ("Anna Reyes", "Anna Sofia Reyes"),
        ("Reyes, Anna", "Anna Reyes"),
    ],
)
def test_a_rare_name_in_another_spelling_is_enough(name, other):
    assert compare(Traits(name=name), Traits(name=other), namesakes=2)[0] >= 65


@pytest.mark.parametrize(("name", "other"), [("Anna Reyes", "Bo Reyes"), ("Anna", "Anna"), ("Anna Reyes", "Anna Ruiz")])
def test_other_names_are_other_people(name, other):
    assert (
        compare(Traits(name=name, email="a.reyes@a.example"), Traits(name=other, email="a.reyes@b.example"), namesakes=2)[0] == 0
    )


def test_a_common_name_needs_something_beside_it():
    one, other = Traits(name="Maria Garcia", account=1), Traits(name="Maria Garcia", account=2)
    assert compare(one, other, namesakes=40)[0] < ALIKE
    worked_there = Traits(name="Maria Garcia", account=2, former=frozenset({1}))
    assert compare(one, worked_there, namesakes=40) == (85, ["name", "former"])
    same_address = [Traits(name="Maria Garcia", email=f"maria.garcia@{place}.example") for place in ("a", "b")]
    assert compare(*same_address, namesakes=40)[0] >= ALIKE


def test_the_night_finds_the_same_person_at_two_companies_once():
    make_advocate(name="Solène Marchandeau", title="CIO")
    make_advocate(name="Solene Marchandeau", title="CEO")
    make_advocate(name="Somebody Else")
    assert [services.find_matches(now=NOW) for _again in range(2)] == [1, 0]
    assert pairs() == [("Solène Marchandeau", "Solene Marchandeau", ["name", "rare"])]


def test_what_is_found_each_night_is_written_or_left_out_for_good():
    for number in range(5):
        make_advocate(name="Maria Garcia", title="", email=f"info@m{number}.example")
        make_advocate(name="Anna K", title="CIO")
    with connection.cursor() as cursor:
        cursor.execute(SAME_NAMES, {"rare": 3, "most": 10, "shortest": 5, "not_personal": ["info"]})
        assert cursor.fetchall() == []


def test_many_of_one_name_are_left_alone():
    for _number in range(5):
        make_advocate(name="Maria Garcia", title="")
    services.find_matches(now=NOW)
    assert pairs() == []


def test_somebody_put_forward_is_compared_at_once_nicknames_and_all():
    make_advocate(name="Robert Okafor")
    services.put_forward_person(
        account=make_account(),
        name="Bob Okafor",
        email="",
        title="Head of Operations",
        why="Loud.",
        by=make_user("sales"),
        now=NOW,
    )
    assert pairs() == [("Robert Okafor", "Bob Okafor", ["nickname", "rare", "title"])]


def test_two_people_are_never_asked_about_again():
    make_advocate(name="Solène Marchandeau")
    newer = make_candidate(name="Solene Marchandeau")
    services.look_for_person(advocate=newer, now=NOW)
    services.keep_apart(match=PersonMatch.objects.get(), by=make_user("advocacy_team"), now=NOW)
    assert services.find_matches(now=NOW) == 0
    assert PersonMatch.objects.get().decision == "different"
