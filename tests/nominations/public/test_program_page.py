"""The public page of a program and what it sends out: picture, paper, the box for other sites."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from nominations.artwork.fonts import width
from nominations.models import Category, Prize, Question, TeamMember
from nominations.public.paper import FOOT, TOP, sections_that_fit
from tests.factories import NOW, make_program, make_user

pytestmark = pytest.mark.django_db

ALL = ["program", "program-picture", "program-paper", "program-embed"]


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def program():
    program = make_program(
        now=NOW,
        name="Impact Awards",
        slug="impact",
        purpose="For what customers changed.",
        prizes="A seat in the front row.",
        story_weight=60,
        selection_factors=["time", "quality"],
        tie_rule="shared",
        contact=make_user("advocacy_team", name="Noor Haddad", email="noor@laurel.example"),
    )
    program.categories.update(outcome="A figure that moved.", outside_audience="Trade press", inside_audience="Sales leaders")
    Prize.objects.create(program=program, kind="donation", what="A donation in your name")
    Prize.objects.create(program=program, category=program.categories.get(), kind="trip", what="A trip to Lisbon")
    Question.objects.create(program=program, question="Who may enter?", answer="Every customer.")
    TeamMember.objects.create(program=program, role="sponsor", name="Ada Berg")
    return program


def address(name, program):
    return reverse(name, args=[program.slug])


def paper_of(client, program):
    return PdfReader(io.BytesIO(client.get(address("program-paper", program)).content))


def test_a_stranger_reads_everything_that_is_public(client, program):
    page = client.get(program.get_absolute_url()).text
    for text in [
        "For what customers changed.",
        "A figure that moved.",
        "Trade press",
        "A trip to Lisbon",
        "A donation in your name",
        "A seat in the front row.",
        "The story counts 60 of 100, the partnership 40 of 100.",
        "Judges are also asked to look at: time, quality.",
        "When two are equal, both win.",
        "Specific, measurable outcome",
        "Who may enter?",
        "Every customer.",
        "Ada Berg",
        "noor@laurel.example",
    ]:
        assert text in page, text


def test_whom_of_us_a_category_is_for_is_not_told_to_strangers(client, program):
    assert "Sales leaders" not in client.get(program.get_absolute_url()).text
    client.force_login(make_user("csm"))
    assert "Sales leaders" in client.get(program.get_absolute_url()).text


def test_the_grace_after_the_close_is_told_to_nobody(client, program):
    program.grace_minutes = 35
    program.save()
    page = client.get(program.get_absolute_url()).text
    assert "12:00 (UTC)" in page
    assert "12:35" not in page


def test_dates_stand_in_the_programs_zone_and_as_moments_for_the_script(client):
    program = make_program(now=NOW, time_zone="Europe/Berlin")
    moment = program.closes_at.isoformat()
    page = client.get(program.get_absolute_url()).text
    assert f'<time class="zoned" datetime="{moment}">22 March 2026, 13:00 (Europe/Berlin)</time>' in page
    assert "js/times" in page


def test_a_shared_link_has_a_title_and_a_picture_with_whole_addresses(client, program, settings):
    settings.SITE_URL = "https://laurel.example"
    page = client.get(program.get_absolute_url()).text
    assert '<meta property="og:title" content="Impact Awards">' in page
    assert '<meta property="og:url" content="https://laurel.example/programs/impact/">' in page
    assert '<meta property="og:image" content="https://laurel.example/programs/impact/share.png">' in page


def test_the_page_needs_the_same_queries_for_one_category_and_for_three(client, program, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(program.get_absolute_url())
    for number in range(2):
        category = Category.objects.create(program=program, name=f"Category {number}")
        Prize.objects.create(program=program, category=category, kind="swag", what="A mug")
        Question.objects.create(program=program, question="Why?", answer="Because.")
        TeamMember.objects.create(program=program, role="owner", user=make_user("csm"))
    with django_assert_num_queries(7):
        client.get(program.get_absolute_url())


@pytest.mark.parametrize("name", ALL)
def test_strangers_find_nothing_of_a_program_that_is_not_public(client, name):
    assert client.get(address(name, make_program(is_public=False))).status_code == 404


@pytest.mark.parametrize("name", ["program-picture", "program-paper"])
def test_a_preview_of_ours_is_kept_nowhere(client, name):
    client.force_login(make_user("csm"))
    response = client.get(address(name, make_program(is_public=False)))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_the_picture_is_1200_by_630_and_kept_for_a_moment(client, program):
    response = client.get(address("program-picture", program))
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "public, max-age=300")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_picture_is_sent_again_only_when_it_changed(client, program):
    tag = client.get(address("program-picture", program))["ETag"]
    assert client.get(address("program-picture", program), headers={"if-none-match": tag}).status_code == 304
    program.name = "Impact Awards 2027"
    program.save()
    assert client.get(address("program-picture", program), headers={"if-none-match": tag}).status_code == 200


def test_the_paper_holds_the_call_on_one_page(client, program):
    paper = paper_of(client, program)
    text = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    for words in [
        "Impact Awards",
        "For what customers changed.",
        "A donation in your name",
        "Who may enter?",
        "/programs/impact/",
    ]:
        assert words in text, words


def test_however_much_there_is_to_say_the_paper_has_one_page_and_every_heading(client, program):
    long = "Many words about what customers changed and how. " * 120
    program.purpose = program.prizes = program.process_text = long
    program.save()
    for number in range(25):
        Category.objects.create(program=program, name=f"Category {number}", outcome=long)
    paper = paper_of(client, program)
    text = paper.pages[0].extract_text()
    assert len(paper.pages) == 1
    assert all(heading in text for heading in ["Purpose", "Dates", "Categories", "Prizes", "How winners", "Questions", "Contact"])
    assert "/programs/impact/" in text


@pytest.mark.parametrize("words", [5, 400, 3000, 30_000])
def test_what_the_paper_says_stays_above_its_foot(words):
    texts = [(heading, ["word " * words]) for heading in ["Purpose", "Categories", "Questions"]]
    sections = sections_that_fit(texts, FOOT - TOP)
    assert sum(section.height for section in sections) <= FOOT - TOP
    assert all(section.block.lines for section in sections)
    assert [section.block.is_cut for section in sections] == [words >= 3000] * 3


def test_the_paper_opens_the_page_with_one_click(client, program):
    links = [note.get_object()["/A"]["/URI"] for note in paper_of(client, program).pages[0]["/Annots"]]
    assert links == ["http://localhost:8000/programs/impact/"]


def test_other_sites_may_frame_the_call_to_action_and_nothing_else(client, program):
    box, page = client.get(address("program-embed", program)), client.get(program.get_absolute_url())
    assert "frame-ancestors *" in box["Content-Security-Policy"]
    assert "X-Frame-Options" not in box
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_call_to_action_sets_no_cookie_and_names_nobody(client, program):
    client.force_login(make_user("csm", name="Imke Vos"))
    box = client.get(address("program-embed", program))
    assert not box.cookies
    assert "Imke" not in box.text
    assert "<script" not in box.text
    assert (
        '<a href="http://localhost:8000/programs/impact/" target="_blank" rel="noopener">See the program and nominate' in box.text
    )


def test_the_team_finds_the_code_to_copy(client, program):
    code = '&lt;iframe src="http://localhost:8000/programs/impact/embed/"'
    assert code not in client.get(program.get_absolute_url()).text
    client.force_login(make_user("advocacy_team"))
    assert code in client.get(program.get_absolute_url()).text


def test_the_list_of_programs_leads_to_the_winners_of_those_announced(client, program):
    program.closes_at, program.judging_opens_at = NOW - timedelta(days=5), NOW - timedelta(days=4)
    program.judging_closes_at, program.announces_at = NOW - timedelta(days=3), NOW - timedelta(days=2)
    program.save()
    link = 'href="/programs/impact/winners/"'
    assert link not in client.get(reverse("programs")).text
    program.announced_at = NOW - timedelta(days=1)
    program.save()
    assert link in client.get(reverse("programs")).text


def test_the_paper_is_laid_out_once_for_the_same_words(client, program):
    """Anybody may ask for it, as often as they like."""
    paper = client.get(address("program-paper", program)).content
    measured = width.cache_info()

    assert client.get(address("program-paper", program)).content == paper
    assert width.cache_info() == measured


def test_other_words_are_another_paper(client, program):
    paper = client.get(address("program-paper", program)).content
    program.purpose = "To honour what was measured."
    program.save()
    assert client.get(address("program-paper", program)).content != paper
