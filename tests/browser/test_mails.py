"""People choose their mails, on a phone and by keyboard; the team releases a mailing."""

import pytest
from django.urls import reverse
from django.utils import timezone

from outbox.mailings import prepare_mailing
from outbox.models import Preference
from outbox.preferences import link_to_stop
from outbox.services import write_message
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_message, make_user

pytestmark = pytest.mark.slow


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_somebody_chooses_on_a_phone(new_page):
    csm = make_user("csm")
    make_message(recipient=csm.email, is_gathered=True, not_before=timezone.now(), subject="It waits for tomorrow")
    for scheme in ("dark", "light"):
        page = new_page(viewport=SMALL, color_scheme=scheme)
        sign_in(page, csm)
        page.goto(reverse("my-mails"))
        assert accessibility_problems(page) == []
        assert fits(page)
    page.get_by_role("group", name="Judging").get_by_label("One mail a day").check()
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("It holds from the next mail on.").wait_for()
    assert Preference.objects.get(address=csm.email, group="judging").choice == "daily"
    assert page.get_by_text("It waits for tomorrow").is_visible()


def test_somebody_without_an_account_stops_a_group(new_page, live_server):
    link = link_to_stop("zoe@northwind.example", ["profiles"], now=timezone.now())
    page = new_page(viewport=SMALL)
    page.goto("/" + link.split("/", 3)[3])
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Switch them off").click()
    page.get_by_role("heading", name="Switched off").wait_for()
    assert Preference.objects.get(address="zoe@northwind.example").choice == "off"


def test_the_team_reads_and_releases_a_mailing(new_page):
    team, now = make_user("advocacy_team"), timezone.now()
    mailing = prepare_mailing(key="news:1", title="News of spring", by=team, now=now)
    for number in range(3):
        write_message(
            kind="award_not_selected",
            about=mailing,
            recipient=f"reader{number}@northwind.example",
            occurrence="once",
            subject=f"Thank you for your story, reader {number}",
            template="account_changed",
            context={"change": "Spring is here.", "link": "https://laurel.example/", "link_text": "Read on"},
            mailing=mailing,
        )
    page = new_page()
    sign_in(page, team)
    page.goto(reverse("admin:outbox_mailing_changelist"))
    page.get_by_role("link", name="News of spring").click()
    assert accessibility_problems(page) == []
    page.get_by_role("link", name="Thank you for your story, reader 1").click()
    assert page.frame_locator("iframe").get_by_text("Spring is here.").is_visible()
    page.get_by_role("link", name="News of spring").click()
    page.get_by_role("link", name="Release").click()
    page.get_by_role("button", name="Release").click()
    page.get_by_text("3 mails are on their way.").wait_for()
