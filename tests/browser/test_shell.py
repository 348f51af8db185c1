"""The shell in a real browser: signing in as each role, the menu, light and dark, small screens, the keyboard."""

import pytest

from portal.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from tests.browser.conftest import SMALL, accessibility_problems, sign_in, sign_in_by_hand
from tests.factories import make_program, make_user
from tests.portal.test_navigation import MENUS
from tests.portal.test_standings import nominated

pytestmark = pytest.mark.slow


def menu_of(page):
    return page.locator("#site-menu .navbar-nav").first.get_by_role("link").all_inner_texts()


def test_each_role_signs_in_and_finds_its_menu(new_page):
    menus = {}
    for role in MENUS:
        person, page = make_user(role, password="long enough 1"), new_page()
        sign_in_by_hand(page, person.email, "long enough 1")
        page.get_by_role("heading", name="Today").wait_for()
        menus[role] = menu_of(page)
    assert menus == MENUS


def test_a_wrong_password_stays_on_the_page_and_says_so(page):
    person = make_user("sales", password="long enough 1")
    sign_in_by_hand(page, person.email, "wrong")
    page.get_by_text("not correct").wait_for()


def test_signing_out_from_the_menu_leads_to_the_open_programs(page):
    sign_in(page, make_user("sales", name="Ida Berg"))
    page.goto("/")
    page.get_by_role("button", name="Ida Berg").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Open programs").wait_for()
    page.get_by_role("link", name="Sign in").wait_for()


def test_a_person_of_the_demo_signs_in_with_one_click(page, settings):
    settings.DEMO = True
    for person in DEMO_PEOPLE:
        make_user(person.role, email=person.email, name=person.name, password=DEMO_PASSWORD)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Advocacy team").click()
    page.get_by_role("button", name="Elena Novak").wait_for()


def problems_of(page, paths):
    """What axe finds on each of these pages, in light and in dark."""
    found = {}
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        for path in paths:
            page.goto(path)
            found[path, color_scheme] = accessibility_problems(page)
    return {where: problems for where, problems in found.items() if problems}


def test_a_visitors_pages_are_accessible(page):
    make_program(phase="open", purpose="For what customers achieved.")
    assert problems_of(page, ["/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/"]) == {}


def test_the_teams_pages_are_accessible(page):
    make_program(phase="open")
    sign_in(page, make_user("advocacy_team"))
    paths = ["/", "/accounts/2fa/", "/accounts/password/change/", "/admin/", "/admin/advocacy/user/", "/admin/advocacy/user/add/"]
    assert problems_of(page, paths) == {}


def test_an_inaccessible_page_is_found(page):
    """The check above is able to fail."""
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    assert accessibility_problems(page) == ["label: input"]


def test_nothing_is_wider_than_a_small_phone(new_page):
    make_program(phase="open", name="A program with a very long name that goes on and on")
    page = new_page(viewport=SMALL)
    widths = {}
    for path in ("/", "/accounts/login/", "/no-such-page/"):
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert max(widths.values()) <= SMALL["width"], widths


def test_the_standings_are_no_wider_either(new_page):
    nominated(make_user("csm", name="Bartholomew Featherstonehaugh", team="Customer success", region="emea"), "shortlisted")
    page = new_page(viewport=SMALL)
    sign_in(page, make_user("sales"))
    page.goto("/standings/")
    assert page.locator("table").count() == 3
    for table in page.locator(".table-responsive").all():
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def test_the_menu_opens_on_a_small_phone(new_page):
    page = new_page(viewport=SMALL)
    sign_in(page, make_user("sales"))
    page.goto("/")
    assert not page.get_by_role("link", name="Nominations").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Nominations").wait_for()


def test_the_menu_stands_open_without_javascript(new_page):
    page = new_page(viewport=SMALL, java_script_enabled=False)
    sign_in(page, make_user("sales"))
    page.goto("/")
    assert page.get_by_role("link", name="Nominations").is_visible()
    assert page.get_by_role("button", name="Sign out").is_visible()


def test_the_system_chooses_light_or_dark_until_the_reader_does(new_page):
    page = new_page(color_scheme="dark")
    page.goto("/")
    assert theme_of(page) == "dark"
    page.get_by_role("button", name="Light").click()
    assert theme_of(page) == "light"
    page.goto("/accounts/login/")
    assert theme_of(page) == "light"
    page.get_by_role("button", name="System").click()
    assert theme_of(page) == "dark"


def theme_of(page):
    return page.evaluate("document.documentElement.dataset.bsTheme")


def test_the_admin_keeps_the_choice_made_outside_it(new_page):
    page = new_page(color_scheme="light")
    sign_in(page, make_user("advocacy_team"))
    page.goto("/")
    page.get_by_role("button", name="Dark").click()
    page.goto("/admin/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 24)"


def test_the_first_tab_leads_past_the_menu(page):
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_browser_keeps_the_policy(page, complaints):
    """A script in the page is refused and noticed: the check on every other test here is able to fail."""
    page.goto("/")
    page.evaluate("document.body.setAttribute('onclick', 'document.title = 1')")
    page.locator("body").click()
    assert "Content Security Policy" in complaints.pop()
