"""Sales finds an advocate and asks, the CSM approves and schedules, sales reports back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.services import verify_section
from references.models import ReferenceRequest
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.browser.journey import call_took_place
from tests.factories import make_account, make_industry, make_opportunity, make_reference, make_story, make_user

pytestmark = pytest.mark.slow


def make_findable(**fields):
    advocate = make_reference(**fields)
    for section in ("willingness", "story"):
        verify_section(advocate=advocate, section=section, method="csm", now=timezone.now())
    make_story(advocate)
    return advocate


def test_from_the_search_to_a_completed_request(new_page):
    csm, sales = make_user("csm"), make_user("sales")
    account = make_account(csm=csm, industry=make_industry("Logistics"), name="Northwind Freight")
    make_findable(account=account, name="Zoe Lindqvist", title="Head of Dispatch")
    make_findable(title="Head of Wards", account=make_account(industry=make_industry("Healthcare")))
    make_opportunity(name="Harbour extension", external_id="006-1")
    at_sales, at_csm = new_page(), new_page()
    sign_in(at_sales, sales)
    sign_in(at_csm, csm)

    at_sales.goto("/advocates/")
    at_sales.get_by_role("searchbox").press_sequentially("dispatch")
    at_sales.get_by_role("heading", name="1 advocate").wait_for()
    at_sales.get_by_role("checkbox", name="Logistics 1").check()
    at_sales.wait_for_url("**/advocates/?q=dispatch&industry=*")
    assert accessibility_problems(at_sales) == []
    at_sales.get_by_role("link", name="Ask for a reference").click()
    at_sales.get_by_label("For which deal?").fill("Harbour extension (006-1)")
    at_sales.get_by_label("What does the prospect want to hear?").fill("How the first weeks went.")
    at_sales.get_by_label("Needed by").fill((timezone.now() + timedelta(days=20)).date().isoformat())
    assert accessibility_problems(at_sales) == []
    at_sales.get_by_role("button", name="Send the request").click()
    at_sales.get_by_text("Sent. The CSM has been asked.").wait_for()
    assert "Lindqvist" not in at_sales.content()

    at_csm.goto("/requests/")
    at_csm.get_by_role("table").get_by_role("link").click()
    at_csm.get_by_role("button", name="Approve").click()
    at_csm.get_by_text("A time is agreed already").click()
    at_csm.get_by_label("Day and time").fill((timezone.now() + timedelta(days=5)).strftime("%Y-%m-%dT10:00"))
    at_csm.get_by_role("button", name="Write down the time").click()
    at_csm.get_by_text("Scheduled. The requester has been told.").wait_for()
    assert accessibility_problems(at_csm) == []

    call_took_place(ReferenceRequest.objects.get().opportunity)
    at_sales.reload()
    at_sales.get_by_label("What came of it?").fill("They signed the week after.")
    at_sales.get_by_role("button", name="Complete").click()
    at_sales.get_by_text("Completed. Thank you for reporting back.").wait_for()
    assert ReferenceRequest.objects.get().status == "completed"


def test_the_search_on_a_telephone(new_page):
    make_findable(title="Head of Freight")
    page = new_page(viewport=SMALL)
    sign_in(page, make_user("sales"))

    page.goto("/advocates/")

    assert not page.get_by_label("Free now").is_visible()
    page.get_by_text("Narrow down").click()
    page.get_by_label("Free now").check()
    page.wait_for_url("**/advocates/?free=1")
    assert page.get_by_label("Free now").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_the_search_without_javascript(new_page):
    make_findable(title="Head of Freight")
    page = new_page(java_script_enabled=False)
    sign_in(page, make_user("sales"))

    page.goto("/advocates/")
    page.get_by_role("searchbox").fill("freight")
    page.get_by_label("Free now").check()
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=freight**")

    assert "q=freight" in page.url
    assert "free=1" in page.url
    assert page.get_by_role("heading", name="1 advocate").is_visible()


def test_words_are_understood_and_taken_back_and_an_empty_result_asks_the_team(new_page):
    for number in range(9):
        make_findable(account=make_account(industry=make_industry(f"Trade {number}")))
    make_findable(title="Head of Wards", account=make_account(industry=make_industry("Healthcare", synonyms=["hospital"])))
    make_user("advocacy_team")
    page = new_page()
    sign_in(page, make_user("sales"))

    page.goto("/advocates/")
    page.get_by_role("searchbox", name="Find in Industry").press_sequentially("trade 8")
    page.get_by_role("checkbox", name="Trade 8 1").wait_for()
    assert page.get_by_role("searchbox", name="Find in Industry").input_value() == "trade 8"
    page.get_by_role("searchbox", name="Whom do you need?").press_sequentially("hospital")
    page.get_by_role("heading", name="1 advocate").wait_for()
    assert page.get_by_role("checkbox", name="Healthcare 1").is_disabled()
    assert accessibility_problems(page) == []
    page.get_by_title("Look for the word itself").click()
    page.wait_for_url("**plain=hospital**")
    page.get_by_role("heading", name="1 advocate").wait_for()

    page.goto("/advocates/?q=hospital+elephants")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Ask the advocacy team").click()
    page.get_by_text("The advocacy team has been asked.").wait_for()
    assert accessibility_problems(page) == []
