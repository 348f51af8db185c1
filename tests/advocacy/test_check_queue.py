from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from advocacy.freshness import CHECKED
from advocacy.models import Advocate, PersonMatch, ProfileDoubt
from advocacy.profile_checks import queue
from advocacy.profile_checks.finding import ASK
from advocacy.services import activate_advocate, record_consent
from outbox import clocks
from outbox.models import Message
from outbox.recipients import mark_undeliverable
from tests.factories import make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def csm(client):
    csm = make_user("csm")
    client.force_login(csm)
    return csm


@pytest.fixture
def advocate(csm):
    return make_advocate(name="Ada Brandt", title="Head of Claims", account=make_account(name="Northwind", csm=csm))


def page(advocate):
    return reverse("check-profile", args=[advocate.pk])


def verified(advocate):
    return list(advocate.verifications.order_by("section").values_list("section", "method", "verified_by"))


def check(advocate, days_ago=0):
    for section in CHECKED:
        advocate.verifications.create(section=section, method="csm", verified_at=timezone.now() - timedelta(days=days_ago))


def test_a_namesake_of_another_csm_is_not_named(client, csm, advocate):
    other = make_advocate(name="Ada-Maria Brandt", account=make_account(name="Southwind", csm=make_user("csm")))
    PersonMatch.objects.create(advocate=advocate, other=other)

    mine = client.get(page(advocate)).content.decode()
    client.force_login(make_user("advocacy_team"))
    of_the_team = client.get(page(advocate)).content.decode()

    assert "Somebody of a similar name is known at another company." in mine
    assert not any(word in mine for word in ("Ada-Maria", "Southwind"))
    assert "Ada-Maria Brandt at Southwind" in of_the_team


def test_those_in_doubt_come_first_then_the_longest_overdue(csm):
    account = make_account(csm=csm)
    overdue, doubted, longest, fresh = (make_advocate(account=account) for _ in range(4))
    for person, days in ((overdue, 200), (doubted, 10), (longest, 300), (fresh, 10)):
        check(person, days)
    ProfileDoubt.objects.create(advocate=doubted, section="contact", reason="bounced", key="1")
    make_advocate(account=make_account(csm=make_user("csm")))

    assert queue.keys(csm, timezone.now()) == [doubted.pk, longest.pk, overdue.pk]


def test_one_click_says_that_it_is_right_and_opens_the_next(client, csm, advocate):
    following = make_advocate(account=advocate.account)
    ProfileDoubt.objects.create(advocate=advocate, section="role", reason="title", before="Boss", after="Chief", key="1")
    answer = client.get(page(advocate))
    assert "The job title was “Boss” and is said to be “Chief”." in answer.content.decode()

    answer = client.post(page(advocate), {"step": "right", "sections": answer.context["form"].initial["sections"]})

    assert answer.url == page(following)
    assert verified(advocate) == [(section, "csm", csm.pk) for section in sorted(CHECKED)]
    assert not ProfileDoubt.objects.open().exists()


@pytest.mark.parametrize("sections", [[], ["consent"], ["nonsense"]])
def test_only_sections_that_can_be_checked_are_taken(sections, client, advocate):
    client.post(page(advocate), {"sections": sections})

    assert verified(advocate) == []


def test_a_correction_is_kept_and_counts_as_checked(client, csm, advocate):
    answer = client.post(
        page(advocate),
        {"step": "correct", "name": "Ada Brandt", "title": "Head of Trains", "initial-title": "Head of Claims", "email": "",
         "initial-email": "", "max_asks_per_quarter": 3, "initial-max_asks_per_quarter": 3},
    )  # fmt: skip

    advocate.refresh_from_db()
    assert answer.status_code == 302
    assert advocate.title == "Head of Trains"
    assert [section for section, *_ in verified(advocate)] == sorted(CHECKED)


def test_an_address_that_takes_no_mail_is_corrected_not_waved_through(client, advocate):
    ProfileDoubt.objects.create(advocate=advocate, section="contact", reason="bounced", key="1")
    shown = {"name": "Ada Brandt", "max_asks_per_quarter": 3, "initial-max_asks_per_quarter": 3, "initial-email": advocate.email}

    answer = client.get(page(advocate))
    assert "contact" not in answer.context["form"].initial["sections"]
    client.post(page(advocate), {"step": "correct", "email": advocate.email, **shown})
    assert ProfileDoubt.objects.open().exists()
    client.post(page(advocate), {"step": "correct", "email": "ada@northwind.example", **shown})
    assert not ProfileDoubt.objects.open().exists()


def test_asking_the_customer_sends_the_link_once_a_day(client, csm, advocate):
    client.post(page(advocate), {"step": "ask"})
    assert "Asked today" in (shown := client.get(page(advocate)).content.decode())
    assert "Ask the customer, next" not in shown
    again = client.post(page(advocate), {"step": "ask"})
    clocks.run(clocks.rule_of(ASK), timezone.now())

    [message] = Message.objects.all()
    assert (message.kind, message.recipient, message.reply_to) == ("profile_check", advocate.email, csm.email)
    assert "Asked today already" in again.content.decode()


def test_nobody_is_asked_at_an_address_that_takes_no_mail(client, advocate):
    mark_undeliverable(advocate.email, "no such user", timezone.now())

    assert "Mail to this address comes back" in client.post(page(advocate), {"step": "ask"}).content.decode()
    assert not Message.objects.exists()


def test_who_has_left_goes_on_elsewhere_with_the_history(client, csm, advocate):
    there = make_account(name="Contoso", csm=csm)

    client.post(page(advocate), {"step": "left", "to": "Contoso"})

    advocate.refresh_from_db()
    assert (advocate.account, advocate.positions.get().account.name) == (there, "Northwind")
    # The address was of the company they left.
    assert list(ProfileDoubt.objects.open().values_list("section", "reason")) == [("contact", "employer")]


def test_who_has_left_for_somewhere_rests_and_is_proposed_where_the_name_is_known(client, advocate):
    elsewhere = make_advocate(name="Ada Brandt", account=make_account())

    client.post(page(advocate), {"step": "left", "to": ""})

    advocate.refresh_from_db()
    assert advocate.status == "retired"
    assert PersonMatch.objects.get().other == elsewhere


@pytest.mark.parametrize(("to", "status"), [("", "paused"), ("", "candidate"), ("Contoso", "active")])
def test_a_departure_is_undone_with_one_click_and_leaves_the_profile_as_it_was(to, status, client, csm, advocate):
    make_account(name="Contoso", csm=make_user("csm"))
    Advocate.objects.filter(pk=advocate.pk).update(status=status)
    ProfileDoubt.objects.create(advocate=advocate, section="role", reason="title", before="Boss", after="Chief", key="1")
    logo = {"purpose": "use_logo", "decision": "given", "given_by": "Ada Brandt", "text_shown": "Our logo.", "channels": ["web"]}
    record_consent(advocate=advocate, method="mail", now=timezone.now(), **logo)
    undo = reverse("undo-has-left", args=[advocate.pk])
    before = standing(advocate)

    client.post(page(advocate), {"step": "left", "to": to})
    changed = standing(advocate)
    offered = client.get(reverse("check-queue")).content.decode()
    undone = client.post(undo)
    again = client.post(undo, follow=True).content.decode()

    assert f'action="{undo}"' in offered
    assert changed != before == standing(advocate)
    assert undone.url == page(advocate)
    assert "there is nothing to undo any more" in again


def standing(advocate):
    advocate.refresh_from_db()
    consents = [(consent.purpose, consent.channels) for consent in advocate.consents.in_force(timezone.localdate())]
    doubts = list(ProfileDoubt.objects.open().values_list("section", "reason"))
    return (
        advocate.account.name,
        advocate.title,
        advocate.status,
        advocate.positions.count(),
        verified(advocate),
        consents,
        doubts,
    )


def test_what_was_changed_since_is_not_undone(client, csm, advocate, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.post(page(advocate), {"step": "left", "to": ""})
    again = client.post(page(advocate), {"step": "left", "to": ""}).content.decode()
    activate_advocate(advocate=advocate, by=csm, now=timezone.now())

    time_machine.shift(timedelta(hours=1))
    assert "noted as having left" not in client.get(reverse("check-queue")).content.decode()
    answer = client.post(reverse("undo-has-left", args=[advocate.pk]), follow=True).content.decode()

    assert "was noted as having left before" in again
    assert "was changed since, or this was undone already" in answer


def test_the_queue_costs_the_same_for_one_and_for_three(client, csm, django_assert_max_num_queries):
    account = make_account(csm=csm)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_advocate(account=account)
        with django_assert_max_num_queries(40) as queries:
            client.get(reverse("check-queue"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
