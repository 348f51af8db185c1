from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction

from advocacy.exceptions import ForbiddenMove
from advocacy.models import ActivityType, Advocate, Consent, Story
from advocacy.people import responsible_for
from advocacy.services import (
    activate_advocate,
    add_story,
    availabilities,
    change_employer,
    end_pauses,
    find_or_add_advocate,
    pause_advocate,
    record_consent,
    retire_advocate,
    set_willingness,
    verify_section,
)
from advocacy.workflow import history_of
from tests.factories import NOW, activity, make_account, make_advocate, make_reference, make_user

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def consent(advocate=None, now=NOW, decision="given", **fields):
    return record_consent(
        advocate=advocate,
        purpose="use_quote",
        decision=decision,
        given_by="Ines Ferrer",
        method="mail",
        text_shown="You may quote me.",
        now=now,
        **fields,
    )


# Consent


def test_a_consent_is_in_force_until_its_day():
    given = consent(make_advocate(), expires_on=TODAY + timedelta(days=1))

    assert list(Consent.objects.in_force(TODAY)) == [given]
    assert not Consent.objects.in_force(TODAY + timedelta(days=1)).exists()


def test_a_consent_taken_back_is_out_of_force():
    advocate = make_advocate()
    consent(advocate)

    consent(advocate, decision="withdrawn", now=NOW + timedelta(minutes=1))

    assert not Consent.objects.in_force(TODAY).exists()
    assert advocate.consents.count() == 2


def test_an_account_gives_its_own_consent():
    account = make_account()

    assert list(Consent.objects.in_force(TODAY)) == []
    assert consent(account=account, channels=["web"]) == Consent.objects.in_force(TODAY).get()


@pytest.mark.parametrize(
    "change", [lambda row: row.save(), lambda row: row.delete(), lambda row: Consent.objects.update(given_by="X")]
)
def test_the_database_lets_nobody_change_a_consent(change):
    row = consent(make_advocate())

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        change(row)


# People


def test_the_same_address_is_the_same_person_at_any_account():
    known = make_advocate(email="ines@ferrer.example")

    found = find_or_add_advocate(account=make_account(), name="I. Ferrer", email=" Ines@Ferrer.example ")

    assert found == known
    assert found.account == known.account


def test_the_same_name_at_the_same_account_is_the_same_person():
    known = make_advocate(name="Ines Ferrer", email="", title="")

    found = find_or_add_advocate(account=known.account, name="ines  ferrer", email="ines@ferrer.example", title="CIO")

    assert found == known
    assert (found.name, found.email, found.title) == ("Ines Ferrer", "ines@ferrer.example", "CIO")


def test_what_is_known_is_not_overwritten():
    known = make_advocate(title="CIO")

    find_or_add_advocate(account=known.account, name=known.name, title="Intern", email="other@ferrer.example")

    known.refresh_from_db()
    assert (known.title, known.email) != ("Intern", "other@ferrer.example")
    assert known.title == "CIO"


def test_the_same_name_elsewhere_is_another_person():
    known = make_advocate(name="Ines Ferrer")

    assert find_or_add_advocate(account=make_account(), name="Ines Ferrer") != known
    assert find_or_add_advocate(account=None, name="Ines Ferrer") != known


def test_a_new_person_is_a_candidate_with_a_history():
    by = make_user("csm")

    added = find_or_add_advocate(account=make_account(), name="Ines Ferrer", level="director", by=by)

    assert (added.status, added.level) == ("candidate", "director")
    assert history_of(added).get().changed_by == by


def test_a_new_employer_keeps_the_person_and_remembers_the_old_job():
    advocate = make_advocate(title="CIO")
    old, new = advocate.account, make_account()

    change_employer(advocate=advocate, account=new, title="CEO", now=NOW)

    position = advocate.positions.get()
    assert (position.account, position.title, position.ended_on) == (old, "CIO", TODAY)
    assert (advocate.account, advocate.title) == (new, "CEO")


def test_a_candidate_becomes_an_advocate_once():
    advocate = make_advocate(status="candidate", stage="satisfied")

    for _again in range(2):
        activate_advocate(advocate=advocate, by=None, now=NOW)

    advocate.refresh_from_db()
    assert (advocate.status, advocate.stage) == ("active", "advocate")
    assert history_of(advocate).count() == 1


def test_a_champion_stays_one():
    advocate = activate_advocate(advocate=make_advocate(status="candidate", stage="champion"), by=None, now=NOW)

    assert advocate.stage == "champion"


def test_a_pause_ends_by_itself_on_its_day():
    advocate = pause_advocate(advocate=make_advocate(), until=TODAY + timedelta(days=1), by=None, now=NOW)

    assert end_pauses(now=NOW) == 0
    assert end_pauses(now=NOW + timedelta(days=1)) == 1
    assert end_pauses(now=NOW + timedelta(days=1)) == 0
    advocate.refresh_from_db()
    assert (advocate.status, advocate.paused_until) == ("active", None)


def test_a_candidate_cannot_be_paused():
    with pytest.raises(ForbiddenMove, match="cannot become “Paused”"):
        pause_advocate(advocate=make_advocate(status="candidate"), until=None, by=None, now=NOW)


def test_who_retires_says_why():
    advocate = retire_advocate(advocate=make_advocate(), by=None, now=NOW, why="Left the company.")

    assert history_of(advocate).get().why == "Left the company."


def test_a_later_answer_replaces_the_earlier_one():
    advocate = make_advocate()
    for answer, cap in [("no", None), ("yes", 1)]:
        set_willingness(advocate=advocate, activity_type=activity(), answer=answer, cap=cap)

    row = advocate.willingness.get()
    assert (row.answer, row.cap) == ("yes", 1)


def test_a_check_says_who_made_it():
    by = make_user("csm")

    row = verify_section(advocate=make_advocate(), section="role", method="csm", by=by, now=NOW)

    assert (row.verified_at, row.verified_by) == (NOW, by)


def test_one_source_gives_one_story():
    advocate = make_advocate()
    for headline in ("Nine days", "Two days"):
        add_story(advocate=advocate, source_key="nomination:1", came_from="Impact Awards", by=None, headline=headline)

    story = Story.objects.get()
    assert (story.headline, story.account) == ("Two days", advocate.account)


# Who looks after an account


def test_the_csm_looks_after_the_account():
    csm = make_user("csm")

    assert responsible_for(make_account(csm=csm), TODAY) == [csm]


def test_the_deputy_stands_in_on_the_days_of_absence():
    deputy = make_user("csm")
    csm = make_user("csm", deputy=deputy, deputy_from=TODAY, deputy_until=TODAY + timedelta(days=7))
    account = make_account(csm=csm)

    assert responsible_for(account, TODAY - timedelta(days=1)) == [csm]
    assert responsible_for(account, TODAY) == [deputy]
    assert responsible_for(account, TODAY + timedelta(days=8)) == [csm]


@pytest.mark.parametrize("csm", [None, "gone"])
def test_the_team_stands_in_when_nobody_else_is_there(csm):
    team = [make_user("advocacy_team"), make_user("advocacy_team")]
    account = make_account(csm=csm and make_user("csm", is_active=False))

    assert responsible_for(account, date(2026, 3, 2)) == team
    assert responsible_for(None, date(2026, 3, 2)) == team


# Lists


@pytest.mark.parametrize("number", [1, 3])
def test_availability_of_a_list_takes_one_query_however_long(number, django_assert_num_queries):
    for _person in range(number):
        make_reference()
    people = list(Advocate.objects.all())
    calls = ActivityType.objects.get(code="reference-call")

    with django_assert_num_queries(1):
        found = availabilities(people, calls, NOW)

    assert len(found) == number
