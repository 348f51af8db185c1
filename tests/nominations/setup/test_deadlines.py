"""Close, hidden grace and extension to the second, in three zones and across a change of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from advocacy.walltime import to_utc
from nominations.exceptions import ExtensionNotGiven, ProgramNotOpen, ReasonMissing
from nominations.models import Nomination
from nominations.services import extend_deadline, submit_nomination
from outbox.models import Message
from tests.factories import NOW, make_account, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
# The last second of a day: in Kiritimati the day ends first; in Berlin the clock is put forward that night, in New York
# it is put back the next morning.
LAST_SECONDS = [
    ("Pacific/Kiritimati", "2027-03-27T23:59:59", datetime(2027, 3, 27, 9, 59, 59, tzinfo=UTC)),
    ("Europe/Berlin", "2027-03-27T23:59:59", datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)),
    ("America/New_York", "2027-11-06T23:59:59", datetime(2027, 11, 7, 3, 59, 59, tzinfo=UTC)),
]
ZONES = pytest.mark.parametrize(("zone", "wall", "moment"), LAST_SECONDS, ids=[zone for zone, *_rest in LAST_SECONDS])


def make_closing(zone, closes_at, **fields):
    return make_program(
        time_zone=zone,
        opens_at=closes_at - timedelta(days=30),
        closes_at=closes_at,
        judging_opens_at=closes_at + timedelta(days=10),
        judging_closes_at=closes_at + timedelta(days=20),
        announces_at=closes_at + timedelta(days=90),
        **fields,
    )


def make_draft(program, **fields):
    csm = make_user("csm")
    evidence = {f"{name}_evidence": "They called us." for name in Nomination.PARTNERSHIP_FIELDS}
    fields = {"status": "draft", "submitted_at": None, "account": make_account(csm=csm), "nominator": csm} | evidence | fields
    return make_nomination(program, **fields)


def is_taken(draft, now):
    try:
        return submit_nomination(nomination=draft, by=draft.nominator, now=now)
    except ProgramNotOpen:
        assert Nomination.objects.get(pk=draft.pk).status == "draft"
        return False


@ZONES
def test_the_last_second_is_in_time_and_the_next_is_not(zone, wall, moment):
    closes_at = to_utc(datetime.fromisoformat(wall), zone)
    assert closes_at == moment
    program = make_closing(zone, closes_at)
    assert not is_taken(make_draft(program), moment + SECOND)
    assert is_taken(make_draft(program), moment)


@ZONES
def test_the_grace_is_so_many_minutes_also_over_the_change_of_the_clock(zone, wall, moment):
    # 180 minutes reach past two in the morning.
    program = make_closing(zone, moment, grace_minutes=180)
    end = moment + timedelta(hours=3)
    assert not is_taken(make_draft(program), end + SECOND)
    assert is_taken(make_draft(program), end)


@ZONES
def test_an_extension_to_the_last_second_of_a_later_day_holds_for_its_nomination_alone(zone, wall, moment):
    program = make_closing(zone, moment)
    until = to_utc(datetime.fromisoformat(wall) + timedelta(days=7), zone)
    late, other = make_draft(program), make_draft(program)
    extend_deadline(nomination=late, until=until, by=make_user(), why="Ill that week.", now=moment)
    late.refresh_from_db()
    assert not is_taken(late, until + SECOND)
    assert not is_taken(other, until)
    assert is_taken(late, until)


def test_a_refused_draft_names_its_own_later_deadline():
    program = make_program(now=NOW, time_zone="Europe/Berlin")
    draft = make_draft(program, extended_until=program.closes_at + timedelta(days=2))
    with pytest.raises(ProgramNotOpen, match=r"Nominations closed on 24 March 2026, 13:00 \(Europe/Berlin\)"):
        submit_nomination(nomination=draft, by=draft.nominator, now=draft.extended_until + SECOND)


def test_the_grace_counts_after_an_extension_too():
    program = make_program(now=NOW, grace_minutes=5)
    draft = make_draft(program, extended_until=program.closes_at + timedelta(days=2))
    assert is_taken(draft, draft.extended_until + timedelta(minutes=5))


def test_an_extension_is_on_record_and_told_to_the_nominator():
    program, team = make_program(now=NOW), make_user("advocacy_team")
    draft = make_draft(program)
    extend_deadline(nomination=draft, until=program.closes_at + timedelta(days=2), by=team, why="Ill that week.", now=NOW)
    change = draft.history.get()
    assert (change.changed_by, change.why) == (team, "Taken until 24 March 2026, 12:00 (UTC): Ill that week.")
    assert Message.objects.get(kind="deadline_extended").recipient == draft.nominator.email


def test_the_open_form_of_a_colleague_is_in_no_conflict_with_it():
    program = make_program(now=NOW)
    draft = make_draft(program)
    before = Nomination.objects.get().updated_at
    extend_deadline(nomination=draft, until=program.closes_at + timedelta(days=2), by=make_user(), why="Ill.", now=NOW)
    assert Nomination.objects.get().updated_at == before


@pytest.mark.parametrize(
    ("days", "status", "sentence"),
    [
        (0, "draft", "Choose a time to come, after the close"),
        (11, "draft", "Judging opens on"),
        (2, "submitted", "submitted already"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(days, status, sentence):
    program = make_program(now=NOW)
    draft = make_draft(program, status=status)
    with pytest.raises(ExtensionNotGiven, match=sentence):
        extend_deadline(nomination=draft, until=program.closes_at + timedelta(days=days), by=make_user(), why="Ill.", now=NOW)


def test_an_extension_needs_a_reason():
    draft = make_draft(make_program(now=NOW))
    with pytest.raises(ReasonMissing):
        extend_deadline(nomination=draft, until=NOW + timedelta(days=25), by=make_user(), why=" ", now=NOW)


def test_a_form_open_at_the_deadline_is_kept_as_a_late_draft(client, time_machine):
    program = make_closing("Europe/Berlin", LAST_SECONDS[1][2])
    draft = make_draft(program)
    time_machine.move_to(program.closes_at + SECOND, tick=False)
    client.force_login(draft.nominator)
    answer = client.post(reverse("nomination-edit", args=[draft.pk]), {"headline": "Three days", "action": "submit"}, follow=True)
    draft.refresh_from_db()
    assert (draft.status, draft.headline) == ("draft", "Three days")
    assert "Nominations closed on 27 March 2027, 23:59 (Europe/Berlin). What you wrote is kept as a draft." in answer.text


def test_the_form_shows_the_later_deadline(client):
    program = make_program(now=NOW, time_zone="UTC")
    draft = make_draft(program, extended_until=program.closes_at + timedelta(days=2))
    client.force_login(draft.nominator)
    assert "24 March 2026, 12:00 (UTC)" in client.get(reverse("nomination-edit", args=[draft.pk])).text
