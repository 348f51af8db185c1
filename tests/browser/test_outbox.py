"""The outbox of the team in a real browser: words looked at and saved, what goes next, the hold, on a phone and in the dark."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from outbox.models import OutboxSettings, Recipient, Wording
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_message, make_nomination, make_user

pytestmark = pytest.mark.slow


def test_the_team_rewords_a_mail_and_sees_it_before_it_is_saved(page):
    sign_in(page, make_user("advocacy_team", name="Tess Team"))
    page.goto("/admin/outbox/message/")
    page.locator("#content-main").get_by_role("link", name="The words of the mails").click()
    page.get_by_role("link", name="A colleague asks you for a part of a nomination").click()

    page.get_by_label("Text").fill("Dear {{ name }},\n\n**please** help, by {{ until }}.")
    page.get_by_role("button", name="Preview").click()

    page.get_by_role("heading", name="Preview, not saved yet").wait_for()
    mail = page.frame_locator("iframe.mail-frame")
    mail.get_by_text("please", exact=True).wait_for()
    mail.get_by_role("link", name="Write it down").wait_for()
    assert not Wording.objects.exists()

    page.get_by_role("button", name="Save").click()
    page.get_by_text("the next mail of this kind goes out with these words").wait_for()
    assert Wording.objects.get().body.startswith("Dear {{ name }}")


def test_the_pages_of_the_outbox_are_readable_by_all_on_a_phone_and_in_the_dark(new_page):
    team = make_user("advocacy_team", name="Tess Team")
    nomination = make_nomination(nominator=team)
    make_message(subject="A note about it", content_type=ContentType.objects.get_for_model(nomination), object_id=nomination.pk)
    make_message(subject="A rather long subject that wraps on a small screen", not_before=timezone.now() + timedelta(hours=3))
    make_message(state="unknown", recipient="somebody.with.a.long.name@subsidiary.customer.example")
    Recipient.objects.create(address="gone@customer.example", bounced_at=timezone.now(), bounce_reason="550 No such user here.")
    OutboxSettings(is_on_hold=True, hold_reason="A wrong list went out.").save()
    paths = [
        "/admin/outbox/message/next/",
        "/admin/outbox/wording/",
        "/admin/outbox/wording/mails/request_answered/",
        "/admin/outbox/outboxsettings/",
        "/admin/outbox/outboxsettings/hold/",
        f"/nominations/{nomination.pk}/mails/",
    ]
    problems = {}
    for colors in ("light", "dark"):
        page = new_page(viewport=SMALL, color_scheme=colors)
        sign_in(page, team)
        for path in paths:
            page.goto(path)
            found = accessibility_problems(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("wider than the screen")
            problems[path, colors] = found

    assert {where: found for where, found in problems.items() if found} == {}
