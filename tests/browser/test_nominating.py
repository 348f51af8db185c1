"""A CSM nominates a customer, and a customer nominates themselves, in a real browser."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from advocacy.models import Advocate
from nominations.models import Nomination
from nominations.services.sections import answer_section, ask_for_section
from outbox.models import Message
from tests.browser.conftest import LARGE, SMALL, accessibility_problems, sign_in
from tests.factories import make_account, make_advocate, make_industry, make_program, make_user
from tests.nominations.files import PDF, SVG
from tests.nominations.test_sections import token

pytestmark = pytest.mark.slow

SIZES = pytest.mark.parametrize("viewport", [LARGE, SMALL], ids=["1280", "360"])

STORY = {
    "Headline": "Claims settled in two days instead of nine",
    "Business outcome": "Two days instead of nine, with the same people.",
    "The state before": "Nine days and three systems.",
    "How they got there": "One queue for all branches, after two that failed.",
    "The people in it": "The night shift goes home on time.",
}
READINGS = ["4: Confident", "5: Looks forward to it", "4: Answers in days", "3: Both gain"]


@pytest.fixture
def csm():
    return make_user("csm", name="Carla Simon")


@pytest.fixture
def account(csm):
    return make_account(name="Harbour Mutual", domain="harbour.example", csm=csm, industry=make_industry("Insurance"))


@pytest.fixture
def program():
    program = make_program(name="Impact Awards 2027", time_zone="Europe/Berlin")
    program.categories.create(name="Best rollout", position=1)
    return program


def choose_company(page, program):
    page.goto(program.get_absolute_url())
    page.get_by_role("link", name="Nominate a customer").click()
    page.get_by_role("searchbox", name="Company").press_sequentially("harb")
    page.get_by_role("button", name="Harbour Mutual").click()
    expect(page.get_by_role("heading", name="Nominate Harbour Mutual")).to_be_visible()
    form_is_ready(page)


def form_is_ready(page):
    """The scripts that save as one types are there: before, typing starts no save."""
    page.wait_for_url("**/edit/")
    page.wait_for_load_state()


def open_draft(page, program):
    """Straight to the form, for journeys that begin there."""
    page.goto(f"{program.get_absolute_url()}nominate/")
    page.get_by_role("button", name="Harbour Mutual").click()
    form_is_ready(page)


def is_saved(page):
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))


@SIZES
def test_a_csm_nominates_a_customer(new_page, program, account, csm, viewport):
    page = new_page(viewport=viewport)
    sign_in(page, csm)
    choose_company(page, program)
    expect(page.get_by_text("Insurance")).to_be_visible()
    fill_in(page)
    is_saved(page)
    expect(page.get_by_text("Nothing is missing")).not_to_be_visible()

    read_the_partnership(page)
    is_saved(page)
    page.reload()
    expect(page.get_by_label("Headline")).to_have_value(STORY["Headline"])
    expect(page.get_by_label("Measure", exact=False).first).to_have_value("Days to settle")
    page.get_by_role("button", name="Submit").dblclick()

    expect(page.get_by_text("Submitted. The nomination takes part.")).to_be_visible()
    nomination = Nomination.objects.get()
    assert (nomination.status, nomination.nominee.name, nomination.nominee.account) == ("submitted", "Ada Berg", account)
    assert nomination.results[0]["after"] == "2"
    assert nomination.history.count() == 1


def fill_in(page):
    page.get_by_label("Best rollout").check()
    page.get_by_label("Name", exact=True).fill("Ada Berg")
    page.get_by_label("Job title").fill("Chief Operations Officer")
    for label, text in STORY.items():
        page.get_by_label(label).fill(text)
    add_result(page)
    page.get_by_label("Open to it").check()


def add_result(page):
    row = page.locator("[data-row]").first
    for label, text in {"Measure": "Days to settle", "Before": "9", "After": "2", "Unit": "days"}.items():
        row.get_by_label(label).fill(text)
    page.get_by_role("button", name="Add a result").click()
    expect(page.locator("[data-row]:visible")).to_have_count(2)


def read_the_partnership(page):
    for words in READINGS:
        page.get_by_label(words).check()
    for field in page.get_by_label("What shows it").all():
        field.fill("They called us before we called them.")


def test_the_company_is_chosen_by_keyboard_alone(new_page, program, account, csm):
    page = new_page()
    sign_in(page, csm)
    page.goto(f"{program.get_absolute_url()}nominate/")
    page.keyboard.type("mutual")
    expect(page.get_by_text("Your own accounts")).not_to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nominate Harbour Mutual")).to_be_visible()


def test_without_javascript_everything_can_be_sent(new_page, program, account, csm):
    page = new_page(java_script_enabled=False)
    sign_in(page, csm)
    page.goto(f"{program.get_absolute_url()}nominate/")
    page.get_by_role("searchbox", name="Company").fill("harb")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Harbour Mutual").click()
    page.get_by_label("Headline").fill("Two days")
    page.locator("[name=results-2-measure]").fill("Days to settle")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert Nomination.objects.get().results[0]["measure"] == "Days to settle"


def test_what_was_typed_after_the_session_ended_comes_back(new_page, program, account, csm):
    page = new_page()
    sign_in(page, csm)
    open_draft(page, program)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Headline").fill("Typed while signed out")
    expect(page.get_by_role("status")).to_contain_text("You were signed out. Your text is kept in this browser")
    assert Nomination.objects.get().headline == ""

    sign_in(page, csm)
    page.goto(f"/nominations/{Nomination.objects.get().pk}/edit/")
    expect(page.get_by_text("What you typed here before is back in the form.")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("Typed while signed out")
    is_saved(page)
    assert Nomination.objects.get().headline == "Typed while signed out"
    assert kept(page) == []


def test_an_answer_that_came_in_while_signed_out_is_not_lost_with_the_text(new_page, program, account, csm):
    page = new_page()
    sign_in(page, csm)
    open_draft(page, program)
    draft, now = Nomination.objects.get(), timezone.now()
    ask_for_section(nomination=draft, section="narrative", colleague=make_user("sales"), by=csm, note="", now=now)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("How they got there").fill("Typed while signed out.")
    expect(page.get_by_role("status")).to_contain_text("You were signed out.")
    answer_section(token=token(), answer={"narrative": "From sales."}, now=now)

    sign_in(page, csm)
    page.goto(f"/nominations/{draft.pk}/edit/")
    is_saved(page)
    assert Nomination.objects.get().narrative == "Typed while signed out.\n\nFrom sales."


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('laurel-draft-'))")


def test_whoever_signs_out_leaves_no_text_behind(new_page, program, account, csm, complaints):
    page = new_page()
    sign_in(page, csm)
    open_draft(page, program)
    page.route("**/autosave/", lambda route: route.abort())
    page.get_by_label("Headline").fill("Secret so far")
    expect(page.get_by_role("status")).to_contain_text("Not saved just now")
    assert len(kept(page)) == 1
    page.get_by_role("button", name="Carla Simon").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert kept(page) == []
    complaints.clear()  # htmx says on the console that the network is away


def test_a_second_window_is_told_and_may_keep_its_text(new_page, program, account, csm):
    first = new_page()
    sign_in(first, csm)
    open_draft(first, program)
    second = first.context.new_page()
    second.goto(first.url)
    first.get_by_label("Headline").fill("From the first window")
    is_saved(first)
    second.get_by_label("Headline").fill("From the second window")
    expect(second.get_by_role("status")).to_contain_text("changed in another window")
    second.get_by_label("Keep what I have here").check()
    is_saved(second)
    assert Nomination.objects.get().headline == "From the second window"


def test_the_form_can_be_used_by_everybody(new_page, program, account, csm):
    page = new_page()
    sign_in(page, csm)
    open_draft(page, program)
    assert accessibility_problems(page) == []
    page.goto("/nominations/")
    assert accessibility_problems(page) == []
    page.goto(Nomination.objects.get().get_absolute_url())
    assert accessibility_problems(page) == []


# Counted by the browser itself: every press of a button or finger, every choice in a list, every key that types nothing.
COUNTER = """
addEventListener("pointerdown", () => interacted(), true);
addEventListener("change", (event) => event.target.matches("select") && interacted(), true);
addEventListener("keydown", (event) => event.key.length > 1 && event.key !== "Tab" && interacted(), true);
"""


def test_with_the_facts_at_hand_a_nomination_takes_at_most_twelve_interactions_besides_typing(new_page, program, account, csm):
    ada = make_advocate(account=account, name="Ada Berg", title="Chief Operations Officer")
    page, interactions = new_page(), []
    page.expose_function("interacted", lambda: interactions.append(1))
    page.add_init_script(COUNTER)
    sign_in(page, csm)
    page.goto("/")
    page.get_by_role("link", name="Nominate a customer").click()
    page.get_by_role("button", name="Harbour Mutual").click()
    form_is_ready(page)
    page.get_by_label("Best rollout").check()
    page.get_by_label("Nominee").select_option(str(ada.pk))
    for label, text in STORY.items():
        type_into(page.get_by_label(label), text)
    page.get_by_label("Open to it").check()
    read_the_partnership(page)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Submitted. The nomination takes part.")).to_be_visible()
    assert Nomination.objects.get().status == "submitted"
    assert 8 <= len(interactions) <= 12


def type_into(field, text):
    """Reached by Tab, as while typing."""
    field.focus()
    field.press_sequentially(text)


def test_the_meter_answers_while_one_types(new_page, program, account, csm):
    page = new_page()
    sign_in(page, csm)
    open_draft(page, program)
    meter = page.get_by_role("region", name="What judges will look for")
    expect(meter).to_contain_text("A person: not found yet.")
    page.get_by_label("The people in it").fill("The night shift goes home on time.")
    page.get_by_label("Business outcome").fill("Manual work fell by 40 percent in two quarters.")
    expect(meter).to_contain_text("found: 40 percent, two quarters")
    expect(meter).to_contain_text("found: night shift")


DROP = """
(text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "dropped.pdf"));
  const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("form[data-drop]").dispatchEvent(drop);
}
"""


def test_files_are_chosen_dropped_and_refused_on_a_phone(new_page, program, account, csm, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = new_page(viewport=SMALL)
    sign_in(page, csm)
    open_draft(page, program)
    files = page.get_by_role("region", name="Files and pictures")
    page.locator("#id_files").set_input_files([payload("proof.pdf", PDF), payload("logo.svg", SVG)])
    files.get_by_role("button", name="Add", exact=True).click()
    expect(files.get_by_role("link", name="proof.pdf")).to_be_visible()
    expect(files).to_contain_text("“logo.svg” is SVG or a web page")
    page.evaluate(DROP, PDF.decode() + " ")
    expect(files.get_by_role("link", name="dropped.pdf")).to_be_visible()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def payload(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@SIZES
def test_a_customer_nominates_themselves(new_page, program, account, csm, viewport):
    page = new_page(viewport=viewport)
    page.goto(program.get_absolute_url())
    page.get_by_role("link", name="Nominate yourself").click()
    tell_own_story(page)
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Nearly done")).to_be_visible()
    assert not Nomination.objects.exists()

    page.goto(re.search(r"/programs/confirm/\S+", Message.objects.get(recipient="ada@mail.harbour.example").text)[0])
    page.get_by_role("button", name="Yes, this is mine").dblclick()
    expect(page.get_by_role("heading", name="Your nomination counts")).to_be_visible()
    nomination = Nomination.objects.get()
    assert (nomination.status, nomination.source, nomination.account) == ("submitted", "self", account)
    assert Advocate.objects.get().name == "Ada Berg"
    assert Message.objects.filter(kind="nomination_handed_over", recipient=csm.email).exists()


def tell_own_story(page):
    person = {"Your name": "Ada Berg", "Work e-mail": "ada@mail.harbour.example", "Company": "Harbour Mutual"}
    story = {"How was it before?": "Nine days.", "What did you do?": "One queue.", "What came of it?": "Two days."}
    for label, text in (person | story).items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Best rollout").check()
    page.get_by_label("I agree that the judges read my nomination").check()
