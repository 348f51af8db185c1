"""The team opens a profile, sees what is known and who said so, what to ask next, and takes the case study along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.services import verify_section
from references.profile.timeline import PER_PAGE
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import activity, make_account, make_reference, make_story, make_user

pytestmark = pytest.mark.slow


def test_the_team_reads_a_profile_and_takes_the_case_study_along(new_page):
    csm, team, now = make_user("csm"), make_user("advocacy_team"), timezone.now()
    advocate = make_reference(account=make_account(csm=csm, name="Northwind Freight"), name="Zoe Lindqvist")
    verify_section(advocate=advocate, section="willingness", method="csm", by=csm, now=now - timedelta(days=3))
    make_story(advocate, headline="Northwind is on time")
    for number in range(PER_PAGE):
        day = now - timedelta(days=200 + number)
        advocate.asks.create(activity_type=activity(), state="done", counts_on=day.date(), created_at=day)
    page = new_page(viewport=SMALL)
    sign_in(page, team)

    page.goto(advocate.get_absolute_url())
    assert accessibility_problems(page) == []
    assert page.get_by_role("heading", name="Next best small ask").is_visible()
    checked = page.locator(".checked", has_text="Willingness").inner_text()
    assert checked.startswith(f"Checked 3 days ago by {csm.name}, CSM")
    page.get_by_role("link", name="Show what happened before").click()
    page.get_by_role("link", name="Show what happened before").wait_for(state="detached")
    assert page.locator(".timeline > li").count() > PER_PAGE
    page.get_by_role("link", name="Case study draft").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="As Markdown").click()
    assert download.value.suggested_filename == "case-study-the-company-is-on-time.md"
