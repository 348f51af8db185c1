"""A reference call in the browser: asked, answered on a phone, a time chosen, entries in both calendars, debriefs, thanks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Message
from references import services
from references.models import ReferenceRequest
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.browser.journey import link_in
from tests.browser.test_references import make_findable
from tests.factories import activity, make_account, make_opportunity, make_user
from tests.references import clockwork

pytestmark = pytest.mark.slow


def page_in(kind, path, recipient):
    message = Message.objects.filter(kind=kind, recipient=recipient).order_by("pk").last()
    return link_in(message.text, path)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_call_from_the_question_to_the_thanks(new_page):
    csm, sales = make_user("csm", time_zone="Europe/Berlin"), make_user("sales")
    account = make_account(csm=csm, name="Northwind Freight")
    advocate = make_findable(account=account, name="Zoe Lindqvist", title="Head of Dispatch", time_zone="Pacific/Auckland")
    request = services.open_request(
        requester=sales,
        activity_type=activity(),
        opportunity=make_opportunity(name="Harbour extension"),
        advocate=advocate,
        wants_to_hear="How the first weeks went.",
        needed_by=(timezone.now() + timedelta(days=20)).date(),
        prospect_name="Ada Prospect",
        prospect_title="CIO",
        prospect_email="ada@prospect.example",
        prospect_time_zone="Pacific/Honolulu",
        now=timezone.now(),
    )
    at_csm, at_sales = new_page(), new_page()
    on_phone, at_prospect = new_page(viewport=SMALL), new_page(viewport=SMALL, color_scheme="dark")
    sign_in(at_csm, csm)
    sign_in(at_sales, sales)

    at_csm.goto(f"/requests/{request.pk}/")
    at_csm.get_by_role("button", name="Approve").click()
    at_csm.get_by_role("link", name="Ask the customer").click()
    assert accessibility_problems(at_csm) == []
    at_csm.get_by_role("button", name="Send this mail").click()
    at_csm.get_by_text("On its way.").wait_for()

    on_phone.goto(page_in("customer_asked", "/speak/", advocate.email))
    on_phone.get_by_text("Ada Prospect").first.wait_for()
    assert fits(on_phone)
    assert accessibility_problems(on_phone) == []
    for box in on_phone.get_by_role("checkbox").all()[:2]:
        box.check()
    on_phone.get_by_role("button", name="Yes, offer these times").click()
    on_phone.get_by_text("Please offer at least three times").wait_for()
    for box in on_phone.get_by_role("checkbox").all()[:3]:
        box.check()
    on_phone.get_by_role("button", name="Yes, offer these times").click()
    on_phone.get_by_text("These are the times you offered").wait_for()

    at_prospect.goto(page_in("prospect_picks", "/meet/", "ada@prospect.example"))
    assert "Lindqvist" not in at_prospect.content()
    assert "Pacific/Honolulu" in at_prospect.content()
    assert fits(at_prospect)
    assert accessibility_problems(at_prospect) == []
    at_prospect.locator(".slot-choices button").first.click()
    at_prospect.get_by_text("Agreed.").wait_for()
    at_prospect.get_by_role("link", name="The brief on a page of its own").click()
    at_prospect.get_by_role("heading", name="What not to raise").wait_for()

    invitations = Message.objects.filter(kind="call_agreed")
    assert {mail.recipient for mail in invitations} == {advocate.email, "ada@prospect.example"}
    assert all("METHOD:REQUEST" in mail.attachments[0]["text"] for mail in invitations)

    on_phone.goto(page_in("call_agreed", "/speak/", advocate.email))
    on_phone.get_by_text("I cannot make it at this time").wait_for()
    assert accessibility_problems(on_phone) == []
    at_sales.goto(f"/requests/{request.pk}/times/")
    at_sales.get_by_label("where they meet").fill("https://meet.laurel.example/1")
    at_sales.get_by_role("button", name="Save").click()
    at_sales.get_by_text("gets it anew").wait_for()
    assert accessibility_problems(at_sales) == []

    held = timezone.now() - timedelta(hours=2)
    ReferenceRequest.objects.update(scheduled_for=held)  # the calendar moves on
    clockwork.ask_after_calls(now=timezone.now())
    on_phone.goto(page_in("debrief_wanted", "/after/", advocate.email))
    on_phone.get_by_label("5: very well").check()
    on_phone.get_by_label("What mattered most?").fill("That they asked about people.")
    on_phone.get_by_label("may read my answers").check()
    assert accessibility_problems(on_phone) == []
    on_phone.get_by_role("button", name="Send my answers").click()
    on_phone.get_by_text("your answer is kept").wait_for()

    at_sales.goto(f"/requests/{request.pk}/")
    at_sales.get_by_label("What came of it?").fill("They moved to contract talks.")
    at_sales.get_by_label("Did it influence the deal?").select_option(label="Yes")
    at_sales.get_by_role("button", name="Complete").click()
    at_sales.get_by_role("link", name="What both sides say").click()
    at_sales.get_by_text("That they asked about people.").wait_for()
    assert accessibility_problems(at_sales) == []
    at_sales.get_by_role("button", name="Send the thanks").click()
    at_sales.get_by_text("Your thanks are on their way.").wait_for()
    assert "contract talks" in Message.objects.get(kind="customer_thanks").text
