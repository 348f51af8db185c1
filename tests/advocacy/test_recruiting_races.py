"""Two people at the same moment, each on a connection of their own."""

import pytest
from django.utils import timezone

from advocacy import services
from advocacy.models import PersonMatch, Recruitment
from portal.merging import join_profiles
from tests.advocacy.recruits import make_candidate
from tests.factories import make_account, make_advocate, make_user
from tests.races import simultaneously, two_connections

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = timezone.now()


def test_two_colleagues_with_the_same_person_in_mind_make_one_recruitment():
    account, sellers = make_account(csm=make_user("csm")), [make_user("sales") for _number in range(4)]

    def put_forward(number):
        return services.put_forward_person(
            account=account, name="Ada Nilsen", email="", title="", why=f"Words {number}.", by=sellers[number], now=NOW
        )

    outcomes = simultaneously(4, put_forward)
    assert {type(outcome).__name__ for outcome in outcomes} == {"Recruitment"}
    recruitment = Recruitment.objects.get()
    assert recruitment.recommendations.count() == 3


def test_two_beats_at_once_suggest_nobody_twice():
    account = make_account(csm=make_user("csm"))
    for _number in range(8):
        make_candidate(account=account)
    assert sorted(simultaneously(2, lambda number: services.keep_suggestions_current(now=NOW))) == [(0, 0), (0, 5)]


def test_of_two_who_join_the_same_profiles_one_finds_it_done():
    old, new, team = make_advocate(), make_advocate(status="candidate"), make_user("advocacy_team")
    pair = PersonMatch.objects.create(advocate=old, other=new)
    outcomes = two_connections(lambda: join_profiles(match=pair, works_at_other=True, by=team, now=NOW))
    assert outcomes == ["Advocate", "CannotMerge"]
