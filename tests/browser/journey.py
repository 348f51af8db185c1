"""The steps of the main job, each as the person does it in the browser."""

import re
from datetime import timedelta
from urllib.parse import urlparse

from django.utils import timezone

from nominations.models import Program
from outbox.models import Message
from references.models import ReferenceRequest
from tests.browser.conftest import sign_in, sign_in_by_hand

PASSWORD = "long enough 1"
PARTNERSHIP = ["Confidence", "Comfort with public recognition", "Responsiveness", "Shared success"]


def signed_in(new_page, person):
    page = new_page()
    sign_in_by_hand(page, person.email, PASSWORD)
    page.get_by_role("heading", name="Today").wait_for()
    return page


def arrived(new_page, person):
    """Signed in already, on no page yet."""
    page = new_page()
    sign_in(page, person)
    return page


def heading(page, text):
    page.get_by_role("heading", name=text).first.wait_for()


# The calendar moves on; nothing else in a journey is done behind the browser's back.


def open_judging_today(program):
    now = timezone.now()
    Program.objects.filter(pk=program.pk).update(
        opens_at=now - timedelta(days=60),
        closes_at=now - timedelta(days=10),
        judging_opens_at=now - timedelta(days=5),
        judging_closes_at=now + timedelta(days=5),
        announces_at=now + timedelta(days=30),
    )


# Nominating


def nominate(page, program, *, company, nominee):
    page.goto(program.get_absolute_url())
    page.get_by_role("link", name="Nominate a customer").click()
    page.get_by_role("searchbox", name="Company").press_sequentially(company[:6])
    page.get_by_role("button", name=company).click()
    heading(page, f"Nominate {company}")
    page.get_by_label("Measurable impact").check()
    add_nominee(page, **nominee)
    fill_story(page)
    read_partnership(page)
    page.get_by_role("button", name="Submit").click()
    heading(page, nominee["name"])


def add_nominee(page, **details):
    for part, value in details.items():
        page.locator(f"[name=nominee_{part}]").fill(value)


def fill_story(page):
    page.get_by_label("Headline").fill("Permits in five weeks instead of fourteen")
    page.get_by_label("Business outcome").fill("A simple permit takes 5 weeks instead of 14.")
    page.get_by_label("The state before").fill("A cardboard file went from desk to desk.")
    page.get_by_label("How they got there").fill("All offices read the same file, and each clock is visible.")
    page.get_by_label("The people in it").fill("The clerks chose the order of the screens.")
    for label, value in {
        "Measure": "time for a permit",
        "Before": "14",
        "After": "5",
        "Unit": "weeks",
        "Period": "one year",
    }.items():
        page.get_by_label(f"{label} 1").fill(value)
    page.get_by_label("In the customer's own words").fill("Citizens ask when, no longer where.")
    page.get_by_label("Eager").check()


def read_partnership(page):
    for name in PARTNERSHIP:
        group = page.get_by_role("group", name=name)
        group.get_by_role("radio", name=re.compile("^4:")).check()
    for box in page.get_by_label("What shows it").all():
        box.fill("They said so in front of two prospects.")


def nominate_oneself(page, program, *, name, email, company):
    page.goto(program.get_absolute_url())
    page.get_by_role("link", name="Nominate yourself").click()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_label("Company").fill(company)
    page.get_by_label("Measurable impact").check()
    page.get_by_label("Your story in one line").fill("Papers right the first time")
    page.get_by_label("How was it before?").fill("Nine in a hundred papers came back.")
    page.get_by_label("What did you do?").fill("The data is entered once.")
    page.get_by_label("What came of it?").fill("One in a hundred comes back.")
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Send").click()
    heading(page, "Nearly done")
    page.goto(link_in(Message.objects.get(recipient=email).text, "/programs/confirm/"))
    page.get_by_role("button", name="Yes, this is mine").click()


def link_in(text, path):
    return urlparse(re.search(rf"\S+{path}\S+", text)[0]).path


def record_yes(page, nomination):
    page.goto(nomination.get_absolute_url())
    page.get_by_role("link", name="Record the nominee's answer").click()
    page.get_by_label("Yes", exact=True).check()
    for box in page.locator("[name=scope]").all():
        box.check()
    page.locator("[name=evidence]").fill("Phone call on Monday")
    page.get_by_role("button", name="Record the answer").click()
    heading(page, str(nomination))


def import_file(page, changelist, path, *, program=None):
    page.goto(f"{changelist}import/")
    page.locator("input[type=file]").set_input_files(path)
    if program:
        page.get_by_label("Program").select_option(label=program.name)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_text("Nothing is written yet").wait_for()
    page.get_by_role("button", name=re.compile("^Import ")).click(timeout=60_000)
    page.get_by_text("Nothing is written yet").wait_for(state="detached", timeout=60_000)


# Judging


def appoint(page, program, *judges):
    for judge in judges:
        page.goto("/admin/awards/judge/add/")
        page.get_by_label("Program:").select_option(label=program.name)
        page.get_by_label("User:").select_option(label=judge.name)
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("was added successfully").wait_for()


def hand_out(page, program):
    page.goto(f"/admin/results/{program.slug}/")
    page.get_by_role("button", name="Hand out new nominations now").click()


def score_all(page, values):
    """Work through the queue from its first nomination to the last; `values` are the answers, over and over."""
    page.goto("/admin/judging/")
    scored = 0
    while (
        page.get_by_role("link", name="Go on with the next one").count()
        or page.get_by_role("button", name="Save and next").count()
    ):
        if not page.get_by_role("button", name="Save and next").count():
            page.get_by_role("link", name="Go on with the next one").click()
        score(page, values[scored % len(values)])
        scored += 1
    return scored


def score(page, value):
    page.get_by_role("button", name="Save and next").wait_for()
    for question in page.locator("fieldset:has(input[name^=component-])").all():
        question.locator(f"input[value='{value}']").check()
    page.get_by_label("Comment").fill("The number is measured the same way before and after.")
    with page.expect_navigation():  # the desk sends by itself: the old page stands until the next one is there
        page.get_by_role("button", name="Save and next").click()


def close_judging(page, program):
    page.goto(f"/admin/results/{program.slug}/")
    page.get_by_role("link", name="Close judging now").click()
    page.get_by_role("button", name="Close judging now").click()
    page.get_by_text("Judging has closed").first.wait_for()


def choose_first(page, program, *, reason=""):
    page.goto(f"/admin/results/{program.slug}/")
    page.get_by_role("link", name=re.compile("^Choose ")).first.click()
    if reason:
        page.locator("[name=reason]").fill(reason)
    page.get_by_role("main").get_by_role("button", name="Choose").click()


def announcement_day(program):
    """The date of the announcement has come."""
    Program.objects.filter(pk=program.pk).update(announces_at=timezone.now())


def accept_and_announce(page, program, has_mails=True):
    """Real winners have no e-mail address: then there is nothing to send, and the page says so."""
    announcement_day(program)
    page.get_by_role("link", name="Accepts").click()
    for box in page.locator("[name=scope]").all():
        box.check()
    page.get_by_label("Where the answer can be read").fill("Mail of Tuesday")
    page.get_by_role("button", name="Record the yes").click()
    page.get_by_role("link", name="Announce the winners").click()
    page.get_by_role("button", name="Freeze and announce").click()
    page.get_by_text("Announced.").first.wait_for()
    if has_mails:
        page.get_by_role("button", name=re.compile("^Send ")).click()
        page.get_by_text("On their way").wait_for()
    else:
        page.get_by_text("Nothing is left to send").wait_for()
    page.goto(f"/admin/results/{program.slug}/")
    page.get_by_text("What you see is the frozen result").wait_for()


# References


def find(page, words):
    page.goto("/advocates/")
    page.get_by_label("Whom do you need?").fill(words)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile("[?&]q="))
    page.get_by_role("link", name="Ask for a reference").first.wait_for()


def ask(page, *, deal):
    page.get_by_role("link", name="Ask for a reference").first.click()
    page.get_by_label("For which deal?").fill(deal.external_id)
    page.get_by_label("What does the prospect want to hear?").fill("How long the rollout took.")
    page.get_by_label("Needed by").fill((timezone.now() + timedelta(days=20)).date().isoformat())
    page.get_by_role("button", name="Send the request").click()
    heading(page, deal.name)


def open_request(page, deal, query=""):
    page.goto(f"/requests/{query}")
    page.get_by_role("row", name=deal.name).get_by_role("link").first.click()


def approve(page, deal):
    open_request(page, deal)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("link", name="Ask the customer").wait_for()


def schedule(page, deal):
    page.get_by_text("A time is agreed already").click()
    page.get_by_label("Day and time").fill((timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Write down the time").click()
    page.get_by_text("Scheduled").first.wait_for()


def call_took_place(deal):
    """The time agreed has come."""
    ReferenceRequest.objects.filter(opportunity=deal).update(scheduled_for=timezone.now() - timedelta(hours=2))


def complete(page, deal):
    call_took_place(deal)
    open_request(page, deal)
    page.get_by_label("What came of it?").fill("They moved to contract talks.")
    page.get_by_role("button", name="Complete").click()
    page.get_by_text("Completed").first.wait_for()
