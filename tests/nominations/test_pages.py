"""The nomination pages as people use them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.services import record_consent
from nominations.models import Nomination, SelfNomination
from nominations.services import start_draft
from outbox.models import Message
from tests.factories import make_account, make_advocate, make_nomination, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm():
    return make_user("csm")


@pytest.fixture
def account(csm):
    return make_account(csm=csm, name="Harbour Mutual")


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def draft(program, account, csm):
    return start_draft(program=program, account=account, by=csm)


@pytest.fixture
def as_csm(client, csm):
    client.force_login(csm)
    return client


def page_of(client, draft):
    """The hidden fields of the form as a browser got them."""
    html = client.get(reverse("nomination-edit", args=[draft.pk])).text
    return {name: re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)[1] for name in ("page", "seen")}


def autosave(client, draft, **data):
    return client.post(reverse("nomination-autosave", args=[draft.pk]), data)


def full_form(program, **data):
    story = dict.fromkeys(["headline", "business_outcome", "before_state", "narrative", "human_element"], "Two days.")
    reading = dict.fromkeys(Nomination.PARTNERSHIP_FIELDS, 4)
    evidence = {f"{name}_evidence": "They called us." for name in Nomination.PARTNERSHIP_FIELDS}
    nominee = {"nominee": "", "nominee_name": "Ada Berg", "nominee_email": "", "nominee_title": "COO", "nominee_level": ""}
    rest = {"categories": program.categories.get().pk, "publicity_interest": "open", "page": "a"}
    return story | reading | evidence | nominee | rest | data


# Choosing the account ------------------------------------------------------


def accounts_found(client, program, text):
    html = client.get(reverse("nominate", args=[program.slug]), {"q": text}, headers={"hx-request": "true"}).text
    return re.findall(r"<bdi>(.*?)</bdi>", html)


def test_an_account_is_found_by_its_beginning_first(as_csm, program, account):
    make_account(name="Old Harbour Trading")
    assert accounts_found(as_csm, program, "harb") == ["Harbour Mutual", "Old Harbour Trading"]


def test_an_account_is_found_in_spite_of_a_typing_error(as_csm, program, account):
    assert accounts_found(as_csm, program, "Harbuor Mutual") == ["Harbour Mutual"]


def test_before_anything_is_typed_own_accounts_stand_there(as_csm, program, account):
    make_account()
    assert accounts_found(as_csm, program, "") == ["Harbour Mutual"]


def test_own_accounts_stand_there_all(as_csm, program, account):
    for number in range(9):
        make_account(csm=account.csm, name=f"Harbour {number}")
    assert len(accounts_found(as_csm, program, "")) == 10


def test_choosing_twice_leads_to_the_same_draft(as_csm, program, account):
    url = reverse("nominate", args=[program.slug])
    places = {as_csm.post(url, {"account": account.pk}).url for _time in range(2)}
    assert places == {reverse("nomination-edit", args=[Nomination.objects.get().pk])}


def test_after_the_close_no_draft_is_begun(as_csm, account):
    program = make_program(phase="judging")
    answer = as_csm.post(reverse("nominate", args=[program.slug]), {"account": account.pk}, follow=True)
    assert "Nominations closed on" in answer.text
    assert not Nomination.objects.exists()


# The form ------------------------------------------------------------------


def test_what_we_know_stands_beside_the_form(as_csm, draft, account):
    account.publicity_status = "locked_down"
    account.save()
    make_advocate(account=account, name="Ada Berg")
    with CaptureQueriesContext(connection) as queries:
        text = as_csm.get(reverse("nomination-edit", args=[draft.pk])).text
    assert "Germany" in text
    assert "This account is locked down" in text
    assert text.count("Ada Berg") == 2  # to be the nominee, or beside them
    assert sum('FROM "advocacy_advocate" WHERE' in query["sql"] for query in queries) == 1


def test_typed_text_is_saved_with_the_time(as_csm, draft):
    answer = autosave(as_csm, draft, headline="Two days instead of nine", **page_of(as_csm, draft))
    draft.refresh_from_db()
    assert (answer.status_code, draft.headline) == (200, "Two days instead of nine")
    assert re.search(r"Saved \d\d:\d\d", answer.text)


def test_a_text_too_long_is_told_and_the_rest_is_saved(as_csm, draft):
    answer = autosave(as_csm, draft, headline="Two days", narrative="x" * 50_000)
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "At most 20,000 characters; this has 50,000." in answer.text
    assert (draft.headline, draft.narrative) == ("Two days", "")


def test_a_text_too_long_stays_in_the_form(as_csm, draft, program):
    text = "x" * 50_000
    answer = as_csm.post(reverse("nomination-edit", args=[draft.pk]), full_form(program, narrative=text, action="submit"))
    assert text in answer.text
    assert "At most 20,000 characters; this has 50,000." in answer.text
    assert Nomination.objects.get().headline == "Two days."


def test_line_ends_of_the_browser_do_not_count_twice(as_csm, draft):
    assert autosave(as_csm, draft, narrative="x\r\n" * 9_999).status_code == 200


def test_a_part_of_the_form_leaves_the_rest_alone(as_csm, draft, program):
    as_csm.post(reverse("nomination-edit", args=[draft.pk]), full_form(program))
    autosave(as_csm, draft, quote="We sleep again.")
    draft.refresh_from_db()
    assert (draft.headline, draft.quote, draft.entries.count()) == ("Two days.", "We sleep again.", 1)
    assert draft.nominee_as_given["name"] == "Ada Berg"


def test_a_second_window_is_told_and_loses_nothing(as_csm, draft):
    first, second = page_of(as_csm, draft), page_of(as_csm, draft)
    autosave(as_csm, draft, headline="From the first", **first)
    answer = autosave(as_csm, draft, headline="From the second", **second)
    assert (answer.status_code, Nomination.objects.get().headline) == (409, "From the first")
    assert "changed in another window" in answer.text
    page = as_csm.post(reverse("nomination-edit", args=[draft.pk]), {"headline": "From the second", **second})
    assert "From the second" in page.text
    assert Nomination.objects.get().headline == "From the first"


def test_signed_out_the_autosave_says_so(client, draft):
    answer = autosave(client, draft, headline="Typed on")
    assert answer.status_code == 401
    assert "Your text is kept in this browser" in answer.text
    assert Nomination.objects.get().headline == ""


def test_what_was_sent_after_the_session_ended_is_back_after_signing_in(client, draft, program, csm):
    url = reverse("nomination-edit", args=[draft.pk])
    answer = client.post(url, full_form(program, narrative="A long story.", action="save"))
    assert answer.url == f"/accounts/login/?next={url}"
    client.force_login(csm)
    assert "A long story." in client.get(url).text
    assert "A long story." not in client.get(url).text


def test_what_was_kept_is_not_shown_to_somebody_else(client, draft, program):
    url = reverse("nomination-edit", args=[draft.pk])
    client.post(url, full_form(program, narrative="A long story."))
    client.force_login(make_user("sales"))
    assert client.get(url).status_code == 404


def test_submitted_from_the_form_and_again_by_the_back_button(as_csm, draft, program):
    url = reverse("nomination-edit", args=[draft.pk])
    first = as_csm.post(url, full_form(program, action="submit"))
    again = as_csm.post(url, full_form(program, action="submit", headline="Changed"), follow=True)
    assert first.url == f"{draft.get_absolute_url()}?saved=1"
    assert "already submitted" in again.text
    assert Nomination.objects.values_list("status", "headline").get() == ("submitted", "Two days.")


def test_results_are_kept_row_by_row(as_csm, draft):
    rows = {"results-TOTAL_FORMS": 5, "results-INITIAL_FORMS": 0, "results-0-measure": "Days to settle"}
    autosave(as_csm, draft, **rows | {"results-0-before": "9", "results-0-after": "2", "results-0-unit": "days"})
    draft.refresh_from_db()
    assert draft.results == [{"measure": "Days to settle", "before": "9", "after": "2", "unit": "days", "period": ""}]


def test_a_result_is_still_there_when_it_is_sent_again_unchanged(as_csm, draft, program):
    row = {"measure": "Days to settle", "before": "9", "after": "2", "unit": "days", "period": ""}
    rows = {"results-TOTAL_FORMS": 5, "results-INITIAL_FORMS": 0} | {f"results-0-{name}": text for name, text in row.items()}
    autosave(as_csm, draft, **rows)
    as_csm.post(reverse("nomination-edit", args=[draft.pk]), full_form(program, action="submit", **rows))
    draft.refresh_from_db()
    assert (draft.status, draft.results) == ("submitted", [row])


def test_submitted_too_early_each_missing_field_says_so(as_csm, draft, program):
    form = full_form(program, action="submit", headline="", confidence="")
    page = as_csm.post(reverse("nomination-edit", args=[draft.pk]), form)
    assert page.context["form"].errors.keys() == {"headline", "confidence"}
    assert page.text.count("Needed before you can submit.") == 2
    assert Nomination.objects.values_list("status", "before_state").get() == ("draft", form["before_state"])


def test_an_unknown_colleague_is_told_at_the_field(as_csm, draft):
    answer = autosave(as_csm, draft, supporters="nobody@elsewhere.example")
    assert "Nobody here has the address nobody@elsewhere.example." in answer.text


def test_after_the_deadline_the_text_is_kept(as_csm, draft, program):
    program.closes_at = program.opens_at + timedelta(days=1)
    program.save()
    answer = as_csm.post(reverse("nomination-edit", args=[draft.pk]), full_form(program, action="submit"), follow=True)
    assert "What you wrote is kept as a draft." in answer.text
    assert Nomination.objects.values_list("status", "headline").get() == ("draft", "Two days.")


def test_markup_and_direction_marks_in_a_name_do_no_harm(as_csm, draft, program):
    name = "<script>alert(1)</script>\u202eadA"
    as_csm.post(reverse("nomination-edit", args=[draft.pk]), full_form(program, nominee_name=name, action="submit"))
    text = as_csm.get(draft.get_absolute_url()).text
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;adA</bdi>" in text
    assert "<script>alert" not in text


# Who sees what -------------------------------------------------------------


def test_people_of_the_company_are_shown_without_their_addresses(client, program, account):
    ada = make_advocate(account=account, name="Ada Berg", email="ada@berg.example")
    say_yes("use_name_title", advocate=ada)
    say_yes("use_company_name", account=account)
    make_advocate(account=account, name="Hidden Candidate", status="candidate")
    sales = make_user("sales")
    draft = start_draft(program=program, account=account, by=sales)
    client.force_login(sales)
    text = client.get(reverse("nomination-edit", args=[draft.pk])).text
    assert "Ada Berg" in text
    assert "ada@berg.example" not in text
    assert "Hidden Candidate" not in text


@pytest.mark.parametrize(("person", "sees"), [("nominator", False), ("csm", True), ("team", True), ("leader", False)])
def test_the_nominees_address_is_for_the_csm_and_the_team(client, account, csm, person, sees):
    people = {"csm": csm, "team": make_user("advocacy_team"), "leader": make_user("leader"), "nominator": make_user("sales")}
    nominee = make_advocate(account=account, email="ada@berg.example")
    nomination = make_nomination(account=account, nominee=nominee, nominator=people["nominator"])
    client.force_login(people[person])
    assert ("ada@berg.example" in client.get(nomination.get_absolute_url()).text) is sees


def test_the_team_reads_a_nomination_that_has_no_account_yet(client):
    client.force_login(make_user("advocacy_team"))
    nomination = make_nomination(nominee=make_advocate(account=None), organization_as_given="IT consultancy")
    page = client.get(nomination.get_absolute_url())
    assert "IT consultancy" in page.text
    assert "the advocacy team" in page.text


def test_the_deputy_stands_in_while_the_csm_is_absent(client, account, csm):
    today = timezone.localdate()
    csm.deputy, csm.deputy_from, csm.deputy_until = make_user("csm"), today, today
    csm.save()
    nomination = make_nomination(account=account)
    url = reverse("nomination-reply", args=[nomination.pk])
    client.force_login(csm.deputy)
    assert client.get(url).status_code == 200
    csm.deputy_from = csm.deputy_until = today + timedelta(days=1)
    csm.save()
    assert client.get(url).status_code == 404


def listed(client, **query):
    html = client.get(reverse("nominations"), query).text
    return re.findall(r"<bdi>(Nominee \w+), ", html)


def test_a_list_holds_ones_own_and_those_of_ones_accounts(client, account, csm):
    make_nomination(nominee=make_advocate(name="Nominee Mine", account=account), nominator=make_user("sales"))
    make_nomination(nominee=make_advocate(name="Nominee Foreign"), nominator=make_user("sales"))
    make_nomination(
        nominee=make_advocate(name="Nominee Unfinished", account=account), nominator=make_user("sales"), status="draft"
    )
    client.force_login(csm)
    assert listed(client) == ["Nominee Mine"]
    client.force_login(make_user("csm"))
    assert listed(client) == []


def test_the_list_is_narrowed(as_csm, account, csm):
    make_nomination(nominee=make_advocate(name="Nominee One", account=account), nominator=csm)
    make_nomination(nominee=make_advocate(name="Nominee Two", account=account), nominator=csm, status="withdrawn")
    assert listed(as_csm, status="withdrawn") == ["Nominee Two"]
    assert listed(as_csm, status="nonsense", program="x") == ["Nominee Two", "Nominee One"]


def test_the_filter_names_no_program_one_may_not_know_by_its_nominations(as_csm, account):
    make_nomination(make_program(name="Secret Season"), nominator=make_user("sales"))
    assert "Secret Season" not in as_csm.get(reverse("nominations")).text


def queries_of_list(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captured:
        client.get(reverse("nominations"))
    return len(captured)


def test_the_list_needs_the_same_few_queries_for_three_rows(as_csm, account, csm, django_assert_max_num_queries):
    make_nomination(account=account, nominator=csm, sponsor=csm)
    one = queries_of_list(as_csm, django_assert_max_num_queries)
    for status in ("draft", "submitted"):
        make_nomination(nominee=make_advocate(account=make_account(csm=csm)), nominator=csm, sponsor=csm, status=status)
    assert queries_of_list(as_csm, django_assert_max_num_queries) == one


def test_the_programs_need_the_same_few_queries_for_three(client, program, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as one:
        client.get(reverse("programs"))
    make_program()
    make_program(phase="planned")
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("programs"))


# The public pages ----------------------------------------------------------


def test_dates_stand_in_the_programs_zone(client, program):
    program.closes_at = program.closes_at.replace(year=2026, month=12, day=1, hour=22, minute=0, second=0)
    Nomination.objects.all().delete()
    type(program).objects.filter(pk=program.pk).update(
        time_zone="Asia/Tokyo", closes_at="2026-12-01T22:00Z", opens_at="2026-01-01T00:00Z",
        judging_opens_at="2026-12-05T00:00Z", judging_closes_at="2026-12-09T00:00Z", announces_at="2026-12-12T00:00Z",
    )  # fmt: skip
    assert "2 December 2026, 07:00 (Asia/Tokyo)" in client.get(program.get_absolute_url()).text


def test_who_inside_cares_for_a_category_is_shown_to_colleagues_only(client, as_csm, program):
    program.categories.update(inside_audience="Sales leaders", outside_audience="Finance directors")
    assert "Sales leaders" in as_csm.get(program.get_absolute_url()).text
    client.logout()
    text = client.get(program.get_absolute_url()).text
    assert "Finance directors" in text
    assert "Sales leaders" not in text
    assert "Who inside cares" not in text


def test_without_an_open_program_the_page_says_so(client):
    assert "No program takes nominations at the moment." in client.get(reverse("programs")).text


def self_nomination(client, program, **data):
    url = reverse("nominate-yourself", args=[program.slug])
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(url).text)[1]
    story = dict.fromkeys(["before_state", "narrative", "business_outcome"], "Two days.")
    person = {"name": "Ada Berg", "email": "ada@berg.example", "company": "Berg", "agreed": "on"}
    return client.post(url, {"form_key": key} | story | person | data)


def test_the_answer_is_the_same_for_known_and_unknown_companies(client, program):
    make_account(domain="berg.example")
    known = self_nomination(client, program)
    unknown = self_nomination(client, program, email="ada@nowhere.example")
    assert known.url == unknown.url
    assert SelfNomination.objects.count() == 2


def test_without_the_consent_nothing_is_sent(client, program):
    answer = self_nomination(client, program, agreed="")
    assert "Tick this if you agree" in answer.text
    assert not SelfNomination.objects.exists()


def test_too_many_sendings_are_refused_and_the_text_is_kept(client, program):
    answers = [self_nomination(client, program, narrative="My long story.") for _time in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "My long story." in answers[-1].text
    assert SelfNomination.objects.count() == 5


def test_a_name_carries_no_link_into_a_mail(client, program):
    assert "A name holds no web address." in self_nomination(client, program, name="Win at http://evil.example").text
    assert not Message.objects.exists()


def test_opening_the_link_confirms_nothing_and_the_button_once(client, program):
    self_nomination(client, program)
    link = re.search(r"/programs/confirm/\S+/", Message.objects.get().text)[0]
    assert "no-store" in client.get(link)["Cache-Control"]
    assert not Nomination.objects.exists()
    client.post(link)
    again = client.post(link)
    assert "Your nomination is confirmed" in again.text
    assert Nomination.objects.count() == 1


def test_after_the_close_the_public_form_says_when_it_was_open(client):
    text = client.get(reverse("nominate-yourself", args=[make_program(phase="judging").slug])).text
    assert "Nominations are not open" in text
    assert '<form method="post" class' not in text


def say_yes(purpose, **whose):
    facts = {"decision": "given", "given_by": "Ada", "method": "mail", "text_shown": "Yes.", "now": timezone.now()}
    record_consent(purpose=purpose, **whose, **facts)


@pytest.mark.parametrize(
    ("consents", "is_named"),
    [
        ({}, False),
        ({"use_name_title": "advocate"}, False),
        ({"use_company_name": "account"}, False),
        ({"use_name_title": "advocate", "use_company_name": "account"}, True),
        ({"use_name_title": "advocate", "use_company_name": "advocate"}, True),
    ],
    ids=["nothing", "only the name", "only the company", "both", "both by the person"],
)
def test_sales_is_offered_only_people_who_may_be_named(client, program, account, csm, consents, is_named):
    whose = {"advocate": make_advocate(account=account, name="Ada Hidden"), "account": account}
    for purpose, owner in consents.items():
        say_yes(purpose, **{owner: whose[owner]})
    assert offers(client, program, account, make_user("sales"), "Ada Hidden") is is_named
    assert offers(client, program, account, csm, "Ada Hidden")


def offers(client, program, account, reader, name):
    client.force_login(reader)
    draft = start_draft(program=program, account=account, by=reader)
    return name in client.get(reverse("nomination-edit", args=[draft.pk])).text


def test_a_locked_down_company_names_nobody_to_sales(client, program, account):
    person = make_advocate(account=account, name="Ada Hidden")
    for purpose in ("use_name_title", "use_company_name"):
        say_yes(purpose, advocate=person)
    account.publicity_status = "locked_down"
    account.save()
    assert not offers(client, program, account, make_user("sales"), "Ada Hidden")


def test_a_browser_page_with_a_null_character_saves_all_the_same(as_csm, draft):
    assert autosave(as_csm, draft, headline="Two days", page="a\x00b").status_code == 200
    draft.refresh_from_db()
    assert (draft.headline, draft.edited_from) == ("Two days", "ab")
