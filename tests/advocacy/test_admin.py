"""The admin reads what services write, and changes it through them."""

from datetime import timedelta

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from advocacy.links import issue_link
from advocacy.models import Ask
from advocacy.services import move_ask, record_consent, reserve_ask, set_willingness
from advocacy.workflow import history_of
from tests.factories import activity, make_account, make_advocate, make_opportunity, make_reference, make_story, make_user

pytestmark = pytest.mark.django_db

MODELS = [
    "account", "activitytype", "advocate", "ask", "consent", "content", "industry", "opportunity", "product",
    "statuschange", "story", "topic", "usecase", "verification",
]  # fmt: skip
READ_ONLY = ["ask", "consent", "statuschange", "verification"]
MOST = 12


@pytest.fixture
def team(client):
    user = make_user("advocacy_team")
    client.force_login(user)
    return user


@pytest.fixture
def advocate(team):
    return make_reference(name="Ines Ferrer")


def page(name, *args):
    return reverse(f"admin:advocacy_{name}", args=args)


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def make_a_row_of_each():
    advocate = make_reference(account=make_account(csm=make_user("csm")))
    make_story(advocate)
    make_opportunity(account=advocate.account)
    reserve_ask(advocate=advocate, activity_type=activity(), asked_by=make_user("sales"), source="by_hand", now=timezone.now())


@pytest.mark.parametrize("model", MODELS)
def test_every_list_takes_the_same_few_queries_however_long(client, team, model):
    make_a_row_of_each()
    for_one = queries_of(client, page(f"{model}_changelist"))
    make_a_row_of_each()
    make_a_row_of_each()

    assert queries_of(client, page(f"{model}_changelist")) == for_one <= MOST


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_services_write_is_only_read(client, team, model):
    make_a_row_of_each()
    [row, *_more] = MODEL_ROWS[model]()

    assert client.get(page(f"{model}_add")).status_code == 403
    assert client.get(page(f"{model}_change", row.pk)).status_code == 200
    assert client.post(page(f"{model}_change", row.pk), {}).status_code == 403
    assert client.post(page(f"{model}_delete", row.pk), {"post": "yes"}).status_code == 403


MODEL_ROWS = {
    "ask": lambda: Ask.objects.all(),
    "consent": lambda: Ask.objects.get().advocate.consents.all(),
    "statuschange": lambda: history_of(Ask.objects.get()),
    "verification": lambda: Ask.objects.get().advocate.verifications.all(),
}


@pytest.mark.parametrize("model", ["account", "advocate", "activitytype", "opportunity", "industry", "story", "content"])
def test_forms_open(client, team, model):
    assert client.get(page(f"{model}_add")).status_code == 200


@pytest.mark.parametrize("name", ["change", "audit", "status", "consent", "ask"])
def test_the_pages_of_an_advocate_carry_nothing_inline(client, advocate, name):
    html = client.get(page(f"advocate_{name}", advocate.pk)).content.decode()

    assert "Ines Ferrer" in html
    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("name", ["change", "audit", "status", "consent", "ask"])
def test_a_judge_has_no_business_with_advocates(client, advocate, name):
    client.force_login(make_user("judge"))

    assert client.get(page(f"advocate_{name}", advocate.pk)).status_code in (302, 403)
    assert client.post(page(f"advocate_{name}", advocate.pk), {}).status_code in (302, 403)


def test_an_advocate_with_much_behind_them_takes_no_more_queries(client, advocate):
    for_little = queries_of(client, page("advocate_change", advocate.pk))
    for code in ("review", "video", "press", "speaking"):
        set_willingness(advocate=advocate, activity_type=activity(code), answer="yes")
        make_story(advocate)
        reserve_ask(advocate=advocate, activity_type=activity("award"), asked_by=None, source="award", now=timezone.now())

    assert queries_of(client, page("advocate_change", advocate.pk)) == for_little


def test_a_status_changes_with_a_reason(client, team, advocate):
    back = timezone.now().date() + timedelta(days=30)

    client.post(page("advocate_status", advocate.pk), {"to": "paused", "until": back.isoformat(), "why": "Parental leave"})

    advocate.refresh_from_db()
    assert (advocate.status, advocate.paused_until) == ("paused", back)
    change = history_of(advocate).get()
    assert (change.changed_by, change.why) == (team, "Parental leave")


def test_only_moves_that_are_allowed_are_offered(client, advocate):
    form = client.get(page("advocate_status", advocate.pk)).context["form"]

    assert [value for value, _label in form.fields["to"].choices] == ["paused", "retired"]


def test_candidates_become_advocates_by_an_action(client, team):
    candidate = make_advocate(status="candidate")

    client.post(page("advocate_changelist"), {"action": "activate", "_selected_action": [candidate.pk]})

    candidate.refresh_from_db()
    assert candidate.status == "active"
    assert history_of(candidate).get().changed_by == team


def test_the_status_is_not_a_field_of_the_form(client, advocate):
    form = client.get(page("advocate_change", advocate.pk)).context["adminform"].form

    assert not {"status", "paused_until", "tier"} & set(form.fields)


def test_a_consent_is_recorded_as_said(client, team, advocate):
    said = {
        "purpose": "use_quote",
        "decision": "given",
        "given_by": "Ines Ferrer",
        "method": "mail",
        "text_shown": "You may quote me.",
        "evidence": "Mail of 3 May",
    }

    client.post(page("advocate_consent", advocate.pk), said)

    consent = advocate.consents.get(purpose="use_quote")
    assert (consent.recorded_by, consent.evidence) == (team, "Mail of 3 May")


def test_a_consent_without_the_words_shown_is_refused_at_the_field(client, advocate):
    response = client.post(page("advocate_consent", advocate.pk), {"purpose": "use_quote", "decision": "given"})

    assert "text_shown" in response.context["form"].errors
    assert not advocate.consents.filter(purpose="use_quote").exists()


def test_an_ask_by_hand_takes_a_place_once(client, team, advocate):
    for _again in range(2):
        response = client.post(page("advocate_ask", advocate.pk), {"activity_type": activity().pk})

    assert response.context["form"].non_field_errors() == ["Another ask is under way."]
    ask = advocate.asks.get()
    assert (ask.asked_by, ask.source, ask.state) == (team, "by_hand", "proposed")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.usefixtures("team")
def test_a_slip_in_the_year_of_an_ask_is_caught(client, advocate, day):
    response = client.post(page("advocate_ask", advocate.pk), {"activity_type": activity().pk, "counts_on": day})
    assert "Choose a day within 10 years of today." in response.text
    assert not Ask.objects.exists()


def test_an_ask_made_by_hand_moves_on_with_its_history(client, team, advocate):
    ask = reserve_ask(advocate=advocate, activity_type=activity(), asked_by=team, source="by_hand", now=timezone.now())

    client.post(page("ask_move", ask.pk), {"to": "asked", "why": "By telephone"})

    ask.refresh_from_db()
    assert ask.state == "asked"
    assert history_of(ask).last().why == "By telephone"


def test_an_ask_behind_a_request_moves_with_the_request_alone(client, team, advocate):
    ask = reserve_ask(advocate=advocate, activity_type=activity(), asked_by=team, source="reference_request", now=timezone.now())

    assert client.get(page("ask_move", ask.pk)).status_code == 403
    assert "Move on" not in client.get(page("ask_change", ask.pk)).content.decode()


def test_a_state_the_ask_cannot_reach_is_refused(client, team, advocate):
    ask = reserve_ask(advocate=advocate, activity_type=activity(), asked_by=team, source="by_hand", now=timezone.now())

    response = client.post(page("ask_move", ask.pk), {"to": "done"})

    assert "to" in response.context["form"].errors


def test_a_new_employer_is_remembered_and_a_link_to_the_old_address_opens_nothing(client, advocate):
    old, new = advocate.account, make_account()
    token = issue_link(purpose="verify_profile", about=advocate, expires_at=timezone.now() + timedelta(days=9), detail="role")
    url = page("advocate_change", advocate.pk)
    form = client.get(url).context["adminform"].form
    data = {name: form.initial[name] for name in form.fields if form.initial.get(name)} | {
        "account": new.pk,
        "email": "new@new.example",
    }

    response = client.post(url, data | empty_formsets(client.get(url)))

    assert response.status_code == 302, response.context["errors"]
    advocate.refresh_from_db()
    assert advocate.account == new
    assert advocate.positions.get().account == old
    assert client.get(reverse("verify", args=[token])).status_code == 410


def empty_formsets(response):
    """What the browser would send for inlines nobody touched."""
    data = {}
    for inline in response.context["inline_admin_formsets"]:
        for form in [inline.formset.management_form, *inline.formset.initial_forms]:
            values = {form.add_prefix(name): form[name].value() for name in form.fields}
            data |= {name: value for name, value in values.items() if value is not None}
    return data


# Audit


def last_change_of(client, advocate):
    entries = client.get(page("advocate_audit", advocate.pk)).context["entries"]
    return next(entry for entry in entries if entry.what == f"Advocate {advocate.pk}")


def test_the_audit_says_who_changed_what(client, team, advocate):
    with pghistory.context(user=team.pk):
        advocate.title = "Chief Claims Officer"
        advocate.save(update_fields=["title"])

    entry = last_change_of(client, advocate)

    assert (entry.what, entry.label, entry.who) == (f"Advocate {advocate.pk}", "Changed", team.name)
    assert [(change.field, change.before, change.after) for change in entry.changes] == [
        ("Job title", "Head of Operations", "Chief Claims Officer")
    ]


def test_a_change_in_the_admin_carries_the_name_of_who_made_it(client, team, advocate):
    client.post(page("advocate_status", advocate.pk), {"to": "retired"})

    entry = last_change_of(client, advocate)

    assert entry.who == team.name
    assert [(change.field, change.before, change.after) for change in entry.changes] == [("Status", "Active", "Retired")]


def test_the_audit_of_an_advocate_holds_their_asks_consents_and_answers(client, advocate):
    reserve_ask(advocate=advocate, activity_type=activity(), asked_by=None, source="by_hand", now=timezone.now())

    entries = client.get(page("advocate_audit", advocate.pk)).context["entries"]

    assert {entry.what.split(" ")[0] for entry in entries} == {"Advocate", "Ask", "Consent", "Willingness"}


def test_the_audit_of_an_ask_shows_each_step(client, team, advocate):
    ask = reserve_ask(advocate=advocate, activity_type=activity(), asked_by=team, source="by_hand", now=timezone.now())
    move_ask(ask=ask, to="asked", by=team, now=timezone.now(), why="By telephone")

    response = client.get(page("ask_audit", ask.pk))

    assert [(step.before, step.after, step.why) for step in response.context["steps"]] == [
        ("", "Proposed", ""),
        ("Proposed", "Asked", "By telephone"),
    ]
    assert ("State", "Proposed", "Asked") in [
        (change.field, change.before, change.after) for entry in response.context["entries"] for change in entry.changes
    ]


@pytest.mark.parametrize("times", [1, 20])
def test_an_audit_takes_few_queries_however_much_happened(client, team, advocate, times):
    ask = reserve_ask(advocate=advocate, activity_type=activity(), asked_by=team, source="by_hand", now=timezone.now())
    for day in range(times):
        move_ask(ask=ask, to=ask.state, by=team, now=timezone.now(), counts_on=timezone.now().date() + timedelta(days=day))
        consent_again(advocate)

    assert queries_of(client, page("advocate_audit", advocate.pk)) <= MOST + 2
    assert queries_of(client, page("ask_audit", ask.pk)) <= MOST


def consent_again(advocate):
    record_consent(
        advocate=advocate,
        purpose="use_quote",
        decision="given",
        given_by=advocate.name,
        method="mail",
        text_shown="Yes.",
        now=timezone.now(),
    )
