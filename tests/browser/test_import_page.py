"""Importing stories in the admin as the advocacy team does: choose, look, correct, import."""

import pytest

from nominations.models import Nomination
from tests.browser.conftest import SMALL, accessibility_problems, sign_in
from tests.factories import make_program, make_user

pytestmark = pytest.mark.slow

FILE = "key,person,organization,body\na,Ada Berg,IT Consultancy,**Background:** Nine days. **Goals:** Two.\nb,,Acme,Nothing\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def stories(tmp_path):
    path = tmp_path / "stories.csv"
    path.write_text(FILE)
    return path


@pytest.fixture
def program():
    return make_program()


def open_preview(page, stories, program):
    sign_in(page, make_user("advocacy_team"))
    page.goto("/admin/nominations/nomination/")
    page.locator(".object-tools").get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(stories)
    page.get_by_label("Program").select_option(program.name)
    page.get_by_role("button", name="Look at the file").click()


def test_the_team_corrects_the_columns_and_imports(page, stories, program):
    open_preview(page, stories, program)
    page.get_by_text("No column holds the name of the nominee.").wait_for()

    page.get_by_label("Name of the nominee").select_option("person")
    page.get_by_role("button", name="Look again with these columns").click()
    page.get_by_text("names no nominee.").wait_for()
    assert not Nomination.objects.exists()

    page.get_by_role("button", name="Import 1 row").dblclick()
    # The second click may show its page before the first one's import is written.
    page.wait_for_load_state("networkidle")
    page.goto(page.url)
    page.get_by_text("stories.csv is imported").wait_for()

    nomination = Nomination.objects.get()
    assert (nomination.nominee.name, nomination.before_state, nomination.account) == ("Ada Berg", "Nine days.", None)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_phone(new_page, complaints, stories, program, scheme):
    page = new_page(viewport=SMALL, color_scheme=scheme)
    open_preview(page, stories, program)
    page.get_by_label("Name of the nominee").select_option("person")
    page.get_by_role("button", name="Look again with these columns").click()
    page.get_by_text("names no nominee.").wait_for()
    assert complaints == []

    assert accessibility_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    complaints.clear()  # the checker itself copies the style sheets that the admin's forms.css imports
