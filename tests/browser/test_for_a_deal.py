"""From the button in the CRM to a favourite, a comparison and a saved search."""

import pytest
from django.utils import timezone

from advocacy.services import verify_section
from references.models import Favourite, SavedSearch
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_account, make_industry, make_opportunity, make_reference, make_story, make_user

pytestmark = pytest.mark.slow


def make_findable(title, industry, **fields):
    account = make_account(industry=make_industry(industry))
    advocate = make_reference(title=title, account=account, **fields)
    for section in ("willingness", "story"):
        verify_section(advocate=advocate, section=section, method="csm", now=timezone.now())
    make_story(advocate)


def test_sales_comes_from_the_crm_and_keeps_what_was_found(new_page):
    sales = make_user("sales")
    make_findable("Head of Wards", "Healthcare", level="vp")
    make_findable("Head of Dispatch", "Logistics")
    make_opportunity(external_id="006-9", name="Harbour clinic", industry=make_industry("Healthcare"))
    page = new_page()
    sign_in(page, sales)

    page.goto("/advocates/?opportunity=006-9")
    page.get_by_text("Fit 100 of 100").wait_for()
    page.get_by_label("Prospect's level").select_option("vp")
    page.get_by_role("button", name="Match again").click()
    page.get_by_text("Same level: VP").wait_for()
    assert accessibility_problems(page) == []

    page.get_by_role("button", name="Favourite").first.dblclick()
    page.get_by_role("button", name="Favourite", pressed=True).wait_for()
    assert Favourite.objects.filter(user=sales).count() == 1

    for box in page.get_by_role("checkbox", name="Compare").all():
        box.check()
    page.get_by_role("button", name="Compare the ticked").click()
    page.get_by_role("heading", name="Compare").wait_for()
    assert page.get_by_role("columnheader").count() == 2
    page.set_viewport_size(SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    assert accessibility_problems(page) == []

    page.goto("/advocates/?q=claims")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_label("Name").fill("Claims")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert accessibility_problems(page) == []
    assert SavedSearch.objects.get().query == "q=claims"
