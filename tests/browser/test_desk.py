"""The desk in the hand: few taps, no sideways scrolling, and nothing lost without a connection."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import services
from awards.invitations import issue_way_in
from awards.models import Assignment, Judge
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.browser.test_judging import open_program, statuses
from tests.factories import make_user

pytestmark = pytest.mark.slow

MOST_TAPS = 9
SCROLLS_SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll("main *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .filter((one) => one === document.documentElement || ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map((one) => one.tagName + "." + one.className)"""
KEPT = "() => Object.keys(localStorage).filter((name) => name.startsWith('laurel-judging-'))"


def test_a_full_score_on_a_phone_takes_nine_taps_and_no_sideways_scrolling(new_page):
    judge = make_user("judge")
    program = open_program(2, judge)
    measure = {"measure": "Days from claim to payment", "before": "9", "after": "2", "unit": "days", "period": "a whole year"}
    program.nominations.update(results=[measure])
    page, taps = new_page(viewport=SMALL, has_touch=True), []
    page.expose_function("noteTap", lambda: taps.append(1))
    page.add_init_script("addEventListener('pointerup', () => noteTap(), true)")
    sign_in(page, judge)
    page.goto(reverse("judging-queue"))
    assert page.evaluate(SCROLLS_SIDEWAYS) == []

    page.get_by_role("link", name="Go on with the next one").tap()
    page.get_by_text("0 of 7 answered").wait_for()
    for question in page.locator(".question").all():
        question.locator("label.anchor").nth(3).tap()
    page.get_by_text("7 of 7 answered").wait_for()
    assert page.evaluate(SCROLLS_SIDEWAYS) == []
    page.get_by_role("button", name="Save and next").tap()

    page.get_by_text("is done.").wait_for()
    assert statuses(judge) == ["done", "open"]
    assert 8 <= len(taps) <= MOST_TAPS


def test_nothing_is_lost_without_a_connection_or_when_it_was_answered_elsewhere(page):
    """A guest, so that the same journey also shows that the guests' desk works in a browser."""
    program = open_program(1)
    guest = Judge.objects.create(program=program, guest_name="Ada", guest_email="ada@else.example", scores_partnership=False)
    services.assign_judges(program=program, now=timezone.now())
    page.goto(issue_way_in(guest).partition("8000")[2])
    page.get_by_role("button", name="Open my desk").click()
    page.get_by_role("link", name="Go on with the next one").click()
    page.get_by_text("0 of 3 answered").wait_for()

    page.context.set_offline(True)
    page.locator(".question").nth(0).locator("input").nth(4).check()
    page.get_by_text("No connection. What you enter is kept").wait_for()
    assert len(page.evaluate(KEPT)) == 1
    page.context.set_offline(False)
    page.get_by_text(re.compile(r"Saved \d\d:\d\d")).wait_for()
    assert page.evaluate(KEPT) == []
    assert list(guest.assignments.get().scores.values_list("value", flat=True)) == [5]

    second = program.rubric.all()[1]
    services.record_scores(assignment=guest.assignments.get(), answers={second.pk: 2}, by=guest, now=timezone.now())
    page.locator(".question").nth(1).locator("input").nth(3).check()
    page.get_by_text("was answered elsewhere").wait_for()
    assert page.locator(".question").nth(1).locator("input").nth(1).is_checked()
    assert page.get_by_text(f"{second.name}: 4").is_visible()
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Use mine").click()
    page.get_by_text(re.compile(r"Saved \d\d:\d\d")).wait_for()

    page.locator(".question").nth(2).locator("input").nth(2).check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and next").click()
    page.get_by_text("handed in when it is back").wait_for()
    page.context.set_offline(False)
    page.get_by_text("is done.").wait_for()
    assert list(guest.assignments.get().scores.values_list("value", flat=True)) == [5, 4, 3]
    assert Assignment.objects.get().status == "done"
    page.get_by_role("button", name="Close my desk").click()
    page.get_by_text("Nobody at this browser can open it now").wait_for()
    assert page.evaluate(KEPT) == []


def test_judges_and_progress_are_read_on_a_phone_without_scrolling_sideways(new_page):
    program = open_program(1, make_user("judge"))
    page = new_page(viewport=SMALL)
    sign_in(page, make_user("advocacy_team"))
    page.goto(reverse("judging-progress", args=[program.slug]))
    assert page.evaluate(SCROLLS_SIDEWAYS) == []
    page.goto(reverse("results", args=[program.slug]))
    assert page.evaluate(SCROLLS_SIDEWAYS) == []
