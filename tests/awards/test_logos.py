"""The logo of a winner: kept as pixels alone, shown by the company's consent."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from advocacy.exceptions import FileRefused
from advocacy.services import record_consent
from awards.services.logos import LONGEST_SIDE, remove_logo, set_logo
from tests.awards.factories import make_public_winner, make_team
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now_and_a_folder(time_machine, settings, tmp_path):
    time_machine.move_to(NOW, tick=False)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def winner():
    return make_public_winner()


def upload(content=None, name="logo.png"):
    if content is None:
        written = io.BytesIO()
        Image.new("RGB", (1600, 400), "navy").save(written, "PNG")
        content = written.getvalue()
    return SimpleUploadedFile(name, content)


def allow(winner, *purposes):
    account = winner.entry.nomination.account
    for purpose in purposes:
        record_consent(account=account, purpose=purpose, decision="given", given_by="A", method="mail", text_shown="", now=NOW)


def address(winner, name="winner-logo"):
    return reverse(name, args=[winner.category.program.slug, winner.pk])


def test_a_logo_is_made_anew_and_smaller(winner):
    set_logo(winner=winner, upload=upload())
    with winner.logo.open("rb") as file:
        assert Image.open(file).size == (LONGEST_SIDE, 200)


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nnothing", b""]
)
def test_what_is_no_picture_is_refused(winner, content):
    with pytest.raises(FileRefused):
        set_logo(winner=winner, upload=upload(content))
    assert not winner.logo


def test_a_new_logo_takes_the_place_of_the_old_one(winner, django_capture_on_commit_callbacks):
    set_logo(winner=winner, upload=upload())
    earlier = winner.logo.name
    with django_capture_on_commit_callbacks(execute=True):
        set_logo(winner=winner, upload=upload())
    assert not default_storage.exists(earlier)
    assert default_storage.exists(winner.logo.name)


@pytest.mark.parametrize("purposes", [[], ["use_company_name"], ["use_logo"]])
def test_without_consent_to_name_and_logo_strangers_do_not_see_it(client, winner, purposes):
    set_logo(winner=winner, upload=upload())
    allow(winner, *purposes)
    assert client.get(address(winner)).status_code == 404
    assert "logo.png" not in client.get(address(winner, "winner")).text


def test_with_consent_it_stands_on_page_and_gallery(client, winner):
    set_logo(winner=winner, upload=upload())
    allow(winner, "use_company_name", "use_logo")
    shown = client.get(address(winner))
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/png", "no-cache")
    assert address(winner) in client.get(address(winner, "winner")).text
    assert address(winner) in client.get(reverse("winners", args=[winner.category.program.slug])).text


def test_the_team_puts_it_there_and_takes_it_away(client, winner):
    client.force_login(make_team())
    client.post(address(winner, "winner-logo-change"), {"logo": upload()})
    assert client.get(address(winner)).status_code == 200
    client.post(address(winner, "winner-logo-change"), {"remove": "yes"})
    assert client.get(address(winner)).status_code == 404


def test_a_refused_file_says_why(client, winner):
    client.force_login(make_team())
    page = client.post(address(winner, "winner-logo-change"), {"logo": upload(b"%PDF-1.7")}, follow=True).text
    assert "A logo is a picture: send it as PNG, JPEG or WebP." in page


def test_others_may_not_change_it(client, winner):
    client.force_login(make_user("sales"))
    assert client.post(address(winner, "winner-logo-change"), {"logo": upload()}).status_code == 403


def test_removing_a_logo_that_is_not_there_changes_nothing(winner):
    remove_logo(winner=winner)
    assert not winner.logo
