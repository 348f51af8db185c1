"""Long work in a browser: begun, watched through a reload, cancelled, done, on a phone in the dark too."""

from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from advocacy import tasks
from advocacy.jobs import running
from advocacy.models import Job
from references.services import rebuilding
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_reference, make_user

pytestmark = pytest.mark.slow


def shift(job, seconds):
    """A worker's, on a connection of its own."""

    def work():
        running.work_on(job.pk, now=timezone.now(), again=lambda pk: None, shift=seconds)
        connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()


def begin(page):
    page.goto("/work/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("It waits for its turn").wait_for()
    return Job.objects.first()


def test_the_bar_moves_through_a_reload_and_the_work_is_cancelled_or_done(new_page, monkeypatch):
    monkeypatch.setattr(tasks.run_job, "delay", lambda pk: None)
    monkeypatch.setattr(rebuilding, "SLICE", 1)
    for _number in range(3):
        make_reference()
    page = new_page(viewport=SMALL, color_scheme="dark")
    sign_in(page, make_user("advocacy_team"))
    job = begin(page)
    shift(job, 0)
    page.get_by_text("1 of").wait_for()
    page.reload()
    page.get_by_text("1 of").wait_for()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    page.get_by_role("button", name="Cancel it").click()
    page.get_by_text("It was cancelled").wait_for()

    job = begin(page)
    shift(job, 60)
    page.get_by_text("all counts and places").wait_for()
    page.get_by_role("link", name="All long work").click()
    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
