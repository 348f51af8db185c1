"""A real browser for the journeys: Chromium, driven by Playwright.

`page` is signed out, `sign_in(page, user)` signs somebody in, `other_page()` opens another browser for
a second person. A test fails on any violation of the content security policy, any error on the console
and any uncaught error in a script.
"""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LARGE = {"width": 1280, "height": 900}
SMALL = {"width": 360, "height": 740}
examined = set()  # until the next page: axe tries styles of its own, which the policy refuses


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium():
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        reason = f"No browser: none of {', '.join(CHROMIUM_NAMES)} is installed."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_server():
    """As pytest-django's, but with static files from whitenoise and the manifest, as outside the tests."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture
def complaints():
    """What the browser complained about; a test that expects a complaint takes it out."""
    found = []
    yield found
    assert found == []


@pytest.fixture
def new_page(chromium, live_server, complaints):
    """A function that opens a browser of its own: `new_page(color_scheme="dark", viewport=SMALL)`."""
    contexts = []

    def open_page(**options):
        context = chromium.new_context(base_url=live_server.url, viewport=options.pop("viewport", LARGE), **options)
        context.set_default_timeout(30_000)  # a busy machine is no failure
        contexts.append(context)
        page = context.new_page()
        _listen(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page):
    return new_page()


def _listen(page, complaints):
    """Violations of the policy reach the console as errors; a refused page (4xx) is the test's own business."""

    def note_message(message):
        # htmx reports a request that a newer one replaced as if it had failed.
        expected = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
        if message.type == "error" and page not in examined and not message.text.startswith(expected):
            complaints.append(f"{page.url}: {message.text}")

    def note_answer(answer):
        if answer.status >= 500 or (answer.status >= 400 and "/static/" in answer.url):
            complaints.append(f"{answer.status} {answer.url}")

    page.on("framenavigated", lambda _frame: examined.discard(page))
    page.on("console", note_message)
    page.on("response", note_answer)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


def sign_in(page, user):
    """Sign in without the sign-in page, as `client.force_login` does."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "domain": "localhost", "path": "/"}]
    )


def sign_in_by_hand(page, email, password):
    """Sign in as a person does, on the real page."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def accessibility_problems(page):
    """What axe finds that is serious or critical, as `rule: element`."""
    examined.add(page)
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target'][0]}"
        for violation in violations
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
