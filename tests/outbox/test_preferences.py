"""What people switch, and the signed pages they switch it on."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from outbox import preferences
from outbox.models import Message, Preference, Recipient
from outbox.preferences import STOP, choose, link_to_choose, link_to_stop
from outbox.recipients import is_undeliverable, mark_undeliverable, refusal
from outbox.services import write_message
from tests.factories import NOW, make_account, make_message, make_user

pytestmark = pytest.mark.django_db

ZOE = "zoe@northwind.example"


def write(**fields):
    return write_message(
        **{
            "kind": "note",
            "about": fields.pop("about", None) or make_account(),
            "recipient": ZOE,
            "occurrence": "once",
            "subject": "A note",
            "template": "mails_link",
            "context": {},
            "not_before": NOW,
        }
        | fields
    )


def path_of(link):
    return "/" + link.split("/", 3)[3]


def choices_of(address=ZOE):
    return dict(Preference.objects.filter(address=address).values_list("group", "choice"))


def test_what_is_switched_off_is_a_cancelled_row_that_says_why_but_for_what_must_come():
    choose(ZOE, {"notes": "off"}, now=NOW)

    note, must = write(), write(kind="must")

    assert (note.state, must.state) == ("cancelled", "queued")
    assert note.last_error == "zoe@northwind.example does not want mails of this kind: “Notes” is switched off."


def test_what_is_switched_off_after_the_writing_is_refused_at_the_sending():
    note = write()
    assert refusal(note, NOW) == ""

    choose(" Zoe@Northwind.example", {"notes": "off"}, now=NOW)

    assert "is switched off" in refusal(note, NOW)
    assert refusal(make_message(kind="of an older version", recipient=ZOE), NOW) == ""


def test_a_link_that_was_passed_on_names_nobody_whose_mail_waits(client):
    make_message(kind="letter", recipient=ZOE, subject="The award of Ada Byron", is_gathered=True, not_before=NOW)

    passed_on = client.get(path_of(link_to_choose(ZOE, now=timezone.now()))).content.decode()
    assert "A letter" in passed_on
    assert "Ada Byron" not in passed_on

    client.force_login(make_user("csm", email=ZOE, time_zone="Europe/Berlin"))
    own = client.get(reverse("my-mails")).content.decode()
    assert "The award of Ada Byron" in own
    assert "UTC" not in own


def test_no_mail_goes_where_none_arrives_until_a_person_says_that_it_works_again(client):
    person = make_user("csm", email=ZOE)
    mark_undeliverable("Zoe@northwind.example", "550 no such user", NOW)

    assert is_undeliverable(ZOE)
    assert write(kind="must").last_error.endswith("550 no such user")

    client.force_login(person)
    page = client.get(reverse("my-mails"))
    assert "550 no such user" in page.content.decode()
    client.post(reverse("my-mails"), {"works_again": "1"})

    assert not is_undeliverable(ZOE)
    assert write(kind="must", occurrence="again").state == "queued"


def test_somebody_with_an_account_chooses_by_group(client):
    person = make_user("sales")
    client.force_login(person)
    groups = [wish.group.code for wish in preferences.wishes_of(person.email, is_colleague=True)]
    assert "references" in groups
    assert "account" not in groups

    client.post(reverse("my-mails"), dict.fromkeys(groups, "at_once") | {"references": "daily", "news": "off"})

    assert choices_of(person.email) == dict.fromkeys(groups, "at_once") | {"references": "daily", "news": "off"}


def test_somebody_outside_sees_by_link_what_they_get_and_nothing_of_ours(client):
    make_message(kind="profile_check", recipient=ZOE)
    address = path_of(link_to_choose(ZOE, now=timezone.now()))

    page = client.get(address)

    assert "Is what we know about you still right?" in page.content.decode()
    assert "A profile to check with the customer" not in page.content.decode()
    assert list(page.context["form"].fields) == ["profiles"]
    assert page["Referrer-Policy"] == "same-origin"
    assert not Preference.objects.exists()
    client.post(address, {"profiles": "off"})
    assert choices_of() == {"profiles": "off"}


def test_one_click_switches_off_and_a_scanner_that_opens_the_link_does_not(client):
    address = path_of(link_to_stop(ZOE, ["notes"], now=timezone.now()))
    outside = type(client)(enforce_csrf_checks=True)

    page = outside.get(address)
    assert "Nothing has changed yet." in page.content.decode()
    assert choices_of() == {}

    for _click in range(2):
        assert outside.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert choices_of() == {"notes": "off"}
    assert "Nothing has changed yet." not in outside.get(address).content.decode()


def test_the_mail_carries_the_link_in_its_footer_and_its_headers_unless_it_must_come():
    note, must = write(), write(kind="must")

    headers = preferences.unsubscribe_headers(note)
    token = headers["List-Unsubscribe"].rstrip("/>").rpartition("/")[2]

    assert preferences.read_token(token, purpose=STOP, now=timezone.now()).groups == ("notes",)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/mails/" in note.text
    assert "/mails/" in note.html
    assert preferences.unsubscribe_headers(must) == {}
    assert "/mails/" not in must.text


@pytest.mark.parametrize("token", ["x", "!", "bm90IHNpZ25lZA", "é"])
def test_a_link_that_is_not_ours_says_so_and_leads_on(client, token):
    for name in ("mails-by-link", "mails-stop"):
        page = client.post(reverse(name, args=[token]))
        assert page.status_code == 404
        assert "We do not know this link." in page.content.decode()
        assert reverse("my-mails") in page.content.decode()
    assert not Preference.objects.exists()


def test_a_link_opens_only_what_it_was_made_for(client):
    to_choose = link_to_choose(ZOE, now=timezone.now()).rstrip("/").rpartition("/")[2]
    to_stop = link_to_stop(ZOE, ["notes"], now=timezone.now()).rstrip("/").rpartition("/")[2]

    assert client.post(reverse("mails-stop", args=[to_choose])).status_code == 404
    assert client.get(reverse("mails-by-link", args=[to_stop])).status_code == 404


def test_an_expired_link_sends_a_new_one_to_its_own_address_once_a_day(client):
    with time_machine.travel(NOW, tick=False):
        old = path_of(link_to_choose(ZOE, now=NOW - timedelta(days=366)))
        assert client.get(old).status_code == 410
        assert not Recipient.objects.exists()
        for _click in range(2):
            assert "is on its way" in client.post(old, {"notes": "off"}).content.decode()

        mail = Message.objects.get(kind="mails_link")
        assert mail.recipient == ZOE
        assert client.get(path_of(mail.text.split("mails:\n")[1].split()[0])).status_code == 200
    assert choices_of() == {}
