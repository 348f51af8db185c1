"""What strangers see, on a phone and in another time zone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.services import record_consent
from nominations.models import Prize, Question
from tests.awards.factories import make_public_winner
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_program, make_user

pytestmark = pytest.mark.slow


def test_the_call_and_the_winners_work_on_a_phone(new_page):
    program = make_program(phase="judged", time_zone="Europe/Berlin", purpose="For what customers changed.")
    Prize.objects.create(program=program, kind="donation", what="A donation in your name")
    Question.objects.create(program=program, question="Who may enter?", answer="Every customer.")
    winner = make_public_winner(program, now=timezone.now())
    nominee = winner.entry.nomination.nominee
    for purpose in ["use_name_title", "use_company_name", "use_quote"]:
        record_consent(
            advocate=nominee,
            purpose=purpose,
            decision="given",
            given_by="Ada",
            method="mail",
            text_shown="",
            now=program.opens_at,
        )
    page = new_page(viewport=SMALL, timezone_id="Asia/Tokyo")
    problems = {}
    for path in [program.get_absolute_url(), reverse("winners", args=[program.slug])]:
        page.goto(path)
        problems[path] = [*accessibility_problems(page), *sideways(page)]
    page.goto(program.get_absolute_url())
    assert "(Asia/Tokyo)" in page.locator("time.zoned").first.inner_text()
    assert "(Europe/Berlin)" in page.locator("time.zoned").first.get_attribute("title")
    page.get_by_role("link", name="See the winners").click()
    page.get_by_role("link", name="Dr Ada Berg").click()
    problems["winner"] = [*accessibility_problems(page), *sideways(page)]
    assert {where: found for where, found in problems.items() if found} == {}


def sideways(page):
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide"] if width > SMALL["width"] else []


def test_a_text_is_copied_with_one_click(new_page):
    program = make_program()
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, make_user("advocacy_team"))
    page.goto(program.get_absolute_url())
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert f"/programs/{program.slug}/embed/" in page.evaluate("navigator.clipboard.readText()")
