from datetime import UTC, datetime, timedelta

import pytest

from advocacy.walltime import to_wall
from nominations.exceptions import DatesNotMoved, ProgramStays
from nominations.models import Program, SelfNomination
from nominations.services import delete_program, shift_dates, start_program
from nominations.setup.dates import DATES
from tests.factories import NOW, make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


def walls(program):
    return [to_wall(getattr(program, name), program.time_zone) for name in DATES]


def test_a_new_program_is_not_public_and_has_an_address_of_its_own():
    first, second = (start_program(name="Impact Awards", time_zone="Europe/Berlin", by=make_user(), now=NOW) for _n in range(2))
    assert (first.slug, second.slug, first.is_public) == ("impact-awards", "impact-awards-2", False)
    assert first.contact.name


@pytest.mark.parametrize("name", ["Confirm", "優秀賞", "!?"])
def test_every_name_finds_an_address(name):
    program = start_program(name=name, time_zone="UTC", by=make_user(), now=NOW)
    assert program.slug
    assert program.slug != "confirm"


def test_all_dates_move_together_and_the_clock_stays_over_the_change_to_summer_time():
    program = make_program(now=datetime(2027, 2, 1, 17, tzinfo=UTC), phase="planned", time_zone="Europe/Berlin")
    before = walls(program)
    program = shift_dates(program=program, days=30, by=make_user(), now=NOW)
    assert walls(Program.objects.get()) == [wall + timedelta(days=30) for wall in before]


def test_what_has_passed_stays_and_the_rest_moves():
    program = make_program(now=NOW, phase="open")
    moved = shift_dates(program=program, days=7, first="closes_at", by=make_user(), now=NOW)
    assert moved.opens_at == program.opens_at
    assert moved.announces_at == program.announces_at + timedelta(days=7)


@pytest.mark.parametrize(
    ("days", "first", "sentence"),
    [
        (7, "opens_at", "Call opens would lie in the past"),
        (-30, "closes_at", "Call closes would lie in the past"),
        (-12, "judging_opens_at", "Judging opens would come before call closes"),
        (-30, "announces_at", "Announcement would come before judging closes"),
    ],
)
def test_a_move_that_cannot_be_moves_nothing(days, first, sentence):
    program = make_program(now=NOW, phase="open")
    with pytest.raises(DatesNotMoved, match=sentence):
        shift_dates(program=program, days=days, first=first, by=make_user(), now=NOW)
    program_now = Program.objects.get()
    assert [getattr(program_now, name) for name in DATES] == [getattr(program, name) for name in DATES]


def test_a_judge_moves_no_date_of_judging_once_it_has_opened():
    program = make_program(now=NOW, phase="judging")
    judge = make_judge(program).user
    with pytest.raises(DatesNotMoved, match="You judge this program"):
        shift_dates(program=program, days=7, first="judging_closes_at", by=judge, now=NOW)
    assert shift_dates(program=program, days=7, first="announces_at", by=judge, now=NOW)


def test_after_the_announcement_nothing_moves():
    program = make_program(now=NOW, phase="open", announced_at=NOW)
    with pytest.raises(DatesNotMoved, match="history"):
        shift_dates(program=program, days=7, first="closes_at", by=make_user(), now=NOW)


def test_a_program_nobody_took_part_in_can_go():
    delete_program(program=make_program())
    assert not Program.objects.exists()


def test_a_program_with_nominations_stays():
    program = make_nomination().program
    with pytest.raises(ProgramStays, match="has nominations and stays. Untick its public page"):
        delete_program(program=program)
    assert Program.objects.exists()


def test_one_with_a_customer_who_has_not_confirmed_stays_too():
    program = make_program()
    key = "6a2b3f6e-0000-4000-8000-000000000001"
    SelfNomination.objects.create(program=program, form_key=key, name="Ada", email="ada@berg.example", consented_to="Yes.")
    with pytest.raises(ProgramStays):
        delete_program(program=program)
