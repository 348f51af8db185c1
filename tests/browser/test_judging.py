"""The judging desk by keyboard and on a phone, and the results with their seal, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import services
from awards.models import Assignment, Winner
from tests.awards.factories import score, score_all
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_judge, make_nomination, make_program, make_user

pytestmark = pytest.mark.slow


def open_program(nominations, *judges):
    """A program in judging right now, with these users as its judges."""
    program = make_program(phase="judging", minimum_story_judges=1, minimum_partnership_judges=1)
    for user in judges:
        make_judge(program, user=user)
    for _number in range(nominations):
        make_nomination(program)
    services.open_judging(program=program, by=None, now=timezone.now())
    return program


def statuses(user):
    return list(Assignment.objects.of(user).order_by("pk").values_list("status", flat=True))


def type_seven_answers(page, keys):
    page.get_by_text("0 of 7 answered").wait_for()
    page.keyboard.press("j")
    for key in keys:
        page.keyboard.press(key)
    page.get_by_text("7 of 7 answered").wait_for()


def test_a_judge_works_through_three_nominations_by_keyboard(page):
    judge = make_user("judge")
    open_program(3, judge)
    sign_in(page, judge)
    page.goto(reverse("judging-queue"))
    page.get_by_role("link", name="Go on with the next one").click()

    for keys in ("5432154", "4440444", "3303333"):
        type_seven_answers(page, keys)
        page.keyboard.press("Control+Enter")
        page.get_by_text("is done.").wait_for()

    page.wait_for_url("**" + reverse("judging-queue"))
    assert statuses(judge) == ["done"] * 3
    first, second, third = Assignment.objects.of(judge).order_by("pk")
    assert list(first.scores.values_list("value", flat=True)) == [5, 4, 3, 2, 1, 5, 4]
    assert list(second.scores.values_list("value", flat=True)) == [4, 4, 4, None, 4, 4, 4]
    assert list(third.scores.values_list("value", flat=True)) == [3, 3, None, 3, 3, 3, 3]


def test_keys_do_nothing_while_writing_and_can_be_switched_off(page):
    judge = make_user("judge")
    open_program(1, judge)
    sign_in(page, judge)
    page.goto(reverse("judging-assignment", args=[Assignment.objects.get().pk]))

    page.get_by_label("Comment").fill("")
    page.get_by_label("Comment").press_sequentially("jn 5")
    assert page.get_by_label("Comment").input_value() == "jn 5"
    page.get_by_text("Scoring by keyboard").click()
    page.get_by_label("Single keys are on").uncheck()
    page.locator(".question").first.focus()
    page.keyboard.press("5")
    assert page.locator(".question input:checked").count() == 0


def test_one_nomination_on_a_phone(new_page):
    judge = make_user("judge")
    open_program(1, judge)
    page = new_page(viewport=SMALL, has_touch=True)
    sign_in(page, judge)
    page.goto(reverse("judging-queue"))
    page.get_by_role("link", name="Go on with the next one").tap()
    page.get_by_text("0 of 7 answered").wait_for()
    for question in page.locator(".question").all():
        question.locator("label.anchor").nth(3).tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Save and next").tap()

    page.get_by_text("is done.").wait_for()
    assert statuses(judge) == ["done"]
    assert set(Assignment.objects.get().scores.values_list("value", flat=True)) == {4}


def test_scoring_works_without_javascript(new_page):
    judge = make_user("judge")
    open_program(1, judge)
    page = new_page(java_script_enabled=False)
    sign_in(page, judge)
    page.goto(reverse("judging-assignment", args=[Assignment.objects.get().pk]))
    for question in page.locator(".question").all():
        question.locator("input").nth(2).check()
    page.get_by_role("button", name="Save and next").click()
    assert statuses(judge) == ["done"]


def test_recusing_with_a_reason(page):
    judge = make_user("judge")
    open_program(1, judge)
    sign_in(page, judge)
    page.goto(reverse("judging-assignment", args=[Assignment.objects.get().pk]))
    page.get_by_text("I cannot or should not score this one").click()
    page.get_by_label("Why you recuse yourself").fill("My brother works there.")
    page.get_by_role("button", name="Recuse myself").click()
    page.get_by_text("You are recused").first.wait_for()
    assert Assignment.objects.get().reason == "My brother works there."


def test_the_team_sees_results_only_after_its_own_scores(page):
    team, other = make_user("advocacy_team"), make_user("judge", name="Olga Other")
    program = open_program(1, team, other)
    score(Assignment.objects.of(other).get(), 2, now=timezone.now())
    sign_in(page, team)

    page.goto(reverse("results", args=[program.slug]))
    assert not page.get_by_text("Olga Other").count()
    page.get_by_role("link", name="Go to my nominations").click()
    page.get_by_role("link", name="Go on with the next one").click()
    type_seven_answers(page, "4444444")
    page.keyboard.press("Control+Enter")
    page.get_by_text("is done.").wait_for()

    page.goto(reverse("results", args=[program.slug]))
    assert page.get_by_role("rowheader", name="Olga Other").is_visible()
    assert page.get_by_role("cell", name="3.00").first.is_visible()


def test_choosing_out_of_order_asks_for_a_reason_and_announces(page):
    judge, team = make_user("judge"), make_user("advocacy_team")
    program = open_program(2, judge)
    now = timezone.now()
    score_all(program, (5, 3), now=now)
    services.close_judging(program=program, by=team, now=now - timedelta(seconds=1))
    second = program.nominations.order_by("pk").last()
    sign_in(page, team)
    page.goto(reverse("results", args=[program.slug]))
    assert accessibility_problems(page) == []

    page.get_by_role("link", name=f"Choose {second}").click()
    page.get_by_role("button", name="Choose").click()
    page.get_by_text("Give a reason to choose it all the same").wait_for()
    assert not Winner.objects.exists()
    page.get_by_label("Why this one").fill("The best one won last year.")
    page.get_by_role("button", name="Choose").click()

    program.announces_at = timezone.now()
    program.save(update_fields=["announces_at"])
    page.get_by_role("link", name="Accepts").click()
    page.get_by_label("Where the answer can be read").fill("Mail of 3 May to Tess.")
    page.get_by_role("button", name="Record the yes").click()
    page.get_by_role("link", name="Announce the winners").click()
    page.get_by_role("button", name="Freeze and announce").click()
    page.get_by_text("is now an advocate with a story").wait_for()
    page.get_by_role("link", name=second.nominee.name, exact=True).click()
    assert page.get_by_text(second.headline).first.is_visible()


def test_the_desk_and_the_queue_are_accessible_in_both_colours(new_page):
    judge = make_user("judge")
    open_program(2, judge)
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        sign_in(page, judge)
        for address in (reverse("judging-queue"), reverse("judging-assignment", args=[Assignment.objects.first().pk])):
            page.goto(address)
            assert accessibility_problems(page) == []
