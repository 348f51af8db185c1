"""Mails to many: prepared, looked at, released by a person, cancellable until handed over."""

import pytest
from django.urls import reverse

from outbox import mailings
from outbox.exceptions import MailingRefused
from outbox.mailings import Released, Stopped, cancel_mailing, prepare_mailing, release_mailing
from outbox.models import Mailing, Message
from outbox.preferences import choose
from outbox.services import write_message
from tests.factories import NOW, make_user
from tests.races import simultaneously


def prepare(*addresses, key="news:1", **fields):
    mailing = prepare_mailing(key=key, title="News of spring", by=None, now=NOW)
    for address in addresses:
        write_message(
            kind="note",
            about=mailing,
            recipient=address,
            occurrence=key,
            subject=f"News for {address}",
            template="account_changed",
            context={"change": "Spring.", "link": f"https://laurel.example/verify/{'s3cret' * 6}/", "link_text": "Look"},
            not_before=NOW,
            mailing=mailing,
            **fields,
        )
    return mailing


def states(mailing):
    return sorted(mailing.messages.values_list("state", flat=True))


@pytest.mark.django_db
def test_nothing_goes_before_a_person_releases_it_and_then_it_goes_once():
    team, mailing = make_user("advocacy_team"), prepare("a@x.example", "b@x.example")
    assert prepare("a@x.example", "b@x.example") == mailing
    assert states(mailing) == ["held", "held"]

    assert release_mailing(mailing=mailing, by=team, now=NOW) == Released(2, 0)
    assert release_mailing(mailing=mailing, by=team, now=NOW) == Released(0, 0)

    mailing.refresh_from_db()
    assert (mailing.state, mailing.decided_by, mailing.decided_at) == ("released", team, NOW)
    assert Message.objects.due(NOW).count() == 2


@pytest.mark.django_db
def test_what_nobody_gets_is_not_released():
    with pytest.raises(MailingRefused, match="nobody would get it"):
        release_mailing(mailing=prepare(), by=None, now=NOW)
    choose("a@x.example", {"notes": "off"}, now=NOW)
    with pytest.raises(MailingRefused, match="nobody would get it"):
        release_mailing(mailing=prepare("a@x.example"), by=None, now=NOW)


@pytest.mark.django_db
def test_a_cancelled_mailing_stops_what_has_not_gone_and_tells_the_rest():
    mailing = prepare("a@x.example", "b@x.example", "c@x.example")
    release_mailing(mailing=mailing, by=None, now=NOW)
    mailing.messages.filter(recipient="a@x.example").update(state="sent", sent_at=NOW)

    assert cancel_mailing(mailing=mailing, by=None, now=NOW) == Stopped(2, 1)
    assert cancel_mailing(mailing=mailing, by=None, now=NOW) == Stopped(0, 1)

    with pytest.raises(MailingRefused, match="was cancelled"):
        release_mailing(mailing=mailing, by=None, now=NOW)
    prepare("late@x.example")
    assert states(mailing) == ["cancelled", "cancelled", "cancelled", "sent"]


@pytest.mark.django_db
def test_a_mailing_that_has_gone_whole_stays_released():
    mailing = prepare("a@x.example")
    release_mailing(mailing=mailing, by=None, now=NOW)
    mailing.messages.update(state="sent", sent_at=NOW)

    assert cancel_mailing(mailing=mailing, by=None, now=NOW) == Stopped(0, 1)

    mailing.refresh_from_db()
    assert mailing.state == "released"


@pytest.mark.django_db
def test_what_was_left_out_or_not_looked_at_stays_home():
    mailing = prepare("a@x.example", "b@x.example", "c@x.example")
    first, second, _third = mailing.messages.order_by("pk")

    released = release_mailing(mailing=mailing, by=None, now=NOW, left_out=[first.pk], newest=second.pk)

    assert released == Released(1, 1)
    assert states(mailing) == ["cancelled", "held", "queued"]


@pytest.mark.django_db(transaction=True)
def test_of_two_releasers_one_releases():
    mailing = prepare("a@x.example", "b@x.example")
    counts = simultaneously(2, lambda number: release_mailing(mailing=mailing, by=None, now=NOW).sent)
    assert sorted(counts) == [0, 2]


@pytest.mark.django_db
def test_the_team_looks_at_each_mail_and_releases_with_two_clicks(client):
    mailing = prepare("a@x.example", "b@x.example")
    first = mailing.messages.order_by("pk").first()
    client.force_login(make_user("advocacy_team"))

    listed = client.get(reverse("admin:outbox_mailing_changelist")).content.decode()
    page = client.get(reverse("admin:outbox_mailing_change", args=[mailing.pk]) + "?q=a@x").content.decode()
    mail = client.get(reverse("admin:outbox_mailing_mail", args=[mailing.pk, first.pk])).content.decode()
    html = client.get(reverse("admin:outbox_mailing_mail_html", args=[mailing.pk, first.pk]))
    asked = client.get(reverse("admin:outbox_mailing_release", args=[mailing.pk]))

    assert "News of spring" in listed
    assert ("News for a@x.example" in page, "News for b@x.example" in page) == (True, False)
    assert "The next mail" in mail
    assert "s3crets3cret" not in mail + html.content.decode()
    assert "sandbox" in html["Content-Security-Policy"]
    assert "goes to 2 recipients at once" in asked.content.decode()
    assert states(mailing) == ["held", "held"]
    late = prepare("late@x.example")
    told = client.post(
        reverse("admin:outbox_mailing_release", args=[mailing.pk]), {"newest": asked.context["newest"].pk}, follow=True
    ).content.decode()
    assert "2 mails are on their way." in told
    assert states(late) == ["held", "queued", "queued"]
    assert (
        "3 mails were stopped."
        in client.post(reverse("admin:outbox_mailing_cancel", args=[mailing.pk]), follow=True).content.decode()
    )


@pytest.mark.django_db
def test_the_app_a_mailing_belongs_to_may_hold_it_back(monkeypatch):
    noted = []
    keeper = mailings.Keeper(
        "news:",
        lock=lambda mailing: None,
        why_not=lambda mailing, now: "" if noted else "Not before spring.",
        noted=lambda *facts: noted.append(facts),
        page=lambda mailing: "/",
    )
    monkeypatch.setattr(mailings, "_keepers", [keeper])
    mailing = prepare("a@x.example")

    with pytest.raises(MailingRefused, match="Not before spring"):
        release_mailing(mailing=mailing, by=None, now=NOW)
    noted.append("spring")
    release_mailing(mailing=mailing, by=None, now=NOW)

    assert noted[1:] == [(mailing, None, NOW, Released(1, 0))]


@pytest.mark.django_db
def test_the_list_of_mailings_asks_as_much_for_three_as_for_one(client, django_assert_max_num_queries):
    client.force_login(make_user("advocacy_team"))
    address = reverse("admin:outbox_mailing_changelist")
    prepare("a@x.example", key="news:1")
    client.get(address)
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    for number in (2, 3):
        prepare("a@x.example", "b@x.example", key=f"news:{number}")
    with django_assert_max_num_queries(len(one)):
        client.get(address)
    assert Mailing.objects.count() == 3
