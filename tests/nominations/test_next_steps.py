from datetime import timedelta

import pytest

from nominations.models import Nomination, NomineeReply, Program
from nominations.next_steps import next_step
from tests.factories import NOW

PROGRAM = Program(
    opens_at=NOW,
    closes_at=NOW + timedelta(days=10),
    judging_opens_at=NOW + timedelta(days=20),
    judging_closes_at=NOW + timedelta(days=30),
    announces_at=NOW + timedelta(days=40),
    time_zone="UTC",
)
YES = NomineeReply(answer="yes")


def words(status="submitted", day=5, reply=None, account_id=1):
    nomination = Nomination(program=PROGRAM, status=status, account_id=account_id)
    return next_step(nomination, reply=reply, now=NOW + timedelta(days=day))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (-1, "Submit it from 2 March 2026, 12:00 (UTC) on."),
        (5, "Submit it by 12 March 2026, 12:00 (UTC)."),
        (11, "The call has closed. The draft is kept, and cannot be submitted any more."),
    ],
)
def test_a_draft_says_until_when(day, sentence):
    assert words("draft", day) == sentence


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (5, "Judging begins on 22 March 2026, 12:00 (UTC)."),
        (25, "The judges read it until 1 April 2026, 12:00 (UTC)."),
        (35, "The winners are announced on 11 April 2026, 12:00 (UTC)."),
    ],
)
def test_with_a_yes_it_goes_its_way(day, sentence):
    assert words(day=day, reply=YES) == sentence


def test_without_a_yes_the_csm_asks():
    assert words() == "The CSM asks the nominee for a yes and records the answer here."
    assert words(reply=NomineeReply(answer="not_yet")) == words()


def test_without_an_account_the_team_links_it():
    assert words(account_id=None, reply=YES) == "The advocacy team links it to an account."


def test_what_is_over_says_so():
    assert words("withdrawn") == "It was withdrawn. Nothing more happens."


def test_after_the_announcement_nothing_more_is_to_come():
    announced = Program(opens_at=NOW, closes_at=NOW, judging_opens_at=NOW, judging_closes_at=NOW, announced_at=NOW)
    nomination = Nomination(program=announced, status="submitted", account_id=1)
    assert next_step(nomination, reply=YES, now=NOW) == "Nothing more: the winners have been announced."
