"""A nominee answers an offer on a phone; the team reads and sends the mails."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import services
from awards.models import Winner
from nominations.models import Prize, Program
from outbox.models import Message
from tests.awards.award_factories import offer_mail, token_in
from tests.awards.factories import entry_of, make_team, score_all
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_judge, make_nomination, make_program

pytestmark = pytest.mark.slow


def make_offer(now):
    """Judging has just closed, the announcement is in a week, and the best has been offered the award."""
    program, team = make_program(now=now, phase="judging", minimum_story_judges=1, minimum_partnership_judges=1), make_team()
    make_judge(program)
    first, _second = make_nomination(program), make_nomination(program)
    services.open_judging(program=program, by=None, now=now)
    score_all(program, (5, 3), now=now)
    closed = now - timedelta(seconds=2)
    Program.objects.filter(pk=program.pk).update(judging_closes_at=closed, announces_at=now + timedelta(days=7))
    program.refresh_from_db()
    winner = services.choose_winner(entry=entry_of(first), by=team, now=now)
    services.freeze_result(program=program, by=team, now=now)
    return services.send_offer(winner=winner, by=team, now=now), team


def test_a_nominee_accepts_on_a_phone_without_signing_in(new_page):
    winner, _team = make_offer(timezone.now())
    prize = Prize.objects.create(program=winner.category.program, kind="donation", what="A donation of 5,000")
    address = reverse("award", args=[token_in(offer_mail(winner))])
    for scheme in ("dark", "light"):
        page = new_page(viewport=SMALL, color_scheme=scheme)
        page.goto(address)
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]

    page.get_by_role("button", name="Accept the award").click()
    page.get_by_text("Tick this to accept").wait_for()
    page.get_by_label("Your name, as it is shown").fill("Ada Loss")
    page.get_by_label("My name and job title may be shown").check()
    page.get_by_label(f"{prize}: what should it go to?").fill("Sea rescue")
    page.get_by_label("My award may be announced in public").check()
    page.get_by_role("button", name="Accept the award").click()
    page.get_by_text("You have accepted this award.").wait_for()
    assert page.get_by_text("Ada Loss").is_visible()
    assert Winner.objects.get().status == "accepted"


def test_the_team_reads_the_mails_and_sends_them_once(page):
    winner, team = make_offer(timezone.now())
    program = winner.category.program
    Message.objects.filter(kind="award_offer").update(state="bounced")
    sign_in(page, team)
    page.goto(reverse("results-offers", args=[program.slug]))
    page.get_by_text("did not arrive").wait_for()
    assert accessibility_problems(page) == []
    services.record_acceptance(winner=winner, by=team, evidence="Call.", scope=["public_award"], now=timezone.now())
    page.get_by_role("link", name="Mails of the announcement").click()
    page.get_by_role("button", name="Prepare the mails").click()
    page.get_by_text("Nothing is sent.").wait_for()
    assert accessibility_problems(page) == []
    Program.objects.filter(pk=program.pk).update(announces_at=timezone.now())
    page.get_by_role("link", name="Announce the winners").click()
    page.get_by_role("button", name="Announce", exact=True).click()
    page.get_by_text("The winners are public").wait_for()
    page.get_by_role("button", name="Send ").click()
    page.get_by_text("On their way: 1.").wait_for()
    assert page.get_by_role("button", name="Send ").count() == 0
