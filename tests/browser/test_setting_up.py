"""The advocacy team sets up a program, in a real browser: with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from nominations.models import Program
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_program, make_user

pytestmark = pytest.mark.slow


@pytest.fixture
def team():
    return make_user("advocacy_team")


def test_advice_and_warnings_come_while_one_works_and_block_nothing(new_page, team):
    page = new_page(viewport=SMALL)
    sign_in(page, team)
    page.goto("/admin/programs/new/")
    page.get_by_label("Name").press_sequentially("Impact Heroes")
    expect(page.get_by_text("“Impact” names an outcome")).to_be_visible()
    expect(page.get_by_text("“Heroes” speaks of how they stand to us")).to_be_visible()
    page.get_by_role("button", name="Begin").click()

    page.get_by_role("link", name="Calendar").click()
    page.get_by_label("Call opens").wait_for()
    opens_at = page.get_by_label("Call opens").input_value()
    page.get_by_label("Call opens").fill(f"{int(opens_at[:4]) - 5}{opens_at[4:]}")
    page.get_by_label("Announcement").fill(opens_at)
    page.get_by_label("Announcement").blur()
    expect(page.get_by_text("Worth a second look")).to_be_visible()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    assert Program.objects.get().name == "Impact Heroes"


def test_without_javascript_the_path_is_left_and_taken_up_again(new_page, team):
    program = make_program(phase="planned")
    page = new_page(java_script_enabled=False)
    sign_in(page, team)
    page.goto(f"/admin/programs/{program.slug}/setup/")
    page.get_by_role("link", name="The purpose in words customers read").click()
    page.get_by_label("Purpose").fill("Honour what customers achieved.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="Categories", level=1)).to_be_visible()
    page.get_by_role("link", name="Leave for now").click()
    expect(page.get_by_text("The purpose in words customers read (done)")).to_be_visible()
