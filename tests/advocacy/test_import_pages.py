"""The import pages of the admin, tried on accounts: choose, look, import."""

import os

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from advocacy.importer import uploads
from advocacy.models import Account
from tests.factories import make_user

pytestmark = pytest.mark.django_db
IMPORT = "admin:advocacy_account_import"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def team(client):
    user = make_user("advocacy_team")
    client.force_login(user)
    return user


def upload(client, content, name="accounts.csv", **data):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse(IMPORT), {"file": file} | data)


def waiting():
    return sorted(path.suffix for path in uploads.folder().iterdir())


def test_the_changelist_offers_the_import(client, team):
    page = client.get(reverse("admin:advocacy_account_changelist"))

    assert f'href="{reverse(IMPORT)}"' in page.content.decode()


def test_a_file_is_shown_before_anything_is_written(client, team):
    page = client.get(upload(client, "name,sector,country\nAcme,technolgy,Norway\n,retail,\n").url)

    assert not Account.objects.exists()
    report = page.context["report"]
    assert (report.read, report.created, report.rejected) == (2, 1, 1)
    text = page.content.decode()
    assert "Nothing is written yet." in text
    assert "“technolgy” is not a known industry: kept as given. Did you mean Technology?" in text
    assert "has no account name." in text
    assert "Import 1 row" in text


def test_confirming_imports_and_shows_the_report(client, team):
    preview = upload(client, "name\nAcme\n").url

    page = client.post(preview, {"confirm": ""}, follow=True)

    assert Account.objects.get().name == "Acme"
    assert page.context["report"].created == 1
    assert "accounts.csv is imported" in page.content.decode()
    assert waiting() == []


def test_a_second_click_imports_nothing_and_shows_the_same_report(client, team):
    preview = upload(client, "name\nAcme\n").url
    client.post(preview, {"confirm": ""})

    page = client.post(preview, {"confirm": ""}, follow=True)

    assert page.context["report"].created == 1
    assert Account.objects.count() == 1


def test_a_click_while_the_import_runs_says_so(client, team):
    preview = upload(client, "name\nAcme\n").url
    key = preview.split("/")[-2]
    (uploads.folder() / f"{key}.waiting").rename(uploads.folder() / f"{key}.taken")

    page = client.post(preview, {"confirm": ""}, follow=True)

    assert "accounts.csv is being imported" in page.content.decode()
    assert not Account.objects.exists()


def test_a_failed_import_leaves_the_file_to_be_tried_again(client, team):
    preview = upload(client, "name\nAcme\n").url
    kept = uploads.Upload(preview.split("/")[-2], "advocacy.account", team.pk, "accounts.csv")

    with pytest.raises(ZeroDivisionError):
        uploads.import_once(kept, lambda path: 1 / 0)

    client.post(preview, {"confirm": ""})
    assert Account.objects.get().name == "Acme"


def test_columns_can_be_corrected_on_the_preview(client, team):
    preview = upload(client, "label,land\nAcme,Norway\n").url
    page = client.get(preview)
    assert page.context["problem"] == "No column holds the account name. The columns are: label, land. Choose it below."

    page = client.post(preview, {"column-name": "label", "column-country": "land", "check": ""}, follow=True)

    assert page.context["report"].created == 1
    client.post(preview, {"confirm": ""})
    assert Account.objects.get().country == "NO"


def test_a_column_can_be_taken_out_on_the_preview(client, team):
    preview = upload(client, "name,country\nAcme,Norway\n").url

    client.post(preview, {"column-name": "name", "column-country": "-", "check": ""})
    client.post(preview, {"confirm": ""})

    assert Account.objects.get().country_as_given == ""


def test_a_column_that_is_not_in_the_file_is_refused(client, team):
    preview = upload(client, "name\nAcme\n").url

    page = client.post(preview, {"column-name": "../../etc", "check": ""}, follow=True)

    assert "Choose columns that are in the file." in page.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"name\n", "The file names its columns and has no rows below them."),
        (b"PK\x03\x04 xlsx", "This is a spreadsheet or an archive, not CSV. Save the table as CSV (UTF-8) and try again."),
        (b"\x00\x01\x02\x00\x00", "This is not a text file. Save the table as CSV (UTF-8) and try again."),
        (b"name\n\x81\x8d", "The text is in an encoding we cannot read. Save the table as CSV (UTF-8) and try again."),
    ],
)
def test_an_unusable_file_gets_a_sentence_at_its_field_and_is_not_kept(client, team, content, sentence):
    page = upload(client, content)

    assert page.context["form"].errors == {"file": [sentence]}
    assert waiting() == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_taken(client, team, encoding):
    client.post(upload(client, "name;country\nBlå Bär;Norway\n".encode(encoding)).url, {"confirm": ""})

    assert Account.objects.get().name == "Blå Bär"


def test_a_file_too_large_for_the_page_names_the_command(client, team, settings):
    settings.IMPORT_PAGE_MAX_BYTES = 10

    page = upload(client, "name\n" + "x" * 100)

    assert "Import it with “python manage.py import_accounts FILE”." in page.context["form"].errors["file"][0]
    assert waiting() == []


def test_formulas_and_markup_are_shown_as_text(client, team):
    page = client.get(upload(client, 'name\n"=HYPERLINK(""x"")<script>alert(1)</script>"\n').url)

    assert "<script>alert(1)" not in page.content.decode()
    assert "=HYPERLINK(&quot;x&quot;)&lt;script&gt;" in page.content.decode()


def test_nothing_to_import_offers_no_button(client, team):
    Account.objects.create(name="Acme")

    page = client.get(upload(client, "name\nAcme\n").url)

    assert 'name="confirm"' not in page.content.decode()
    assert "There is nothing to import." in page.content.decode()


def test_a_file_is_seen_by_the_person_and_session_it_is_of_only(client, team):
    preview = upload(client, "name\nAcme\n").url

    client.force_login(make_user("advocacy_team"))

    assert client.get(preview).status_code == 404
    assert client.post(preview, {"confirm": ""}).status_code == 404


def test_a_file_of_one_kind_is_not_imported_as_another(client, team):
    key = upload(client, "name\nAcme\n").url.split("/")[-2]

    assert client.get(reverse("admin:nominations_nomination_import_preview", args=[key])).status_code == 404


def test_a_file_that_waited_too_long_is_asked_for_again(client, team):
    preview = upload(client, "name\nAcme\n").url
    for path in uploads.folder().iterdir():
        path.unlink()

    page = client.get(preview, follow=True)

    assert "The file waited too long and was removed. Choose it again." in page.content.decode()


def test_files_are_removed_after_a_day(client, team):
    upload(client, "name\nAcme\n")
    for path in uploads.folder().iterdir():
        os.utime(path, (0, 0))

    upload(client, "name\nBerg\n")

    assert waiting() == [".waiting"]


def test_staff_who_do_not_run_the_program_may_not_import(client):
    judge = make_user("judge")
    judge.user_permissions.add(Permission.objects.get(codename="add_account"), Permission.objects.get(codename="view_account"))
    client.force_login(judge)

    assert client.get(reverse(IMPORT)).status_code == 403
    assert upload(client, "name\nAcme\n").status_code == 403
    assert reverse(IMPORT) not in client.get(reverse("admin:advocacy_account_changelist")).content.decode()


def test_the_pages_are_all_there(client, team):
    for kind in ("advocacy_account", "advocacy_opportunity", "advocacy_advocate", "nominations_nomination"):
        assert client.get(reverse(f"admin:{kind}_import")).status_code == 200
