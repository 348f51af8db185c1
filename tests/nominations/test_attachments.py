"""Files that belong to a nomination: kept, served, removed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.exceptions import FileRefused
from nominations.exceptions import AlreadySubmitted
from nominations.models import Attachment, Nomination
from nominations.services import discard_draft
from nominations.services.attachments import add_attachment, remove_attachment, remove_left_over
from tests.factories import make_nomination, make_user
from tests.nominations.files import PDF, SVG, image_bomb, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def draft(csm):
    return make_nomination(status="draft", nominator=csm)


def add(draft, content=PDF, name="proof.pdf"):
    return add_attachment(nomination=draft, upload=upload(content, name), by=draft.nominator, now=timezone.now())


def stored(media):
    return sorted(path.name for path in (media / "attachments").glob("*"))


def test_a_file_is_kept_under_a_random_name(draft, media):
    attachment = add(draft, name="../../etc/Größe\u202e.pdf")
    assert attachment.name == "Größe.pdf"
    assert len(stored(media)[0]) == len("0123456789abcdef0123456789abcdef.pdf")


def test_the_name_gets_the_ending_of_its_content(draft):
    assert add(draft, content=picture("JPEG"), name="holiday.png").name == "holiday.jpg"


def test_the_same_content_again_is_the_same_attachment(draft, media):
    assert add(draft) == add(draft, name="again.pdf")
    assert len(stored(media)) == 1


def test_one_more_than_allowed_is_refused_with_the_way_out(draft, settings):
    settings.ATTACHMENTS_MOST = 1
    add(draft)
    with pytest.raises(FileRefused, match="takes 1 files. Remove one first."):
        add(draft, content=PDF + b"\n")


def test_too_large_is_refused(draft, settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    with pytest.raises(FileRefused, match="is larger than"):
        add(draft)


def test_nothing_is_added_to_what_was_submitted(draft, media):
    Nomination.objects.update(status="submitted")
    with pytest.raises(AlreadySubmitted):
        add(draft)
    assert stored(media) == []


def test_the_file_goes_with_its_row(draft, media, django_capture_on_commit_callbacks):
    attachment = add(draft)
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=attachment)
    assert stored(media) == []


def test_the_file_goes_with_its_draft(draft, media, django_capture_on_commit_callbacks):
    add(draft)
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(nomination=draft)
    assert stored(media) == []


def test_what_no_row_names_any_more_is_swept_up_after_a_day(draft, media):
    kept = add(draft)
    left = add(draft, content=PDF + b"\n")
    Attachment.objects.filter(pk=left.pk).delete()
    now = timezone.now()
    assert remove_left_over(now=now) == 0
    assert remove_left_over(now=now + timedelta(days=1, minutes=1)) == 1
    assert stored(media) == [Path(kept.file.name).name]


# Pages ----------------------------------------------------------------------


def test_a_file_leaves_as_a_download_and_nothing_else(client, draft, csm):
    attachment = add(draft, content=picture(), name="team.png")
    client.force_login(csm)
    answer = client.get(reverse("nomination-file", args=[draft.pk, attachment.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="team.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\x89PNG")


def test_a_file_is_not_reached_by_another_nomination(client, draft, csm):
    other = make_nomination(status="draft", nominator=csm)
    client.force_login(csm)
    assert client.get(reverse("nomination-file", args=[other.pk, add(draft).pk])).status_code == 404


def test_a_file_whose_content_is_lost_is_not_there(client, draft, csm, media):
    attachment = add(draft)
    os.remove(media / attachment.file.name)
    client.force_login(csm)
    assert client.get(reverse("nomination-file", args=[draft.pk, attachment.pk])).status_code == 404


def test_of_several_files_the_good_ones_are_kept_and_the_others_named(client, draft, csm):
    client.force_login(csm)
    sent = {"files": [upload(), upload(SVG, "logo.svg")]}
    page = client.post(reverse("nomination-files", args=[draft.pk]), sent, headers={"hx-request": "true"}).text
    assert "1 file is kept." in page
    assert "“logo.svg” is SVG or a web page" in page
    assert draft.attachments.get().name == "proof.pdf"


def test_each_refusal_names_its_file(client, draft, csm):
    client.force_login(csm)
    sent = {"files": [upload(image_bomb(), "roof.png"), upload(b"", "empty.pdf")]}
    page = client.post(reverse("nomination-files", args=[draft.pk]), sent, headers={"hx-request": "true"}).text
    assert "“roof.png”: This picture has too many pixels" in page
    assert "“empty.pdf” is empty" in page


def test_the_same_file_sent_twice_at_once_counts_once(client, draft, csm):
    client.force_login(csm)
    sent = {"files": [upload(), upload(name="again.pdf")]}
    page = client.post(reverse("nomination-files", args=[draft.pk]), sent, headers={"hx-request": "true"}).text
    assert "1 file is kept." in page


def test_without_a_script_the_form_comes_back(client, draft, csm):
    client.force_login(csm)
    answer = client.post(reverse("nomination-files", args=[draft.pk]), {"files": [upload()]}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{reverse('nomination-edit', args=[draft.pk])}#files"
    assert "proof.pdf" in answer.text


def test_far_too_large_is_said_and_the_disk_stays_empty(client, draft, csm, settings, media):
    settings.ATTACHMENT_MAX_BYTES = settings.UPLOAD_MAX_BYTES = 100_000
    settings.UPLOAD_MAX_BYTES_TOGETHER = 150_000
    client.force_login(csm)
    sent = {"files": [upload(b"%PDF-1.7" + b"0" * 3_000_000), upload(b"0" * 3_000_000, "more.pdf")]}
    page = client.post(reverse("nomination-files", args=[draft.pk]), sent, headers={"hx-request": "true"}).text
    assert "“proof.pdf” is larger than" in page
    assert "“more.pdf” is larger than" in page
    assert stored(media) == []


def test_removed_on_the_page_it_is_gone(client, draft, csm):
    attachment = add(draft)
    client.force_login(csm)
    client.post(reverse("nomination-file-remove", args=[draft.pk, attachment.pk]))
    assert not Attachment.objects.exists()


def test_once_submitted_nothing_is_removed(client, draft, csm):
    attachment = add(draft)
    Nomination.objects.update(status="submitted")
    client.force_login(csm)
    answer = client.post(reverse("nomination-file-remove", args=[draft.pk, attachment.pk]), follow=True)
    assert "already submitted" in answer.text
    assert Attachment.objects.exists()


@pytest.mark.parametrize("page", ["nomination-files", "nomination-file-remove"])
def test_signed_out_a_script_is_sent_to_the_sign_in_page_and_back_to_the_form(client, draft, page):
    args = [draft.pk] if page == "nomination-files" else [draft.pk, add(draft).pk]
    answer = client.post(reverse(page, args=args), headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == f"/accounts/login/?next={reverse('nomination-edit', args=[draft.pk])}"
    assert client.post(reverse(page, args=args)).url == answer["HX-Redirect"]
