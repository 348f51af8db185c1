"""The nominee's answer on a telephone, and the triage by keyboard alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.links import issue_link
from nominations.models import DuplicateReview, NomineeReply
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_account, make_nomination, make_program, make_user

pytestmark = pytest.mark.slow


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_nominee_says_yes_on_a_telephone_and_the_team_joins_a_pair_by_keyboard(new_page):
    csm = make_user("csm")
    first = make_nomination(make_program(phase="open"), account=make_account(csm=csm), nominator=csm)
    second = make_nomination(first.program, account=first.account)
    reply = NomineeReply.objects.create(nomination=first, asked_at=timezone.now())
    token = issue_link(purpose="answer_nomination", about=reply, expires_at=timezone.now() + timedelta(days=9))

    phone = new_page(viewport=SMALL, color_scheme="dark")
    phone.goto(reverse("nominee-reply", args=[token]))
    assert (is_too_wide(phone), accessibility_problems(phone)) == (False, [])
    phone.get_by_label("Yes, take part").check()
    phone.get_by_label("If I win, the award may be announced in public.").check()
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_text("You said yes. Thank you.").wait_for()

    team = new_page(viewport=SMALL)
    sign_in(team, make_user("advocacy_team"))
    for name in ("triage", "triage-duplicates"):
        team.goto(reverse(name, args=[first.program.slug]))
        assert (is_too_wide(team), accessibility_problems(team)) == (False, [])
    button = team.get_by_role("button", name="Join: this one goes on").first
    button.focus()
    team.keyboard.press("Enter")
    team.get_by_role("heading", name="Decided").wait_for()
    assert DuplicateReview.objects.get().kept == first
    second.refresh_from_db()
    assert (second.status, NomineeReply.objects.get().scope) == ("duplicate", ["public_award"])
