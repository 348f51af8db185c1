"""After the yes: the checklist, what they get, and the asks that follow through the ledger."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from advocacy import services as advocacy
from advocacy.exceptions import AdvocateUnavailable, ForbiddenMove
from advocacy.models import ActivityType, Ask, Recognition, Recruitment
from advocacy.working_time import day_of
from awards import services
from awards.exceptions import ReasonMissing, StepNotReady, WinnerNotChosen
from awards.models import FollowThroughStep
from awards.services import follow_through, preparation
from nominations.models import Prize
from tests.awards.award_factories import DECIDED, make_accepted, make_announced, make_offered
from tests.awards.factories import CLOSED
from tests.clocks import run_rule
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced():
    winner, _team = make_announced(scope=("public_award", "use_name_title", "use_quote"))
    follow_through.plan_follow_through(winner=winner)
    for activity in ActivityType.objects.all():
        advocacy.set_willingness(advocate=nominee_of(winner), activity_type=activity, answer="yes")
    return winner


def csm_of(winner):
    return winner.entry.nomination.account.csm


def nominee_of(winner):
    return winner.entry.nomination.nominee


def step(winner, code):
    return FollowThroughStep.objects.get(winner=winner, activity_type__code=code)


def ask(winner, code, now=CLOSED):
    return follow_through.ask_step(step=step(winner, code), by=csm_of(winner), now=now)


# Preparing ----------------------------------------------------------------


def test_the_list_is_due_before_the_announcement_and_never_yesterday():
    winner, _team = make_accepted()

    preparation.prepare_winner(winner=winner, now=DECIDED)

    due = list(winner.preparation.values_list("due_on", flat=True))
    assert min(due) >= day_of(DECIDED)
    assert max(due) <= day_of(winner.category.program.announces_at)


def test_the_clock_writes_the_list_once(time_machine):
    time_machine.move_to(DECIDED, tick=False)
    winner, _team = make_accepted()

    for _beat in range(2):
        run_rule("winners_prepared", DECIDED)

    assert list(winner.preparation.values_list("kind", flat=True)) == ["event", "travel", "guests", "words"]


def test_a_donation_asks_for_its_purpose_and_is_planned_for_the_winner():
    winner, _team = make_accepted()
    Prize.objects.create(program=winner.category.program, kind="donation", what="A donation of your choice", planned_cost=500)

    preparation.prepare_winner(winner=winner, now=DECIDED)

    assert winner.preparation.filter(kind="donation").exists()
    assert preparation.recognitions_of(winner).get().cost == 500


def test_before_the_yes_there_is_nothing_to_prepare():
    winner, _team = make_offered()

    with pytest.raises(WinnerNotChosen):
        preparation.prepare_winner(winner=winner, now=DECIDED)


def test_what_is_done_is_ticked_with_a_note_and_taken_back(client):
    winner, _team = make_accepted()
    preparation.prepare_winner(winner=winner, now=DECIDED)
    item = winner.preparation.first()
    client.force_login(csm_of(winner))
    page = reverse("winner-tick", args=[winner.pk, item.pk])

    client.post(page, {"text": "Comes with her mother."})
    item.refresh_from_db()
    assert (item.done_by, item.note) == (csm_of(winner), "Comes with her mother.")

    client.post(page, {"undo": "1"})
    item.refresh_from_db()
    assert item.done_at is None


def test_the_team_sees_what_is_late(client, time_machine):
    winner, team = make_accepted()
    preparation.prepare_winner(winner=winner, now=DECIDED)
    time_machine.move_to(DECIDED + timedelta(days=12), tick=False)
    client.force_login(team)

    assert "late" in client.get(reverse("winner-files")).text


def test_what_they_get_is_promised_then_delivered(client):
    winner, _team = make_accepted()
    Prize.objects.create(program=winner.category.program, kind="dinner", what="Dinner with the CEO")
    preparation.prepare_winner(winner=winner, now=DECIDED)
    recognition = preparation.recognitions_of(winner).get()
    client.force_login(csm_of(winner))
    page = reverse("winner-recognition", args=[winner.pk, recognition.pk])

    client.post(page, {"status": "promised", "cost": "120.50", "currency": "eur", "due_on": "2027-05-01"})
    client.post(page, {"status": "delivered", "cost": "120.50", "currency": "EUR", "due_on": "2027-05-01"})

    recognition.refresh_from_db()
    assert (recognition.status, recognition.cost, recognition.currency) == ("delivered", Decimal("120.50"), "EUR")


def test_nothing_is_delivered_that_was_not_promised():
    recognition = Recognition.objects.create(advocate=nominee_of(make_accepted()[0]), kind="swag", what="A mug")

    with pytest.raises(ForbiddenMove):
        preparation.move_recognition(recognition=recognition, to="delivered", by=make_user("csm"), now=DECIDED)


def test_a_stranger_s_winner_does_not_exist(client):
    winner, _team = make_accepted()
    client.force_login(make_user("csm"))

    assert client.get(reverse("winner-file", args=[winner.pk])).status_code == 404


def test_an_offer_nobody_mailed_yet_is_no_csm_s_business(client):
    winner, _team = make_offered()
    type(winner).objects.update(offered_at=None)
    client.force_login(csm_of(winner))

    assert client.get(reverse("winner-file", args=[winner.pk])).status_code == 404


# What follows -------------------------------------------------------------


def test_a_plan_not_written_yet_says_when_it_is(client):
    winner, _team = make_announced()
    client.force_login(csm_of(winner))
    page = client.get(reverse("winner-file", args=[winner.pk])).content.decode()
    assert "within a quarter of an hour after the announcement" in page


def test_the_plan_goes_from_light_to_heavy_over_three_months(announced):
    steps = list(announced.follow_through.select_related("activity_type"))

    assert [one.activity_type.code for one in steps] == [
        "review",
        "testimonial-quote",
        "reference-call",
        "case-study",
        "speaking",
    ]
    assert [(one.due_on - day_of(CLOSED)).days for one in steps] == [14, 28, 42, 63, 90]


def test_an_ask_of_the_plan_is_an_ask_of_the_ledger(announced):
    taken = ask(announced, "review")

    assert (taken.state, taken.source, taken.advocate) == ("asked", "award", nominee_of(announced))
    assert step(announced, "review").ask == taken


def test_asking_twice_is_one_ask(announced):
    assert ask(announced, "review") == ask(announced, "review")


def test_the_lighter_ask_comes_first(announced):
    with pytest.raises(StepNotReady, match="Review"):
        ask(announced, "case-study")


def test_what_does_not_fit_is_dropped_with_a_reason(announced):
    who = {"by": csm_of(announced), "now": CLOSED}
    with pytest.raises(ReasonMissing):
        follow_through.drop_step(step=step(announced, "review"), why=" ", **who)

    follow_through.drop_step(step=step(announced, "review"), why="They may not write reviews.", **who)

    assert ask(announced, "testimonial-quote").state == "asked"


def test_the_ledger_s_no_stands(announced):
    advocacy.pause_advocate(advocate=nominee_of(announced), until=None, by=None, now=CLOSED)

    with pytest.raises(AdvocateUnavailable):
        ask(announced, "review")
    assert step(announced, "review").status == "planned"


def test_what_they_have_not_said_yes_to_is_named_with_the_way_there(announced, client):
    nominee_of(announced).willingness.all().delete()
    client.force_login(csm_of(announced))

    page = client.get(reverse("winner-file", args=[announced.pk])).text

    assert "Has not yet said yes to: review." in page
    assert reverse("advocate-edit", args=[nominee_of(announced).pk]) in page


def test_done_is_done_in_the_ledger_too(announced):
    ask(announced, "review")
    follow_through.record_done(step=step(announced, "review"), outcome="Five stars.", by=csm_of(announced), now=CLOSED)

    done = step(announced, "review")
    assert (done.status, done.ask.state, done.ask.outcome) == ("done", "done", "Five stars.")


def test_a_no_gives_the_place_back_and_drops_the_step(announced):
    ask(announced, "review")
    follow_through.record_no(step=step(announced, "review"), why="No time.", by=csm_of(announced), now=CLOSED)

    refused = step(announced, "review")
    assert (refused.status, refused.ask.state) == ("dropped", "declined")


def test_an_ask_that_ended_elsewhere_is_planned_again(announced):
    taken = ask(announced, "review")
    advocacy.move_ask(ask=taken, to=Ask.State.CANCELLED, by=None, now=CLOSED)

    assert [follow_through.keep_steps_current(now=CLOSED) for _beat in range(2)] == [1, 0]
    assert step(announced, "review").status == "planned"


def test_a_call_done_through_a_request_ticks_the_plan(announced):
    call = Ask.objects.create(
        advocate=nominee_of(announced),
        activity_type=ActivityType.objects.get(code="reference-call"),
        state="done",
        counts_on=day_of(CLOSED) + timedelta(days=2),
    )

    follow_through.keep_steps_current(now=CLOSED)

    assert (step(announced, "reference-call").status, step(announced, "reference-call").ask) == ("done", call)


def test_nobody_is_asked_after_the_award_was_taken_back(announced):
    services.revoke_award(winner=announced, by=make_user("advocacy_team"), reason="Wrong figures.", now=CLOSED)

    with pytest.raises(StepNotReady, match="taken back"):
        ask(announced, "review")


def test_the_plan_is_worked_on_in_the_browser(announced, client, time_machine):
    time_machine.move_to(CLOSED, tick=False)
    client.force_login(csm_of(announced))
    page, review = reverse("winner-file", args=[announced.pk]), step(announced, "review")
    assert "I ask them now" in client.get(page).text

    for move in ({"move": "ask"}, {"move": "yes"}, {"move": "done", "text": "Five stars."}):
        client.post(reverse("winner-follow-up", args=[announced.pk, review.pk]), move)

    review.refresh_from_db()
    assert review.status == "done"
    assert "Five stars." in client.get(page).text


def test_winners_stand_among_the_recruited_once_and_the_others_are_suggested():
    winner, team = make_announced()
    services.make_advocate(winner=winner, by=team, now=CLOSED)
    [recruited] = Recruitment.objects.filter(status="active")
    assert (recruited.advocate, recruited.source) == (nominee_of(winner), "award")
    others = Recruitment.objects.filter(status="suggested", source="award")
    assert others.count() == 2
    assert nominee_of(winner).pk not in others.values_list("advocate", flat=True)
