"""The pages of the outbox for the team: what goes next and why, many in doubt at once, the hold, addresses, words."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from outbox.mailings import prepare_mailing
from outbox.models import Mailing, Message, OutboxSettings, Recipient, Wording
from outbox.preferences import unsubscribe_headers
from outbox.waiting import Outlook
from outbox.wording import find_mail
from tests.factories import NOW, make_message, make_user

pytestmark = pytest.mark.django_db
MAIL = "section_wanted"


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_user("advocacy_team", name="Tess Team"))
    return client


def url(name, *args):
    return reverse(f"admin:outbox_{name}", args=args)


def shown(client, name, *args, **query):
    answer = client.get(url(name, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def edit(client, body, subject="", button="save"):
    return client.post(url("wording_edit", MAIL), {"subject": subject, "body": body, button: "1"}, follow=True).content.decode()


# What goes next -------------------------------------------------------------------------------


def test_each_mail_that_waits_says_why():
    later = NOW + timedelta(hours=2)
    mailing = Mailing.objects.create(key="m", title="The winners")
    OutboxSettings(per_minute=1).save()
    sentences = {
        "Held until a person has read it and releases it.": {"state": "held"},
        "Held until a person releases the mailing “The winners”.": {"state": "held", "mailing": mailing},
        "Waits for the mail of the day, 2 March 2026, 14:00 (UTC).": {"is_gathered": True, "not_before": later},
        "Waits for the mail of the day, 2 March 2026, 22:00 (Asia/Singapore).": {
            "is_gathered": True,
            "not_before": later,
            "recipient": make_user("csm", time_zone="Asia/Singapore").email,
        },
        "Waits for the working hours of its reader: 2 March 2026, 14:00 (UTC).": {"kind": "new_matches", "not_before": later},
        "Is to go out 2 March 2026, 14:00 (UTC).": {"not_before": later},
        "Paused after a failure until 2 March 2026, 14:00 (UTC).": {"attempts": 2, "not_before": later},
        "The address takes no mail since 2 March 2026, 12:00 (UTC): it is cancelled when its turn comes.": {
            "recipient": "gone@customer.example"
        },
        "Goes out within a minute.": {},
        "May have arrived or not: a person says which.": {"state": "unknown"},
        "": {"state": "sent"},
    }
    Recipient.objects.create(address="gone@customer.example", bounced_at=NOW)
    messages = [make_message(**facts) for facts in sentences.values()]

    assert [Outlook.at(messages, NOW).why(message) for message in messages] == list(sentences)

    make_message(state="sent", claimed_at=NOW - timedelta(seconds=5))
    assert Outlook.at(messages, NOW).why(messages[8]) == "Waits for its turn: 1 mails a minute at most."
    OutboxSettings(is_on_hold=True, hold_reason="Moving house.").save()
    assert Outlook.at(messages, NOW).why(messages[8]) == "All mail is on hold. Moving house."


def test_what_goes_next_stands_in_its_order_and_costs_the_same(client, django_assert_max_num_queries):
    make_message(subject="Later", not_before=timezone.now() + timedelta(days=2))
    with django_assert_max_num_queries(14) as for_one:
        shown(client, "message_next")
    for number in range(2):
        make_message(subject=f"Soon {number}", not_before=timezone.now() + timedelta(days=1), recipient=f"r{number}@x.example")
    make_message(subject="Gone", state="sent")

    with django_assert_max_num_queries(14) as for_three:
        page = shown(client, "message_next")

    assert len(for_one) == len(for_three)
    assert page.index("Soon 0") < page.index("Soon 1") < page.index("Later")
    assert "Gone" not in page


def test_a_page_is_called_what_the_menu_calls_it(client):
    for model in admin.site._registry:
        if model._meta.app_label == "outbox":
            page = shown(client, f"{model._meta.model_name}_changelist")
            assert f"<h1>{capfirst(model._meta.verbose_name_plural)}</h1>" in page


# The list -------------------------------------------------------------------------------------


def test_a_person_is_found_by_the_whole_address_or_by_its_beginning(client):
    make_message(subject="To Ada", recipient="ada@x.example")
    make_message(subject="To her namesake", recipient="ada@x.example.org")

    whole, beginning = shown(client, "message_changelist", q="ada@x.example"), shown(client, "message_changelist", q="ada@x")

    assert "To Ada" in whole
    assert "To her namesake" not in whole
    assert "To her namesake" in beginning


def test_the_list_is_narrowed_by_group_and_kind(client):
    make_message(subject="A nomination", kind="nominee_question")
    make_message(subject="A request", kind="request_approval")

    assert "A request" not in shown(client, "message_changelist", group="nominations")
    assert "A nomination" in shown(client, "message_changelist", group="nominations", kind="nominee_question")


def test_a_mail_in_a_mail_of_the_day_leads_to_it(client):
    day_mail = make_message(kind="day_mail", subject="Your day")
    part = make_message(state="merged", merged_into=day_mail)

    assert url("message_change", day_mail.pk) in shown(client, "message_changelist", state__exact="merged")
    assert url("message_change", part.pk) in shown(client, "message_change", day_mail.pk)


def test_many_in_doubt_are_settled_at_once_after_a_question(client):
    doubtful = [make_message(state="unknown", attempts=1, claimed_at=NOW) for _ in range(2)]
    failed = make_message(state="failed")
    chosen = {"action": "they_arrived", "_selected_action": [message.pk for message in [*doubtful, failed]]}

    asked = client.post(url("message_changelist"), chosen).content.decode()

    assert "It will not be sent again." in asked
    assert Message.objects.filter(state="unknown").count() == 2

    told = client.post(url("message_changelist"), chosen | {"confirmed": "1"}, follow=True).content.decode()

    assert Message.objects.filter(state="sent").count() == 2
    assert "2 mails: Marked as sent." in told
    assert "1 was not in doubt." in told


def test_a_sent_mail_goes_once_more_as_a_row_of_its_own(client):
    sent = make_message(state="sent", attempts=1)

    for _ in range(2):
        client.post(url("message_settle", sent.pk, "copy"))

    [copy] = Message.objects.exclude(pk=sent.pk)
    assert (copy.state, copy.text, copy.recipient) == ("queued", sent.text, sent.recipient)


def test_a_mail_of_the_day_goes_once_more_with_what_came_together_in_it(client):
    day_mail = make_message(kind="day_mail", state="sent")
    part = make_message(kind="profile_check", state="merged", merged_into=day_mail)

    for _ in range(2):
        client.post(url("message_settle", day_mail.pk, "copy"))

    copy = Message.objects.get(kind="day_mail", state="queued")
    assert [(one.text, one.about, one.state) for one in copy.merged.all()] == [(part.text, part.about, "merged")]
    assert "List-Unsubscribe" in unsubscribe_headers(copy)


def test_a_mail_of_a_mailing_goes_once_more_only_after_its_release(client):
    mailing = prepare_mailing(key="winners:1", title="Announcement", by=None, now=NOW)
    dropped = make_message(state="cancelled", mailing=mailing)

    told = client.post(url("message_settle", dropped.pk, "copy"), follow=True).content.decode()
    assert Message.objects.count() == 1
    assert "Queued as a mail of its own" not in told

    Mailing.objects.update(state="released")
    client.post(url("message_settle", dropped.pk, "copy"))
    assert Message.objects.count() == 2


# The hold, and addresses ----------------------------------------------------------------------


def test_mail_is_held_with_a_reason_that_every_page_shows_until_it_is_let_go(client):
    OutboxSettings(per_minute=30).save()
    assert "Hold all mail?" in shown(client, "outboxsettings_hold")
    assert not OutboxSettings.current().is_on_hold

    client.post(url("outboxsettings_hold"), {"why": ""})
    assert not OutboxSettings.current().is_on_hold
    client.post(url("outboxsettings_hold"), {"why": "A <wrong> list."})

    assert OutboxSettings.current().is_on_hold
    assert "A &lt;wrong&gt; list." in client.get(reverse("admin:index")).content.decode()

    client.post(url("outboxsettings_let_go"))
    settings = OutboxSettings.current()
    assert (settings.is_on_hold, settings.hold_reason, settings.per_minute) == (False, "", 30)
    assert "outbox-on-hold" not in client.get(reverse("admin:index")).content.decode()


def test_the_limits_are_checked_and_kept(client):
    assert (
        "less than or equal to 23"
        in client.post(url("outboxsettings_changelist"), {"per_minute": "60", "day_mail_at": "25"}).content.decode()
    )

    client.post(url("outboxsettings_changelist"), {"per_minute": "60", "day_mail_at": "7"})

    assert (OutboxSettings.current().per_minute, OutboxSettings.current().day_mail_at) == (60, 7)


def test_an_address_that_came_back_is_listed_with_the_reason_and_usable_again(client):
    dead = Recipient.objects.create(address="gone@customer.example", bounced_at=NOW, bounce_reason="No such user.")
    Recipient.objects.create(address="fine@customer.example")

    page = shown(client, "recipient_changelist", arrives="no")
    assert "No such user." in page
    assert "fine@" not in page

    client.post(url("recipient_changelist"), {"action": "usable_again", "_selected_action": [dead.pk]})
    dead.refresh_from_db()
    assert (dead.bounced_at, dead.bounce_reason) == (None, "")


# Words ----------------------------------------------------------------------------------------


def test_words_are_looked_at_before_they_are_saved(client):
    page = edit(client, "Dear {{ name }} & co, {{ note }}", button="look")

    assert "Preview, not saved yet" in page
    assert "Dear Grace &amp; co, You know them best." in page
    assert not Wording.objects.exists()
    framed = client.get(url("wording_preview", MAIL))
    assert "Dear Grace &amp; co" in framed.content.decode()
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert "script-src" not in framed["Content-Security-Policy"]


def test_words_are_saved_listed_with_who_and_when_and_given_back(client):
    default = find_mail(MAIL).body
    assert "the reader's first name" in shown(client, "wording_edit", MAIL)

    edit(client, "Dear {{ name }}", subject="Please, {{ name }}")

    wording = Wording.objects.get()
    assert (wording.template, wording.subject, wording.body) == (MAIL, "Please, {{ name }}", "Dear {{ name }}")
    assert "Changed by Tess Team on" in shown(client, "wording_changelist")

    client.get(url("wording_default", MAIL))
    assert Wording.objects.exists()
    client.post(url("wording_default", MAIL))
    assert not Wording.objects.exists()
    page = shown(client, "wording_edit", MAIL)
    assert "Back to the default" in page
    assert "Dear {{ name }}" in page.partition("What was changed")[2]

    edit(client, default)
    assert not Wording.objects.exists()


def test_words_that_are_refused_stay_in_the_form_with_the_reason(client):
    page = edit(client, "{% for x in y %}{{ salary }}", subject="{{ note }}")

    assert "commands are not allowed" in page
    assert "{{ salary }} is not a placeholder of this mail." in page
    assert "{{ note }} is not a placeholder of this mail." in page
    assert "{% for x in y %}{{ salary }}</textarea>" in page
    assert not Wording.objects.exists()


def test_words_that_fit_no_more_are_marked(client):
    Wording.objects.create(template=MAIL, body="Dear {{ gone }}", changed_at=NOW)

    assert "your words do not fit any more" in shown(client, "wording_changelist")
    page = shown(client, "wording_edit", MAIL)
    assert "{{ gone }} is not a placeholder of this mail." in page
    assert "please write down what you know of" in page


@pytest.mark.parametrize(
    ("permission", "name", "args"),
    [
        ("view_wording", "wording_edit", [MAIL]),
        ("view_wording", "wording_preview", [MAIL]),
        ("view_outboxsettings", "outboxsettings_hold", []),
        ("view_outboxsettings", "outboxsettings_let_go", []),
    ],
)
def test_staff_who_may_only_look_change_nothing(permission, name, args):
    judge = make_user("judge")
    judge.user_permissions.add(Permission.objects.get(codename=permission))
    client = Client()
    client.force_login(judge)

    assert client.get(url(name, *args)).status_code == 403
    assert client.post(url(name, *args), {"why": "x", "body": "x"}).status_code == 403
