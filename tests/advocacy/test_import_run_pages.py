"""Large files in the admin: handed to a worker, watched, cancelled, gone on with."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from advocacy import tasks
from advocacy.admin import import_runs
from advocacy.importer import runs, uploads
from advocacy.importer.advocates import AdvocateImport
from advocacy.models import Advocate, ImportRun
from advocacy.uploads import is_import
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
IMPORT = "admin:advocacy_advocate_import"
ROWS = "name,email\n" + "".join(f"Person {number},person{number}@customer.example\n" for number in range(8))


@pytest.fixture(autouse=True)
def _large(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(import_runs, "IN_BACKGROUND_BYTES", 100)
    monkeypatch.setattr("advocacy.admin.imports.LOOKED_AT", 2)
    monkeypatch.setattr(AdvocateImport, "BATCH", 3)


@pytest.fixture
def queued(monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(tasks.run_import, "delay", asked.append)
    return asked


@pytest.fixture
def team(client):
    user = make_user("advocacy_team")
    client.force_login(user)
    return user


def preview_of(client, content=ROWS):
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile("contacts.csv", content.encode())}).url


def confirm(client, callbacks, preview):
    with callbacks(execute=True):
        return client.post(preview, {"confirm": ""}).url


def work(run):
    runs.work_on(run.pk, now=NOW, again=lambda pk: None)


def test_of_a_large_file_the_first_rows_are_tried_and_the_page_says_so(client, team):
    page = client.get(preview_of(client))

    text = page.content.decode()
    assert "The first 2 of 8 rows were tried" in text
    assert "Imported in steps of 5,000 rows" in text
    assert "Import the file of 8 rows" in text
    assert not Advocate.objects.exists()


def test_a_large_file_is_handed_to_a_worker_and_watched(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    run = ImportRun.objects.get()
    assert (queued, run.state, run.started_by) == ([run.pk], "waiting", team)

    page = client.get(url).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<progress class="import-progress" value="0" max="8"' in page
    work(run)

    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "contacts.csv is imported" in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert Advocate.objects.count() == 8
    assert list(uploads.folder().iterdir()) == []


def test_whoever_comes_back_finds_it_on_the_import_page(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    client.force_login(make_user("advocacy_team"))

    assert f'href="{url}"' in client.get(reverse(IMPORT)).content.decode()
    assert client.get(url).status_code == 200


def test_a_second_click_leads_to_the_same_run(client, team, queued, django_capture_on_commit_callbacks):
    preview = preview_of(client)
    url = confirm(client, django_capture_on_commit_callbacks, preview)

    assert confirm(client, django_capture_on_commit_callbacks, preview) == url
    assert client.get(preview).url == url
    assert ImportRun.objects.count() == 1


def test_the_same_file_uploaded_twice_is_one_import(client, team, queued, django_capture_on_commit_callbacks):
    first = confirm(client, django_capture_on_commit_callbacks, preview_of(client))

    second = confirm(client, django_capture_on_commit_callbacks, preview_of(client))

    assert second == first
    assert "This file is being imported already." in client.get(second).content.decode()
    assert len(list(uploads.folder().iterdir())) == 1


def test_it_is_cancelled_and_gone_on_with(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    client.post(url, {"do": "cancel"})
    run = ImportRun.objects.get()
    work(run)
    assert (run.state, Advocate.objects.count()) == ("cancelled", 0)
    assert "Go on with the import" in client.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"do": "resume"})
    assert queued == [run.pk, run.pk]
    work(run)
    assert Advocate.objects.count() == 8


def test_the_same_file_after_a_cancelled_import_goes_on(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    client.post(url, {"do": "cancel"})

    assert confirm(client, django_capture_on_commit_callbacks, preview_of(client)) == url
    assert ImportRun.objects.get().state == "running"


def test_a_run_that_is_over_is_not_cancelled(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    work(ImportRun.objects.get())

    page = client.post(url, {"do": "cancel"}, follow=True)

    assert "cannot become" in page.content.decode()
    assert ImportRun.objects.get().state == "done"


def test_a_run_nobody_works_on_is_found_again_and_one_of_a_command_is_not(tmp_path):
    file = uploads.folder() / "x.taken"
    file.write_text(ROWS)
    elsewhere = tmp_path / "contacts.csv"
    elsewhere.write_text(ROWS + "One,one@customer.example\n")
    options = {"file_name": "contacts.csv", "options": {}, "by": None, "now": NOW, "kind": "advocates"}
    waiting = runs.begin(path=file, **options)
    runs.begin(path=elsewhere, **options)
    assert runs.left_alone(NOW) == [waiting.pk]

    ImportRun.objects.filter(pk=waiting.pk).update(state="running", beat_at=NOW)
    assert runs.left_alone(NOW) == []
    assert runs.left_alone(NOW + runs.SILENT_AFTER * 2) == [waiting.pk]


def test_who_may_not_import_sees_no_run(client, team, queued, django_capture_on_commit_callbacks):
    url = confirm(client, django_capture_on_commit_callbacks, preview_of(client))
    client.force_login(make_user("judge"))

    assert client.get(url).status_code == 403
    assert client.post(url, {"do": "cancel"}).status_code == 403


def test_a_run_of_one_kind_is_not_shown_as_another(client, team, queued, django_capture_on_commit_callbacks):
    confirm(client, django_capture_on_commit_callbacks, preview_of(client))

    other = reverse("admin:advocacy_account_import_run", args=[ImportRun.objects.get().pk])
    assert client.get(other).status_code == 404


@pytest.mark.parametrize(("role", "path", "larger"), [
    ("advocacy_team", "/admin/advocacy/advocate/import/", True),
    ("advocacy_team", "/nominations/", False),
    ("csm", "/admin/advocacy/advocate/import/", False),
])  # fmt: skip
def test_only_who_may_import_sends_large_tables(role, path, larger):
    request = RequestFactory().post(path)
    request.user = make_user(role)

    assert is_import(request) is larger
