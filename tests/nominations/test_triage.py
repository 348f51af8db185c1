"""Looking through what came in: flags, columns, duplicates, categories, asking for what is missing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.models import PublicityApproval
from nominations.exceptions import CategoryNotChanged, NotAsked, PairDecided
from nominations.models import Category, DuplicateReview, Nomination
from nominations.services import record_reply, triage
from nominations.services.clarifications import answer_clarification, ask_nominator, stop_waiting
from nominations.services.duplicates import join, keep_apart, undo_review
from nominations.services.entries import change_category
from nominations.triage.board import nominations_to_triage
from nominations.triage.flags import flags_of
from nominations.triage.likeness import likely_pairs
from outbox.models import Message
from tests.factories import NOW, make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db

STORIES = [
    "Nurses plan their own shifts and the ward has no agency staff since spring.",
    "One invoice run a night replaces four clerks who copied numbers between three systems.",
]


@pytest.fixture
def team():
    return make_user("advocacy_team")


@pytest.fixture
def program():
    return make_program(now=NOW)


def tell(program, story, **fields):
    """A nomination that shares nothing with the others but what is given."""
    facts = {"headline": story, "business_outcome": story, "before_state": "", "narrative": story}
    return make_nomination(program, **facts | fields)


@pytest.fixture
def first(program):
    return tell(program, STORIES[0], nominator=make_user("sales"))


@pytest.fixture
def second(program):
    return tell(program, STORIES[1], nominator=make_user("csm"))


def needs(program, now=NOW):
    return dict(nominations_to_triage(program, now).values_list("pk", "need"))


def codes(nomination, **facts):
    nomination = Nomination.objects.for_page().get(pk=nomination.pk)
    facts = {"has_categories": True, "is_cleared": False, "today": timezone.localdate()} | facts
    return [flag.code for flag in flags_of(nomination, **facts)]


# Flags ----------------------------------------------------------------------------------------------------------


def test_a_customer_above_every_line_has_only_the_missing_yes(first):
    assert codes(first) == ["yes"]


def test_each_line_that_does_not_hold_is_a_flag_with_its_value(first):
    first.nominee.nps = 6
    first.nominee.relationship = None
    first.nominee.save()
    first.account.health_score = 40
    first.account.save()
    first.nominee.account.refresh_from_db()
    assert codes(first) == ["yes", "nps", "health", "rapport"]


def test_figures_too_old_to_prove_anything_are_one_flag(first):
    first.account.metrics_as_of = timezone.localdate() - timedelta(days=90)
    first.account.save()
    assert codes(first) == ["yes", "stale"]


def test_what_the_program_needs_is_flagged_too(program):
    bare = make_nomination(program, nominee=None)
    assert codes(bare, has_categories=False) == ["account", "nominee", "category", "yes"]


def test_a_locked_down_account_is_flagged_until_its_company_approves(first):
    first.account.publicity_status = "locked_down"
    first.account.save()
    assert "locked" in codes(first)
    assert "locked" not in codes(first, is_cleared=True)


# The board ------------------------------------------------------------------------------------------------------


def test_each_nomination_stands_in_the_column_of_what_it_needs(program, first, second, team):
    bare = tell(program, "", nominee=None)
    out = tell(program, "Another tale altogether.", status="withdrawn")
    tell(program, "Not handed in.", status="draft")
    record_reply(nomination=second, answer="yes", evidence="Mail.", by=team, now=NOW)
    assert needs(program) == {first.pk: "yes", second.pk: "ready", bare.pk: "incomplete", out.pk: "out"}


def test_locked_down_comes_before_the_missing_yes_and_goes_with_the_approval(program, first):
    first.account.publicity_status = "locked_down"
    first.account.save()
    assert needs(program) == {first.pk: "publicity"}
    PublicityApproval.objects.create(
        account=first.account,
        what="Name.",
        approver="Eve",
        answer="approved",
        answered_at=NOW,
        source_key=f"nomination:{first.pk}",
    )
    assert needs(program) == {first.pk: "yes"}


# Likely duplicates ----------------------------------------------------------------------------------------------


def test_different_stories_of_different_people_are_no_pair(program, first, second):
    assert likely_pairs(program) == {}


def test_the_same_account_in_the_same_category_is_a_pair(program, first):
    other = tell(program, STORIES[1], account=first.account)
    assert likely_pairs(program) == {(first.pk, other.pk): ["account"]}


def test_the_same_account_in_another_category_is_none(program, first):
    tell(program, STORIES[1], account=first.account, categories=[Category.objects.create(program=program, name="Other")])
    assert likely_pairs(program) == {}


def test_the_same_name_at_another_company_is_the_same_person(program, first):
    other = tell(program, STORIES[1], nominee=make_advocate(name=first.nominee.name.upper()))
    assert likely_pairs(program) == {(first.pk, other.pk): ["person"]}


def test_a_story_told_in_nearly_the_same_words_is_a_pair(program, first):
    other = tell(program, "Since spring nurses plan their own shifts and the ward needs no agency staff.")
    assert likely_pairs(program) == {(first.pk, other.pk): ["story"]}


def test_a_changed_text_is_compared_anew(program, first, second):
    likely_pairs(program)
    for name in ("headline", "business_outcome", "narrative"):
        setattr(second, name, STORIES[0])
    second.save()
    assert list(likely_pairs(program)) == [(first.pk, second.pk)]


def test_drafts_and_other_programs_are_not_compared(program, first):
    tell(program, STORIES[0], status="draft")
    tell(make_program(now=NOW), STORIES[0])
    assert likely_pairs(program) == {}


def test_kept_apart_is_not_offered_again_until_it_is_undone(program, first, team):
    other = tell(program, STORIES[0])
    review = keep_apart(first=other, second=first, by=team, now=NOW)
    assert likely_pairs(program) == {}
    undo_review(review=review, by=team, now=NOW)
    assert list(likely_pairs(program)) == [(first.pk, other.pk)]


def state(*nominations):
    """Everything joining could touch."""
    fresh = [Nomination.objects.get(pk=nomination.pk) for nomination in nominations]
    return [
        (
            nomination.status,
            sorted(nomination.supporters.values_list("pk", flat=True)),
            sorted(nomination.entries.values_list("category_id", flat=True)),
        )
        for nomination in fresh
    ]


@pytest.fixture
def wide(program, second):
    """The second stands in one more category and has a supporter."""
    second.entries.create(category=Category.objects.create(program=program, name="Best return"))
    second.supporters.add(make_user("colleague"))
    return second


def test_joining_keeps_one_with_the_nominator_supporters_and_categories_of_both(first, wide, team):
    join(kept=first, other=wide, by=team, now=NOW)
    kept, moved = state(first, wide)
    people = sorted([wide.nominator_id, *wide.supporters.values_list("pk", flat=True)])
    assert (kept[0], kept[1], kept[2]) == ("submitted", people, moved[2])
    assert moved[0] == "duplicate"


def test_undoing_a_join_puts_everything_back(first, wide, team):
    before = state(first, wide)
    review = join(kept=first, other=wide, by=team, now=NOW)
    undo_review(review=review, by=team, now=NOW)
    assert state(first, wide) == before


def test_undo_leaves_alone_what_was_there_before(first, wide, team):
    first.supporters.add(wide.nominator)
    review = join(kept=first, other=wide, by=team, now=NOW)
    undo_review(review=review, by=team, now=NOW)
    assert list(first.supporters.all()) == [wide.nominator]


def test_of_two_triagers_the_second_hears_that_it_is_decided(first, second, team):
    join(kept=first, other=second, by=team, now=NOW)
    with pytest.raises(PairDecided, match="meanwhile"):
        join(kept=second, other=first, by=make_user("advocacy_team"), now=NOW)
    assert [row[0] for row in state(first, second)] == ["submitted", "duplicate"]


def test_undo_is_refused_once_judging_has_opened(program, first, second, team):
    review = join(kept=first, other=second, by=team, now=NOW)
    with pytest.raises(PairDecided, match="Judging has opened"):
        undo_review(review=review, by=team, now=program.judging_opens_at)
    assert DuplicateReview.objects.get().undone_at is None


def test_undo_twice_is_refused(first, second, team):
    review = join(kept=first, other=second, by=team, now=NOW)
    undo_review(review=review, by=team, now=NOW)
    with pytest.raises(PairDecided, match="undone already"):
        undo_review(review=review, by=team, now=NOW)


def test_a_later_step_is_undone_first(program, first, second, team):
    third = tell(program, "Another tale altogether.")
    review = join(kept=first, other=second, by=team, now=NOW)
    join(kept=third, other=first, by=team, now=NOW)
    with pytest.raises(PairDecided, match="later step first"):
        undo_review(review=review, by=team, now=NOW)


# Categories -----------------------------------------------------------------------------------------------------


def test_an_entry_moves_and_the_history_says_so(program, first, team):
    to = Category.objects.create(program=program, name="Best return")
    change_category(nomination=first, entry=first.entries.get(), to=to, by=team, now=NOW)
    assert [entry.category for entry in first.entries.all()] == [to]
    assert first.history.get().why == "Moved from “Measurable impact” to “Best return”."


@pytest.mark.parametrize("case", ["judging", "twice", "elsewhere"])
def test_an_entry_stays_where_it_may_not_move(program, first, team, case):
    here = first.entries.get()
    other = Category.objects.create(program=make_program(now=NOW) if case == "elsewhere" else program, name="Best return")
    to = here.category if case == "twice" else other
    now = program.judging_opens_at if case == "judging" else NOW
    with pytest.raises(CategoryNotChanged):
        change_category(nomination=first, entry=here, to=to, by=team, now=now)


# Asking for what is missing -------------------------------------------------------------------------------------


def ask(nomination, team, **facts):
    facts = {"question": "How many nurses?", "answer_by": NOW + timedelta(days=5), "by": team, "now": NOW} | facts
    return ask_nominator(nomination=nomination, **facts)


def test_the_nominator_is_asked_by_mail_and_the_nomination_waits_apart(program, first, team):
    ask(first, team)
    [message] = Message.objects.filter(kind="clarification_wanted")
    assert (message.recipient, message.reply_to) == (first.nominator.email, team.email)
    assert needs(program) == {first.pk: "waiting"}


def test_it_is_back_when_the_date_has_passed(program, first, team):
    ask(first, team)
    assert needs(program, NOW + timedelta(days=5)) == {first.pk: "yes"}


def test_it_is_back_when_answered_and_who_asked_hears_of_it(program, first, team):
    asked = ask(first, team)
    answer_clarification(clarification=asked, answer="Forty.", texts={"narrative": "Forty nurses."}, by=first.nominator, now=NOW)
    first.refresh_from_db()
    assert (needs(program)[first.pk], first.narrative) == ("yes", "Forty nurses.")
    assert Message.objects.get(kind="clarification_answered").recipient == team.email
    assert first.history.get().why == "Answered what was missing, and changed: how they got there."


def test_a_text_somebody_changed_meanwhile_is_not_written_over(first, team):
    asked = ask(first, team)
    with pytest.raises(NotAsked, match="another window"):
        answer_clarification(clarification=asked, answer="Forty.", texts={}, by=team, now=NOW, seen="2020-01-01")
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_after_judging_opened_nothing_is_changed(program, first, team):
    asked = ask(first, team)
    with pytest.raises(NotAsked, match="Judging has opened"):
        answer_clarification(clarification=asked, answer="Forty.", texts={}, by=team, now=program.judging_opens_at)


def test_one_question_at_a_time(first, team):
    ask(first, team)
    with pytest.raises(NotAsked, match="waits for an answer already"):
        ask(first, team)


def test_the_team_can_stop_waiting(program, first, team):
    stop_waiting(clarification=ask(first, team), now=NOW)
    assert needs(program) == {first.pk: "yes"}
    assert Message.objects.get(kind="clarification_wanted").state == "cancelled"


def test_where_the_customer_nominated_themselves_the_csm_is_asked(program, team):
    csm = make_user("csm")
    own = tell(program, STORIES[0], source="self", account=make_account(csm=csm))
    assert ask(own, team).asked_of == csm


def test_what_was_taken_out_is_not_asked_about(first, team):
    triage(nomination=first, to="ineligible", by=team, why="A prospect.", now=NOW)
    with pytest.raises(NotAsked):
        ask(first, team)
