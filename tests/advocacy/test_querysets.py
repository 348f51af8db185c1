"""Who may know of whom: an owner, a colleague, a stranger, and nobody else."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from advocacy.models import Account, Advocate, Ask, Consent, Opportunity, Story, Verification
from advocacy.permissions import get_advocate_to_change, get_advocate_to_see, may_see_contact
from advocacy.services import reserve_ask
from tests.factories import NOW, activity, make_account, make_advocate, make_opportunity, make_reference, make_story, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ["csm", "other_csm", "sales", "colleague", "judge", "team", "leader", "visitor"]


@pytest.fixture
def world():
    """One active advocate and one candidate at an account with a CSM; sales has asked the active one."""
    csm, seller = make_user("csm"), make_user("sales")
    account = make_account(csm=csm, metrics_as_of=NOW.date())
    active = make_reference(account=account, now=NOW, name="Active")
    people = [active] + [
        make_advocate(account=account, status=status, name=status.title()) for status in ("candidate", "paused", "retired")
    ]
    for advocate in people:
        make_story(advocate)
    reserve_ask(advocate=active, activity_type=activity(), asked_by=seller, source="by_hand", now=NOW)
    return SimpleNamespace(
        account=account,
        active=active,
        candidate=people[1],
        deal=make_opportunity(account=account),
        csm=csm,
        other_csm=make_user("csm"),
        sales=seller,
        colleague=make_user("colleague"),
        judge=make_user("judge"),
        team=make_user("advocacy_team"),
        leader=make_user("leader"),
        visitor=AnonymousUser(),
    )


def who_sees(world, queryset):
    return {name: queryset.visible_to(getattr(world, name)).count() for name in PEOPLE}


def test_advocates(world):
    assert who_sees(world, Advocate.objects.all()) == {
        "csm": 4, "other_csm": 1, "sales": 1, "colleague": 0, "judge": 0, "team": 4, "leader": 4, "visitor": 0,
    }  # fmt: skip


def test_stories_follow_their_advocates(world):
    assert who_sees(world, Story.objects.all()) == who_sees(world, Advocate.objects.all())


def test_accounts_and_deals(world):
    seen = {"csm": 1, "other_csm": 1, "sales": 1, "judge": 0, "team": 1, "leader": 1, "visitor": 0}

    assert who_sees(world, Account.objects.all()) == seen | {"colleague": 1}
    assert who_sees(world, Opportunity.objects.all()) == seen | {"colleague": 0}


def test_asks_are_for_whoever_asked_and_whoever_looks_after_the_account(world):
    assert who_sees(world, Ask.objects.all()) == {
        "csm": 1, "other_csm": 0, "sales": 1, "colleague": 0, "judge": 0, "team": 1, "leader": 1, "visitor": 0,
    }  # fmt: skip


def test_consents_are_for_the_team_and_the_csm(world):
    assert who_sees(world, Consent.objects.all()) == {
        "csm": 1, "other_csm": 0, "sales": 0, "colleague": 0, "judge": 0, "team": 1, "leader": 0, "visitor": 0,
    }  # fmt: skip


def test_verifications_are_for_those_who_see_every_advocate_and_the_csm(world):
    assert who_sees(world, Verification.objects.all()) == {
        "csm": 2, "other_csm": 0, "sales": 0, "colleague": 0, "judge": 0, "team": 2, "leader": 2, "visitor": 0,
    }  # fmt: skip


def test_a_csm_looks_after_own_accounts_and_the_team_after_those_without_one(world):
    without = make_account(csm=None)

    assert [world.account] == list(Account.objects.looked_after_by(world.csm))
    assert [without] == list(Account.objects.looked_after_by(world.team))
    assert not Account.objects.looked_after_by(world.visitor).exists()


def test_an_advocate_one_may_not_know_of_is_not_found(world):
    assert get_advocate_to_see(world.csm, world.candidate.pk) == world.candidate
    with pytest.raises(Http404):
        get_advocate_to_see(world.sales, world.candidate.pk)


def test_only_the_csm_and_the_team_change_an_advocate(world):
    for user in (world.csm, world.team):
        assert get_advocate_to_change(user, world.active.pk) == world.active
    for user in (world.sales, world.other_csm, world.leader):
        with pytest.raises(PermissionDenied):
            get_advocate_to_change(user, world.active.pk)
    with pytest.raises(Http404):
        get_advocate_to_change(world.colleague, world.active.pk)


def test_contact_data_is_for_the_team_and_the_csm_of_the_account(world):
    may = {name for name in PEOPLE if may_see_contact(getattr(world, name), world.active)}

    assert may == {"csm", "team"}


def test_nobody_looks_after_an_account_without_a_csm_by_having_no_number(world):
    """A visitor has no primary key, as an account without a CSM has none of its CSM."""
    orphan = make_advocate(account=make_account(csm=None))

    assert not may_see_contact(world.visitor, orphan)
    assert not may_see_contact(world.sales, make_advocate(account=None))
