"""Two people with the same pair, or the same mail, in hand."""

import pytest

from nominations.models import Nomination
from nominations.questions import release_question
from nominations.services.duplicates import join
from outbox.models import Message
from tests.factories import NOW, make_account, make_nomination, make_program, make_user
from tests.races import simultaneously

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_of_two_triagers_who_join_the_same_pair_one_is_told():
    program, team = make_program(now=NOW), make_user("advocacy_team")
    pair = [make_nomination(program), make_nomination(program)]
    outcomes = simultaneously(2, lambda number: join(kept=pair[number], other=pair[1 - number], by=team, now=NOW))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DuplicateReview", "PairDecided"]
    assert Nomination.objects.submitted().count() == 1


def test_the_clock_and_the_csm_send_one_mail():
    csm = make_user("csm")
    nomination = make_nomination(make_program(now=NOW), account=make_account(csm=csm))
    outcomes = simultaneously(2, lambda number: release_question(nomination=nomination, by=csm, now=NOW))
    assert sorted(outcomes) == [False, True]
    assert Message.objects.filter(kind="nominee_question").count() == 1
