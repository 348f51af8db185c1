"""The winners in public: who is there, what is given out, and how it is taken back."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from advocacy.services import record_consent
from awards.models import Winner
from awards.posts import SHORT, posts
from tests.awards.factories import make_public_winner, make_team
from tests.factories import NOW, make_program, make_user

pytestmark = pytest.mark.django_db

FILES = ["winner-picture", "winner-badge-svg", "winner-badge-png", "winner-certificate-pdf", "winner-certificate-svg"]
PAGES = ["winner", *FILES]


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def winner():
    winner = make_public_winner()
    allow(winner)
    return winner


def allow(winner, decision="given", now=NOW):
    nominee = winner.entry.nomination.nominee
    for purpose in ["use_name_title", "use_company_name", "use_quote"]:
        record_consent(
            advocate=nominee, purpose=purpose, decision=decision, given_by="Ada", method="mail", text_shown="", now=now
        )


def address(name, winner):
    return reverse(name, args=[winner.category.program.slug, winner.pk])


def gallery(winner):
    return reverse("winners", args=[winner.category.program.slug])


def change(winner, **fields):
    Winner.objects.filter(pk=winner.pk).update(**fields)


def statuses(client, winner):
    return {client.get(address(name, winner)).status_code for name in PAGES}


def test_a_stranger_finds_the_winner_in_the_gallery_and_on_a_page(client, winner):
    assert f'<a href="{address("winner", winner)}"><bdi>Dr Ada Berg</bdi></a>' in client.get(gallery(winner)).text
    page = client.get(address("winner", winner)).text
    assert "COO, Harbour Mutual Group" in page
    assert "We sleep again." in page
    assert statuses(client, winner) == {200}


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "offered"},
        {"status": "declined"},
        {"status": "lapsed"},
        {"status": "revoked"},
        {"embargo_until": NOW + timedelta(minutes=1)},
    ],
    ids=lambda fields: " ".join(map(str, fields.values())),
)
def test_who_is_not_public_is_nowhere(client, winner, fields):
    change(winner, **fields)
    assert "Ada" not in client.get(gallery(winner)).text
    assert statuses(client, winner) == {404}


def test_after_the_embargo_the_winner_is_there(client, winner):
    change(winner, embargo_until=NOW)
    assert statuses(client, winner) == {200}


def test_before_the_announcement_there_is_no_gallery(client, winner):
    program = winner.category.program
    program.announced_at = None
    program.save()
    assert client.get(gallery(winner)).status_code == 404
    assert statuses(client, winner) == {404}


def test_a_program_that_is_not_public_shows_no_winner(client, winner):
    program = winner.category.program
    program.is_public = False
    program.save()
    assert client.get(gallery(winner)).status_code == 404
    assert statuses(client, winner) == {404}


def test_a_public_award_taken_back_by_the_customer_takes_the_winner_away(client, winner):
    nominee = winner.entry.nomination.nominee
    record_consent(
        advocate=nominee, purpose="public_award", decision="withdrawn", given_by="Ada", method="mail", text_shown="", now=NOW
    )
    assert statuses(client, winner) == {404}


def test_a_winner_is_not_found_under_another_program(client, winner):
    other = make_public_winner(make_program(now=NOW, phase="judged"))
    assert client.get(reverse("winner", args=[other.category.program.slug, winner.pk])).status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_a_file_kept_by_a_browser_is_asked_for_again_and_gone_when_revoked(client, winner, name):
    kept = client.get(address(name, winner))
    assert kept["Cache-Control"] == "no-cache"
    assert client.get(address(name, winner), headers={"if-none-match": kept["ETag"]}).status_code == 304
    change(winner, status="revoked")
    assert client.get(address(name, winner), headers={"if-none-match": kept["ETag"]}).status_code == 404


@pytest.mark.parametrize("name", ["winner-picture", "winner-certificate-pdf", "winner-certificate-svg"])
def test_a_name_taken_back_leaves_every_file(client, winner, name):
    kept = client.get(address(name, winner))
    allow(winner, decision="withdrawn", now=NOW)
    changed = client.get(address(name, winner), headers={"if-none-match": kept["ETag"]})
    assert changed.status_code == 200
    assert changed.content != kept.content
    assert "Ada" not in client.get(address("winner", winner)).text


@pytest.mark.parametrize("name", [name for name in FILES if name != "winner-picture"])
def test_badge_and_certificate_are_downloads_of_the_right_type(client, winner, name):
    types = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
    response = client.get(address(name, winner))
    assert response["Content-Type"] == types[name[-3:]]
    assert re.fullmatch(rf'attachment; filename="impact-\d+-\w+-\d+\.{name[-3:]}"', response["Content-Disposition"])
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_certificate_is_one_page_with_all_that_counts(client, winner):
    paper = PdfReader(io.BytesIO(client.get(address("winner-certificate-pdf", winner)).content))
    text = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    for words in [
        winner.category.program.name,
        "Dr Ada Berg",
        "COO, Harbour Mutual Group",
        "Winner: Measurable impact",
        "2 March 2026",
    ]:
        assert words in text, words


def test_the_badge_names_the_award_and_nobody(client, winner):
    svg = client.get(address("winner-badge-svg", winner)).content.decode()
    assert "Measurable impact" in svg
    assert "Ada" not in svg
    assert "Harbour" not in svg
    assert Image.open(io.BytesIO(client.get(address("winner-badge-png", winner)).content)).size == (512, 512)


def test_a_script_in_a_name_is_only_a_name(client, winner):
    change(winner, shown_name="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(address("winner", winner)).text
    svg = client.get(address("winner-certificate-svg", winner)).content.decode()
    assert "<script" not in svg
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in svg


def test_a_shared_winner_has_a_picture_with_a_whole_address(client, winner, settings):
    settings.SITE_URL = "https://laurel.example"
    page = client.get(address("winner", winner)).text
    assert f'<meta property="og:image" content="https://laurel.example{address("winner-picture", winner)}">' in page
    assert '<meta property="og:title" content="Dr Ada Berg, winner of Measurable impact">' in page


def test_the_csm_and_the_team_prepare_it_before_the_announcement(client, winner):
    account, program = winner.entry.nomination.account, winner.category.program
    account.csm, program.announced_at = make_user("csm"), None
    account.save()
    program.save()
    for person, expected in [(account.csm, {200}), (make_team(), {200}), (make_user("csm"), {404}), (make_user("sales"), {404})]:
        client.force_login(person)
        assert statuses(client, winner) == expected


def test_whoever_hands_it_to_the_customer_gets_the_whole_name_and_strangers_do_not(client, winner):
    allow(winner, decision="withdrawn", now=NOW)
    certificate = address("winner-certificate-svg", winner)
    assert "Ada" not in client.get(certificate).content.decode()
    client.force_login(make_team())
    ours = client.get(certificate)
    assert "Dr Ada Berg" in ours.content.decode()
    assert ours["Cache-Control"] == "private, no-store"


def test_the_gallery_needs_the_same_queries_for_one_winner_and_for_three(client, winner, django_assert_num_queries):
    page = gallery(winner)
    with django_assert_num_queries(4):
        client.get(page)
    for _number in range(2):
        allow(make_public_winner(winner.category.program))
    with django_assert_num_queries(4):
        assert client.get(page).text.count("Dr Ada Berg") == 3


def test_a_gallery_under_embargo_says_that_it_fills(client, winner):
    change(winner, embargo_until=NOW + timedelta(days=1))
    assert "The winners are not shown yet." in client.get(gallery(winner)).text


def test_a_category_or_name_of_any_length_leaves_the_certificate_whole(client, winner):
    change(winner, shown_name="Maximiliane " * 12, shown_title="Director " * 16, shown_company="Harbour " * 24)
    winner.category.program.name = "Customer Impact Awards " * 6
    winner.category.program.save()
    svg = client.get(address("winner-certificate-svg", winner)).content.decode()
    heights = [float(height) for height in re.findall(r'<text x="421" y="([\d.]+)"', svg)]
    assert heights == sorted(heights)
    assert heights[-1] <= 520


def post_texts(**facts):
    usual = {"who": "Ada Berg", "role": "COO", "category": "Impact", "program": "Awards", "url": "https://x.example/1/"}
    return {post.code: post.text for post in posts(**usual | {"words": "", "quote": ""} | facts)}


def test_posts_are_ready_to_copy():
    texts = post_texts(words="They halved the queue.", quote="We sleep again.")
    assert texts["short"] == "Congratulations to Ada Berg, COO, winner of Impact in Awards. https://x.example/1/"
    assert texts["own"].startswith("We have won: Impact in Awards.")
    assert texts["long"].split("\n\n")[1:] == ["They halved the queue.", "“We sleep again.”", "Read more: https://x.example/1/"]


def test_a_short_post_stays_short_and_keeps_its_address():
    texts = post_texts(who="Ada " * 80, program="Awards " * 60)
    assert [len(texts[code]) <= SHORT and texts[code].endswith("… https://x.example/1/") for code in ("short", "own")] == [
        True,
        True,
    ]


def test_a_percent_sign_in_a_name_breaks_nothing():
    assert "100 %s" in post_texts(who="100 %s")["short"]
