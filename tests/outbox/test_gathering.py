"""What can wait keeps to working hours, and comes together once a day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from outbox.clocks import rule_of
from outbox.day_mail import send_day_mails
from outbox.mailings import prepare_mailing
from outbox.models import Message, OutboxSettings
from outbox.preferences import choose, unsubscribe_headers
from outbox.services import Attachment, cancel_messages, write_message
from outbox.working_hours import next_day_mail, next_working_moment
from tests.factories import make_account, make_advocate, make_user
from tests.races import simultaneously

NINE, FIVE = time(9), time(17)
BERLIN = ZoneInfo("Europe/Berlin")
# A Tuesday in winter: 11:00 in Berlin.
NOW = datetime(2026, 1, 13, 10, tzinfo=UTC)
EIGHT_NEXT_DAY = datetime(2026, 1, 14, 7, tzinfo=UTC)
READER = "reader@laurel.example"


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


@pytest.fixture
def reader(db):
    return make_user("csm", email=READER, time_zone="Europe/Berlin")


def write(number=1, **fields):
    return write_message(
        **{
            "kind": "reminder",
            "about": fields.pop("about", None) or make_account(),
            "recipient": READER,
            "occurrence": "once",
            "subject": f"Reminder {number}",
            "template": "account_changed",
            "context": {"change": f"Matter {number} waits.", "link": f"https://laurel.example/{number}", "link_text": "Look"},
            "not_before": NOW,
        }
        | fields
    )


@pytest.mark.parametrize(
    ("moment", "opening", "day_mail"),
    [
        (at(2026, 1, 13, 10), at(2026, 1, 13, 10), at(2026, 1, 14, 7)),
        (at(2026, 1, 13, 6, 30), at(2026, 1, 13, 8), at(2026, 1, 13, 7)),  # before eight: today's mail
        (at(2026, 1, 13, 22), at(2026, 1, 14, 8), at(2026, 1, 14, 7)),
        (at(2026, 1, 16, 17), at(2026, 1, 19, 8), at(2026, 1, 19, 7)),  # Friday evening
        (at(2026, 3, 28, 12), at(2026, 3, 30, 7), at(2026, 3, 30, 6)),  # the clocks go forward that Sunday
        (at(2026, 10, 24, 12), at(2026, 10, 26, 8), at(2026, 10, 26, 7)),  # and back
    ],
)
def test_the_next_working_moment_and_the_next_mail_of_the_day(moment, opening, day_mail):
    assert next_working_moment(moment, BERLIN, NINE, FIVE) == opening
    assert next_day_mail(moment, BERLIN, 8) == day_mail


def test_somebody_who_works_at_night_is_written_to_at_night():
    assert next_working_moment(at(2026, 1, 13, 1), UTC, time(22), time(6)) == at(2026, 1, 13, 1)
    assert next_working_moment(at(2026, 1, 13, 12), UTC, time(22), time(6)) == at(2026, 1, 13, 22)


def test_a_reminder_waits_for_the_mail_of_the_day_where_its_reader_is(reader):
    make_advocate(email="zoe@northwind.example", time_zone="America/New_York")
    OutboxSettings(day_mail_at=10).save()

    slots = [write(recipient=address) for address in (READER, "zoe@northwind.example", "stranger@elsewhere.example")]

    assert [slot.not_before for slot in slots] == [at(2026, 1, 14, 9), at(2026, 1, 13, 15), at(2026, 1, 13, 10)]
    assert all(slot.is_gathered for slot in slots)
    assert not Message.objects.due(at(2026, 1, 15)).exists()


def test_what_cannot_wait_for_it_goes_in_working_hours_or_at_once(reader):
    evening = at(2026, 1, 13, 20)

    tomorrow = write(not_before=evening, attachments=[Attachment("a.ics", "text/calendar", "")])
    tonight = write(not_before=evening, latest=evening + timedelta(hours=2))
    in_time = write(latest=NOW + timedelta(hours=2))
    note = write(kind="note", not_before=evening)

    assert [one.not_before for one in (tomorrow, tonight, in_time, note)] == [at(2026, 1, 14, 8), evening, NOW, evening]
    assert not any(one.is_gathered for one in (tomorrow, tonight, in_time, note))
    assert write(latest=EIGHT_NEXT_DAY).is_gathered


def test_one_mail_a_day_holds_for_what_does_not_have_to_come_at_once(reader):
    choose(READER, {"notes": "daily"}, now=NOW)

    assert write(kind="note").not_before == EIGHT_NEXT_DAY
    mailing = prepare_mailing(key="news", title="News", by=None, now=NOW)
    assert write(kind="note", mailing=mailing).is_gathered is False
    assert write(kind="must").not_before == NOW


def test_several_of_a_day_become_one_mail_and_one_alone_goes_as_it_is(reader):
    first, second = write(1), write(2, reply_to="ada@laurel.example")
    alone = write(recipient="other@laurel.example")
    assert send_day_mails(now=NOW) == 0

    assert rule_of("day_mails").run(at(2026, 1, 14, 8)) == 3
    assert send_day_mails(now=at(2026, 1, 14, 8)) == 0

    digest = Message.objects.get(kind="day_mail")
    for part in (first, second, alone):
        part.refresh_from_db()
    assert [first.merged_into, second.merged_into, first.state, second.state] == [digest, digest, "merged", "merged"]
    assert (alone.state, alone.is_gathered) == ("queued", False)
    assert set(Message.objects.due(at(2026, 1, 14, 8))) == {digest, alone}
    assert digest.subject == "Reminder 1 · Reminder 2"
    for text in ("Matter 1 waits.", "https://laurel.example/1", "Matter 2 waits.", "go to ada@laurel.example"):
        assert text in digest.text
    assert digest.text.count("Sent by Laurel") == 1
    assert '<a href="https://laurel.example/2"' in digest.html
    assert "/mails/" in digest.text
    assert "/mails/stop/" in unsubscribe_headers(digest)["List-Unsubscribe"]


def test_a_part_without_a_reason_is_left_out(reader):
    kept, stopped, off, gone = write(1), write(2), write(3, kind="other_reminder"), write(4)
    Message.objects.filter(pk=stopped.pk).update(state="cancelled")
    choose(READER, {"other notes": "off"}, now=NOW)
    gone.about.delete()

    send_day_mails(now=EIGHT_NEXT_DAY)

    assert not Message.objects.filter(kind="day_mail").exists()
    assert list(Message.objects.due(EIGHT_NEXT_DAY)) == [kept]
    off.refresh_from_db()
    assert (off.state, "switched off" in off.last_error) == ("cancelled", True)


def test_while_all_mail_is_held_each_can_still_be_stopped(reader):
    first, second = write(1), write(2)
    OutboxSettings(is_on_hold=True).save()

    assert send_day_mails(now=EIGHT_NEXT_DAY) == 0
    assert cancel_messages(kind="reminder", about=second.about) == 1

    OutboxSettings.objects.update(is_on_hold=False)
    send_day_mails(now=EIGHT_NEXT_DAY)
    assert list(Message.objects.due(EIGHT_NEXT_DAY)) == [first]


def test_what_comes_after_the_mail_of_the_day_goes_by_itself(reader):
    write(1), write(2)
    send_day_mails(now=EIGHT_NEXT_DAY)
    late = [write(number, not_before=EIGHT_NEXT_DAY) for number in (3, 4)]

    send_day_mails(now=EIGHT_NEXT_DAY + timedelta(minutes=5))

    assert Message.objects.filter(kind="day_mail").count() == 1
    assert set(late) <= set(Message.objects.due(EIGHT_NEXT_DAY))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_makes_the_mail_of_the_day():
    make_user("csm", email=READER, time_zone="Europe/Berlin")
    parts = [write(number) for number in range(5)]

    simultaneously(3, lambda number: send_day_mails(now=EIGHT_NEXT_DAY))

    digest = Message.objects.get(kind="day_mail")
    assert digest.merged.count() == len(parts)
