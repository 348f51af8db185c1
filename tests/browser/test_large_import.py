"""A large file of contacts in the admin: handed over, watched, left, cancelled, gone on with."""

import os
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from advocacy import tasks
from advocacy.admin import import_runs
from advocacy.importer import runs
from advocacy.importer.advocates import AdvocateImport
from advocacy.models import Advocate, ImportRun
from tests.browser.conftest import LARGE, SMALL, accessibility_problems, sign_in
from tests.factories import make_user

pytestmark = pytest.mark.slow
ROWS = 40


@pytest.fixture(autouse=True)
def _small_files_are_large(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(import_runs, "IN_BACKGROUND_BYTES", 100)
    monkeypatch.setattr(AdvocateImport, "BATCH", 10)
    monkeypatch.setattr(tasks.run_import, "delay", lambda pk: None)


@pytest.fixture
def contacts(tmp_path):
    path = tmp_path / "contacts.csv"
    rows = [f"Person {number},person{number}@customer.example" for number in range(ROWS)]
    path.write_text("\n".join(["name,email", "Nobody,", *rows[1:]]) + "\n")
    return path


def hand_over(page, contacts):
    sign_in(page, make_user("advocacy_team"))
    page.goto("/admin/advocacy/advocate/import/")
    page.get_by_label("File").set_input_files(contacts)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name=f"Import the file of {ROWS} rows").click()
    page.get_by_text("contacts.csv waits for its turn").wait_for()


def work():
    """A worker's shift, on a connection of its own."""

    def shift():
        runs.work_on(ImportRun.objects.get().pk, now=timezone.now(), again=lambda pk: None)
        connection.close()

    thread = Thread(target=shift)
    thread.start()
    thread.join()


def test_the_bar_moves_by_itself_and_the_report_comes(page, contacts, monkeypatch):
    hand_over(page, contacts)
    monkeypatch.setattr(runs, "SHIFT", 1e-9)
    work()
    page.get_by_text(f"10 of {ROWS} rows").wait_for()
    page.reload()
    assert page.locator("progress").get_attribute("value") == "10"

    monkeypatch.setattr(runs, "SHIFT", 60)
    work()

    page.get_by_text("contacts.csv is imported").wait_for()
    page.get_by_text("it could be anybody").wait_for()
    assert Advocate.objects.count() == ROWS - 1


def test_it_is_cancelled_and_gone_on_with_by_a_click(page, contacts):
    hand_over(page, contacts)
    page.get_by_role("button", name="Cancel the import").click()
    page.get_by_text("The import of contacts.csv was cancelled").wait_for()

    page.get_by_role("button", name="Go on with the import").click()
    work()

    page.get_by_text("contacts.csv is imported").wait_for()
    page.goto("/admin/advocacy/advocate/import/")
    page.get_by_role("link", name="contacts.csv").wait_for()


@pytest.mark.parametrize(("scheme", "size"), [("light", LARGE), ("dark", SMALL), ("light", SMALL), ("dark", LARGE)])
def test_the_page_is_accessible_and_fits(new_page, complaints, contacts, scheme, size, monkeypatch):
    page = new_page(viewport=size, color_scheme=scheme)
    hand_over(page, contacts)
    monkeypatch.setattr(runs, "SHIFT", 1e-9)
    work()
    page.get_by_text(f"10 of {ROWS} rows").wait_for()
    assert complaints == []
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/import-run-{scheme}-{size['width']}.png", full_page=True)

    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    complaints.clear()  # the checker itself copies the style sheets that the admin's forms.css imports
