from datetime import timedelta
from fractions import Fraction

import pytest

from advocacy.models import Ask, Consent, Story
from advocacy.services import availability_of
from advocacy.workflow import history_of
from awards import freezing, services, standings
from awards.exceptions import JudgingStillOpen, NotReadyToAnnounce, ReasonMissing, WinnerNotChosen
from awards.models import Assignment, Result, Winner
from nominations.models import Entry
from nominations.services import record_reply
from tests.awards.factories import (
    CLOSED,
    entry_of,
    make_judged,
    make_judging,
    make_team,
    score,
    score_all,
    second_category,
)
from tests.factories import NOW, activity, make_advocate, make_nomination

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


def choose(nomination, by, **fields):
    return services.choose_winner(entry=entry_of(nomination), by=by, now=CLOSED, **fields)


def accept(winner, by, scope=("public_award",)):
    return services.record_acceptance(winner=winner, by=by, evidence="Mail of 3 May.", scope=list(scope), now=CLOSED)


def win(nomination, by, **fields):
    return accept(choose(nomination, by), by, **fields)


def in_order(program):
    return [(row.rank, row.nomination) for row in standings.tables_of(program)[0].rows]


def test_only_scores_of_finished_judges_count():
    program = make_judging(judges=2, nominations=1)
    first, second = Assignment.objects.order_by("pk")
    score(first, 5)
    services.record_scores(assignment=second, answers={program.rubric.first().pk: 1}, now=NOW)
    row = standings.tables_of(program)[0].rows[0]
    assert (row.standing.story.mean, row.standing.judges) == (5, 1)
    assert "Scored by 1 of at least 2 judges" in row.standing.reasons[0].sentence


def test_abstained_and_recused_do_not_count_and_not_applicable_leaves_the_mean():
    program = make_judging(judges=3, nominations=1)
    first, second, third = Assignment.objects.order_by("pk")
    score(first, 4, human_element=None, before_state=1)
    score(second, 1)
    services.recuse(assignment=second, reason="A tie.", by=second.judge.user, now=NOW)
    services.abstain(assignment=third, by=third.judge.user, now=NOW)
    standing = standings.tables_of(program)[0].rows[0].standing
    assert (standing.story.mean, standing.story.judges) == (Fraction(5, 2), 1)


def test_a_nomination_in_two_categories_is_ranked_in_both():
    program = make_judging(judges=2, nominations=2)
    strong, _weak = program.nominations.order_by("pk")
    Entry.objects.create(nomination=strong, category=second_category(program))
    score_all(program, (5, 3))
    assert [[row.rank for row in table.rows] for table in standings.tables_of(program)] == [[1, 2], [1]]


def test_a_withdrawn_nomination_is_listed_with_its_reason():
    program = make_judged((5, 3))
    strong, weak = program.nominations.order_by("pk")
    strong.status = "withdrawn"
    strong.save()
    rows = standings.tables_of(program)[0].rows
    assert [(row.rank, row.nomination) for row in rows] == [(1, weak), (None, strong)]
    assert rows[1].standing.reasons[0].sentence == "The nomination was withdrawn."


def test_a_nomination_in_no_category_is_listed_too():
    program = make_judged((5,))
    lost = make_nomination(program, categories=[])
    lost.entries.all().delete()
    assert [table.category for table in standings.tables_of(program)][-1] is None


def test_winners_wait_for_the_close(team):
    program = make_judging(nominations=1)
    with pytest.raises(JudgingStillOpen):
        services.choose_winner(entry=entry_of(program.nominations.get()), by=team, now=NOW)


def test_the_best_is_chosen_without_a_reason(team):
    best, _second = make_judged((5, 3)).nominations.order_by("pk")
    winner = choose(best, team)
    assert (winner.status, winner.rank, winner.reason) == ("offered", 1, "")
    assert entry_of(best).status == "selected"


@pytest.mark.parametrize("reason", ["", "   "])
def test_passing_over_a_better_one_needs_a_reason(team, reason):
    best, second = make_judged((5, 3)).nominations.order_by("pk")
    with pytest.raises(ReasonMissing, match="ranks higher and is not chosen"):
        choose(second, team, reason=reason)
    assert choose(second, team, reason="The best one won last year.").reason == "The best one won last year."


def test_one_more_than_the_places_needs_a_reason(team):
    best, second = make_judged((5, 3)).nominations.order_by("pk")
    choose(best, team)
    with pytest.raises(ReasonMissing, match="places of this category are taken"):
        choose(second, team)


def test_an_unranked_one_needs_a_reason(team):
    program = make_judged((5,), minimum_story_judges=3)
    with pytest.raises(ReasonMissing, match="does not rank"):
        choose(program.nominations.get(), team)


def test_one_of_two_equals_needs_a_reason_when_there_is_one_place(team):
    first, _second = make_judged((4, 4)).nominations.order_by("pk")
    with pytest.raises(ReasonMissing, match="same rank"):
        choose(first, team)


def test_both_equals_fit_two_places_without_a_reason(team):
    first, second = make_judged((4, 4), winners_per_category=2).nominations.order_by("pk")
    assert [choose(nomination, team).rank for nomination in (first, second)] == [1, 1]


def test_a_second_click_chooses_nobody_else(team):
    best, _second = make_judged((5, 3)).nominations.order_by("pk")
    assert choose(best, team) == choose(best, team)
    assert Winner.objects.count() == 1


def test_a_choice_is_taken_back_with_a_reason_and_made_again(team):
    best, _second = make_judged((5, 3)).nominations.order_by("pk")
    winner = choose(best, team)
    with pytest.raises(ReasonMissing):
        services.take_back_choice(winner=winner, by=team, reason="", now=CLOSED)
    services.take_back_choice(winner=winner, by=team, reason="Wrong row.", now=CLOSED)
    assert (entry_of(best).status, Winner.objects.get().status) == ("entered", "revoked")
    assert choose(best, team).status == "offered"


def test_after_a_no_the_next_follows_the_order(team):
    best, second = make_judged((5, 3)).nominations.order_by("pk")
    services.record_decline(winner=choose(best, team), by=team, why="No publicity this year.", now=CLOSED)
    assert entry_of(best).status == "declined"
    assert choose(second, team).reason == ""


def test_an_acceptance_without_the_public_award_is_none(team):
    winner = choose(make_judged((5,)).nominations.get(), team)
    with pytest.raises(ReasonMissing, match="public award"):
        accept(winner, team, scope=["use_quote"])


def test_an_acceptance_records_the_yes_and_its_consents(team):
    nomination = make_judged((5,)).nominations.get()
    win(nomination, team, scope=["public_award", "reference_contact"])
    assert sorted(nomination.reply.scope) == ["public_award", "reference_contact"]
    assert {consent.purpose for consent in Consent.objects.filter(advocate=nomination.nominee)} == set(nomination.reply.scope)


def test_an_acceptance_takes_nothing_back_that_was_agreed_before(team):
    nomination = make_judged((5,)).nominations.get()
    record_reply(nomination=nomination, answer="yes", scope=["use_quote"], evidence="Mail.", by=team, now=CLOSED)
    win(nomination, team)
    nomination.reply.refresh_from_db()
    assert sorted(nomination.reply.scope) == ["public_award", "use_quote"]


def test_nothing_is_announced_before_the_close(team):
    with pytest.raises(JudgingStillOpen):
        services.announce(program=make_judging(), by=team, now=NOW)


def test_without_a_winner_nothing_is_announced(team):
    with pytest.raises(NotReadyToAnnounce, match="Choose at least one winner"):
        services.announce(program=make_judged((5,)), by=team, now=CLOSED)


def test_an_unanswered_offer_holds_the_announcement(team):
    program = make_judged((5,))
    choose(program.nominations.get(), team)
    with pytest.raises(NotReadyToAnnounce, match="has not accepted yet"):
        services.announce(program=program, by=team, now=CLOSED)
    assert not Result.objects.exists()


def test_a_winner_without_a_nominee_is_asked_for_one(team):
    program = make_judging(judges=2, nominations=0)
    nomination = make_nomination(program, nominee=None, account=None, organization_as_given="IT consultancy")
    services.assign_judges(program=program, now=NOW)
    score_all(program)
    choose(nomination, team)
    with pytest.raises(NotReadyToAnnounce, match="IT consultancy: add the nominee"):
        services.announce(program=program, by=team, now=CLOSED)


def test_a_no_after_the_acceptance_holds_the_announcement(team):
    program = make_judged((5,))
    nomination = program.nominations.get()
    win(nomination, team)
    record_reply(nomination=nomination, answer="no", evidence="Call.", by=team, now=CLOSED)
    with pytest.raises(NotReadyToAnnounce):
        services.announce(program=program, by=team, now=CLOSED)


@pytest.fixture
def announced(team):
    program = make_judged((5, 3, 2))
    best, second, _third = program.nominations.order_by("pk")
    win(best, team)
    services.announce(program=program, by=team, now=CLOSED)
    return program


def test_the_announcement_settles_every_entry(announced):
    assert list(Entry.objects.order_by("nomination_id").values_list("status", flat=True)) == [
        "won",
        "not_selected",
        "not_selected",
    ]
    announced.refresh_from_db()
    assert announced.announced_at == CLOSED
    assert [step.to_status for step in history_of(announced)] == ["judging", "announced"]


def test_the_payload_holds_ids_and_numbers_and_is_sealed_by_its_digest(announced):
    result = Result.objects.get()
    assert freezing.is_intact(result)
    assert (len(result.payload["scores"]["rows"]), len(result.payload["categories"][0]["order"])) == (2 * 3 * 7, 3)
    words = {text for text in _texts(result.payload) if " " in text}
    assert words == set()
    result.payload["scores"]["rows"][0][3] = 1
    assert not freezing.is_intact(result)


def _texts(value):
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def test_names_and_comments_stand_apart_and_can_be_blanked(announced):
    result = Result.objects.get()
    assert str(announced.nominations.order_by("pk").first()) in result.notes["nominations"].values()
    result.notes = {}
    assert freezing.is_intact(result)


def test_afterwards_results_are_read_from_the_frozen_numbers(announced):
    before = [(row.rank, row.standing.total, row.spreads) for row in standings.tables_of(announced)[0].rows]
    announced.story_weight = 100
    announced.save()
    Assignment.objects.first().scores.update(value=1)
    assert [(row.rank, row.standing.total, row.spreads) for row in standings.tables_of(announced)[0].rows] == before


def test_reserves_and_overrides_are_in_the_payload(team):
    program = make_judged((5, 4, 3), winners_per_category=1)
    best, second, third = program.nominations.order_by("pk")
    accept(choose(second, team, reason="The best one is a partner of ours."), team)
    category = services.announce(program=program, by=team, now=CLOSED).payload["categories"][0]
    assert category["winners"] == category["overrides"] == [entry_of(second).pk]
    assert category["reserves"] == [entry_of(best).pk, entry_of(third).pk]


def test_announcing_again_is_the_same_result(announced, team):
    again = services.announce(program=announced, by=team, now=CLOSED + timedelta(days=1))
    assert again == Result.objects.get()
    assert again.frozen_at == CLOSED


def test_after_the_announcement_nothing_is_chosen_or_recused(announced, team):
    second = announced.nominations.order_by("pk")[1]
    with pytest.raises(WinnerNotChosen):
        choose(second, team, reason="Late.")


def test_a_winner_is_an_active_advocate_with_a_story(announced):
    nomination = announced.nominations.order_by("pk").first()
    advocate = nomination.nominee
    story = Story.objects.get(source_key=f"nomination:{nomination.pk}")
    assert (advocate.status, story.advocate) == ("active", advocate)
    assert (story.challenge, story.solution, story.headline) == (
        nomination.before_state,
        nomination.narrative,
        nomination.headline,
    )


def test_the_award_stands_in_the_ledger_on_the_giving_side(announced):
    ask = Ask.objects.get()
    assert (ask.activity_type.code, ask.state, ask.source) == ("award", "done", "award")
    assert Winner.objects.get().ask == ask


def test_a_winner_who_speaks_with_prospects_is_free_for_a_reference_call_at_once(team):
    nomination = make_judged((5,)).nominations.get()
    win(nomination, team, scope=["public_award", "reference_contact"])
    services.announce(program=nomination.program, by=team, now=CLOSED)
    nomination.nominee.refresh_from_db()
    availability = availability_of(advocate=nomination.nominee, activity_type=activity(), now=CLOSED)
    assert availability.sentence == "Free."


def test_an_advocate_who_wins_again_is_updated_and_not_doubled(team):
    advocate = make_advocate()
    program = make_judging(judges=2, nominations=0)
    nomination = make_nomination(program, nominee=advocate)
    services.assign_judges(program=program, now=NOW)
    score_all(program)
    win(nomination, team)
    services.announce(program=program, by=team, now=CLOSED)
    services.make_advocate(winner=Winner.objects.get(), by=team, now=CLOSED)
    assert (Story.objects.count(), Ask.objects.count()) == (1, 1)


def test_a_paused_advocate_keeps_the_pause_and_the_award(team):
    nomination = make_judged((5,)).nominations.get()
    win(nomination, team)
    nomination.nominee.status = "paused"
    nomination.nominee.save()
    services.announce(program=nomination.program, by=team, now=CLOSED)
    nomination.nominee.refresh_from_db()
    assert (nomination.nominee.status, entry_of(nomination).status) == ("paused", "won")
    assert "Paused" in history_of(Winner.objects.get()).last().why


def test_an_entry_is_shortlisted_once_and_can_still_win(team):
    program = make_judged((5, 3))
    entry = entry_of(program.nominations.order_by("pk").first())
    for _click in range(2):
        services.shortlist(entry=entry, by=team, now=CLOSED)

    assert [change.to_status for change in history_of(entry)] == ["shortlisted"]
    assert services.choose_winner(entry=entry, by=team, now=CLOSED).entry.status == "selected"


def test_nobody_is_shortlisted_before_the_close(team):
    entry = entry_of(make_judged((5, 3)).nominations.first())

    with pytest.raises(JudgingStillOpen):
        services.shortlist(entry=entry, by=team, now=NOW)
