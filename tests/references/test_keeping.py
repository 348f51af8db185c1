"""What a reader keeps and takes along: favourites, comparisons, saved searches with their mail, the list as a file."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Advocate, Industry
from advocacy.services import record_consent, verify_section
from outbox.models import Message
from references.exceptions import AlreadySaved, TooBroad, TooLong
from references.models import Favourite, SavedSearch
from references.services import saved as saving
from references.services.saved import save_search, search_from, switch_mails
from tests.factories import make_account, make_advocate, make_industry, make_reference, make_user
from tests.references import clockwork

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(hour=8)


def make_findable(now, **fields):
    advocate = make_reference(now=now, created_at=now - timedelta(days=30), **fields)
    for section in ("willingness", "story"):
        verify_section(advocate=advocate, section=section, method="csm", now=now)
    return advocate


def get(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def post(client, user, url_name, *args, headers=None, **data):
    client.force_login(user)
    return client.post(reverse(url_name, args=args), data, headers=headers)


def kept(user, query, now, **fields):
    return save_search(user=user, search=search_from(query), now=now, **{"name": "Mine", "mails": True} | fields)


# Favourites -----------------------------------------------------------------------------------


def test_two_clicks_on_the_star_keep_one_favourite(client, sales, advocate):
    for _click in range(2):
        response = post(client, sales, "advocate-favourite", advocate.pk, keep="1", next="/advocates/?q=claims")

    assert response.url == "/advocates/?q=claims"
    assert Favourite.objects.filter(user=sales).count() == 1
    assert "Head of Operations" in get(client, sales, "favourites").content.decode()
    assert "Nothing" not in get(client, make_user("sales"), "favourites").content.decode()


def test_the_star_is_given_back_with_htmx_and_sends_nobody_elsewhere(client, sales, advocate):
    pressed = post(client, sales, "advocate-favourite", advocate.pk, keep="1", headers={"HX-Request": "true"}).content.decode()

    assert 'aria-pressed="true"' in pressed
    assert 'value="0"' in pressed
    away = post(client, sales, "advocate-favourite", advocate.pk, keep="0", next="https://evil.example/")
    assert away.url == advocate.get_absolute_url()
    assert not Favourite.objects.exists()


def test_a_favourite_who_may_not_be_seen_any_more_leaves_the_list(client, sales, advocate):
    Favourite.objects.create(user=sales, advocate=advocate)
    Advocate.objects.update(status="paused")

    assert get(client, sales, "favourites").context["people"] == []
    assert post(client, sales, "advocate-favourite", advocate.pk, keep="1").status_code == 404


# Side by side ---------------------------------------------------------------------------------


def test_up_to_four_stand_side_by_side_and_the_fifth_is_refused_in_a_sentence(client, sales, now):
    five = [make_findable(now, title=f"Head {number}") for number in range(5)]

    page = get(client, sales, "advocates-compare", pk=[one.pk for one in five]).content.decode()

    assert "Four can be compared at once." in page
    assert [f"Head {number}," in page for number in range(5)] == [True, True, True, True, False]


def test_of_those_compared_only_those_who_are_free_are_asked(client, sales, now):
    free, other, resting = make_findable(now), make_findable(now), make_findable(now)
    Advocate.objects.filter(pk=resting.pk).update(rests_until=now.date() + timedelta(days=20))
    ask_all = f"advocate={free.pk}&amp;advocate={other.pk}&amp;activity=reference-call"

    assert (
        f'{ask_all}">Ask those who are free'
        in get(client, sales, "advocates-compare", pk=[resting.pk, free.pk, other.pk]).content.decode()
    )
    assert f'{ask_all}">Ask one after' in get(client, sales, "advocates-compare", pk=[free.pk, other.pk]).content.decode()
    assert "Ask the one who is free" in get(client, sales, "advocates-compare", pk=[resting.pk, free.pk]).content.decode()
    assert "Nobody of these is free now" in get(client, sales, "advocates-compare", pk=resting.pk).content.decode()


def test_only_what_may_be_seen_is_compared_and_blindly(client, sales, csm, advocate, now):
    hidden = make_advocate(status="candidate", title="Secret candidate")

    page = get(client, sales, "advocates-compare", pk=[advocate.pk, hidden.pk, "x", "9" * 30]).content.decode()

    assert "Secret candidate" not in page
    assert "Not everybody you chose can be seen" in page
    assert not [leak for leak in ("Lindqvist", "Northwind", "zoe@") if leak in page]
    assert "Zoë Lindqvist" in get(client, csm, "advocates-compare", pk=advocate.pk).content.decode()


@pytest.mark.parametrize(("name", "shows"), [("favourites", "pk"), ("advocates-compare", "pk"), ("advocates-export", "q")])
def test_each_list_costs_the_same_for_one_and_for_three(client, sales, now, name, shows):
    def cost():
        pks = list(Advocate.objects.values_list("pk", flat=True))
        Favourite.objects.bulk_create([Favourite(user=sales, advocate_id=pk) for pk in pks], ignore_conflicts=True)
        with CaptureQueriesContext(connection) as queries:
            response = get(client, sales, name, **({"pk": pks} if shows == "pk" else {}))
            b"".join(response)
        return len(queries)

    make_findable(now)
    cost()  # content types and permissions are read once
    one = cost()
    make_findable(now)
    make_findable(now)
    cost()  # brings the search up to date once
    assert cost() == one


# The list as a file ---------------------------------------------------------------------------


def rows_of(response):
    return list(csv.DictReader(b"".join(response).decode().splitlines()))


def test_the_file_holds_no_contact_data_and_only_names_that_may_be_known(client, sales, csm, advocate):
    for_sales = get(client, sales, "advocates-export")
    assert for_sales["Content-Disposition"] == 'attachment; filename="advocates-1.csv"'

    told = b"".join(for_sales).decode()
    assert not [leak for leak in ("Lindqvist", "Northwind", "northwind", "zoe@") if leak in told]
    for_csm = rows_of(get(client, csm, "advocates-export"))
    assert (for_csm[0]["name"], for_csm[0]["company"]) == ("Zoë Lindqvist", "Northwind Freight GmbH")
    assert "zoe@" not in str(for_csm)


def test_a_cell_of_the_file_runs_nothing(client, sales, now):
    make_findable(now, title="=HYPERLINK(1)")

    assert rows_of(get(client, sales, "advocates-export"))[0]["title"] == "'=HYPERLINK(1)"


def test_a_long_list_is_cut_and_says_so(client, sales, now, monkeypatch):
    monkeypatch.setattr("references.exports.AT_MOST", 1)
    monkeypatch.setattr("references.views.export.AT_MOST", 1)
    monkeypatch.setattr("references.views.shared.AT_MOST", 1)
    advocate = make_findable(now)
    make_findable(now)

    response = get(client, sales, "advocates-export")
    assert "advocates-first-1-of-2.csv" in response["Content-Disposition"]
    assert len(rows_of(response)) == 1
    page = get(client, sales, "advocates").content.decode()
    assert "Download the first 1 (CSV)" in page
    assert f'href="{reverse("request-new")}?advocate={advocate.pk}"' in page


# Saved searches -------------------------------------------------------------------------------


def test_a_search_is_kept_without_its_page_request_or_deal(client, sales):
    page = get(client, sales, "saved-search-new", q="claims", region="emea", page="3", opportunity="OPP-1", order="fresh")
    query = page.context["query"]
    assert page.context["form"]["name"].value() == "claims · Region: EMEA"
    post(client, sales, "saved-search-new", name=" Claims in  EMEA ", query=query, mails="on")

    saved = SavedSearch.objects.get()
    assert saved.name == "Claims in EMEA"
    assert saved.query == "q=claims&order=fresh&region=emea"
    listed = get(client, sales, "saved-searches").content.decode()
    assert "“claims” · Region: EMEA" in listed
    assert "Claims in EMEA" not in get(client, make_user("sales"), "saved-searches").content.decode()


def test_a_name_used_before_and_a_search_too_long_are_refused_in_words(sales, now):
    kept(sales, "q=claims", now)

    with pytest.raises(AlreadySaved, match="Choose another name"):
        kept(sales, "q=other", now)
    with pytest.raises(TooLong, match="too long to keep"):
        kept(sales, "&".join(f"industry={number}" for number in range(10**9, 10**9 + 200)), now, name="Long")


def test_a_value_that_is_gone_from_the_taxonomy_is_said_and_finds_nobody(client, sales, now):
    gone = make_industry("Airships")
    kept(sales, f"industry={gone.pk}", now)
    Industry.objects.filter(pk=gone.pk).delete()

    assert "Industry: a choice that is gone" in get(client, sales, "saved-searches").content.decode()
    assert clockwork.mail_new_matches(now=now) == 0


def test_one_mail_a_day_tells_who_is_new_in_all_searches_and_tells_nobody_twice(sales, advocate, now):
    kept(sales, "", now)
    kept(sales, "region=emea", now, name="EMEA")
    assert clockwork.mail_new_matches(now=now) == 0

    make_findable(now, title="Head of Claims", name="Ada Blind", account=make_account(name="Hidden Ltd"))
    assert clockwork.mail_new_matches(now=now) == 1
    later = now + timedelta(hours=3)
    make_findable(now, title="Second that day")
    assert clockwork.mail_new_matches(now=later) == 0
    assert clockwork.mail_new_matches(now=now + timedelta(days=1)) == 1
    assert clockwork.mail_new_matches(now=now + timedelta(days=2)) == 0

    first, second = Message.objects.filter(kind="new_matches").order_by("key")
    assert first.recipient == sales.email
    assert first.text.count("Head of Claims") == 2
    assert "Second that day" in second.text
    assert "Head of Claims" not in second.text
    assert not [leak for leak in ("Ada", "Hidden", "@customer") if leak in first.text + first.html]
    assert reverse("saved-searches") in first.text

    saving.switch_all_mails_off(user=sales)  # before they have gone
    assert set(Message.objects.filter(kind="new_matches").values_list("state", flat=True)) == {"cancelled"}


def test_the_mail_names_whom_the_reader_may_know(sales, now):
    kept(sales, "", now)
    advocate = make_findable(now, name="Ada Named")
    record_consent(
        advocate=advocate,
        purpose="use_name_title",
        decision="given",
        given_by="Ada",
        method="mail",
        text_shown="You may.",
        now=now,
    )
    clockwork.mail_new_matches(now=now)

    assert "Ada Named" in Message.objects.get(kind="new_matches").text


@pytest.mark.parametrize("reason", ["mails off", "deleted", "may not search", "inactive"])
def test_no_mail_goes_out_once_its_reason_is_gone(client, sales, now, reason):
    saved = kept(sales, "", now)
    make_findable(now)
    if reason == "mails off":
        post(client, sales, "saved-searches-no-mails")
    elif reason == "deleted":
        post(client, sales, "saved-search-delete", saved.pk)
    elif reason == "may not search":
        sales.groups.clear()
    else:
        sales.is_active = False
        sales.save()

    assert clockwork.mail_new_matches(now=now) == 0
    assert not Message.objects.filter(kind="new_matches").exists()


def test_mails_switched_on_again_start_from_that_day(sales, now):
    saved = kept(sales, "", now, mails=False)
    make_findable(now)
    switch_mails(saved=saved, on=True, now=now)

    assert clockwork.mail_new_matches(now=now) == 0


def test_a_search_that_finds_too_many_is_kept_without_mails(sales, now, monkeypatch):
    monkeypatch.setattr(saving, "MAILS_UP_TO", 1)
    make_findable(now)
    make_findable(now)
    saved = kept(sales, "", now)

    assert not saved.mails
    with pytest.raises(TooBroad, match="Narrow it down"):
        switch_mails(saved=saved, on=True, now=now)


def test_nobody_changes_the_searches_of_others(client, sales, team, now):
    saved = kept(sales, "", now)

    assert post(client, team, "saved-search-delete", saved.pk).status_code == 404
    assert SavedSearch.objects.get().mails
