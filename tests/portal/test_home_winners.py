import pytest
from django.urls import reverse

from awards.services import follow_through
from tests.awards.award_factories import make_announced
from tests.awards.factories import CLOSED
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_csm_sees_at_home_which_winner_is_due_and_a_stranger_does_not(client, time_machine):
    winner, _team = make_announced()
    follow_through.plan_follow_through(winner=winner)
    winner.follow_through.filter(position=0).update(due_on=CLOSED.date())
    time_machine.move_to(CLOSED, tick=False)
    link = reverse("winner-file", args=[winner.pk])

    client.force_login(winner.entry.nomination.account.csm)
    assert link in client.get(reverse("home")).text
    client.force_login(make_user("csm"))
    assert link not in client.get(reverse("home")).text
