"""What puts a profile in doubt, whatever wrote the change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from advocacy.importer import bulk
from advocacy.importer.advocates import AdvocateImport
from advocacy.models import Account, Advocate, PersonMatch, ProfileDoubt
from advocacy.profile_checks import confirm_sections
from advocacy.profile_checks.doubts import raise_doubts
from advocacy.services import verify_section
from advocacy.workflow import record_change
from outbox.recipients import mark_undeliverable
from tests.factories import activity, make_account, make_advocate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def advocate():
    account = make_account(name="Northwind", domain="northwind.example", csm=make_user("csm", name="Ada Stone"))
    return make_advocate(name="Lee Marsh", email="lee@northwind.example", title="Head of Claims", account=account)


def doubts(advocate):
    return sorted(advocate.doubts.open().values_list("section", "reason"))


def copied(instance, **values):
    for name, value in values.items():
        setattr(instance, name, value)
    bulk.update([(instance, list(values))])


CHANGES = {
    "a title": (lambda a: Advocate.objects.filter(pk=a.pk).update(title="Chief of Trains"), [("role", "title")]),
    "a title by COPY": (lambda a: copied(a, title="Chief of Trains"), [("role", "title")]),
    "another case": (lambda a: copied(a, title="HEAD OF CLAIMS"), []),
    "an employer": (
        lambda a: copied(a, account=make_account()), [("contact", "employer"), ("role", "employer")],
    ),
    "a CSM by COPY": (lambda a: copied(a.account, csm=make_user("csm")), [("willingness", "csm")]),
    "no CSM": (lambda a: Account.objects.update(csm=None), [("willingness", "csm")]),
    "a domain": (lambda a: Account.objects.update(domain="contoso.example"), [("contact", "account_domain")]),
    "a shorter domain": (lambda a: Account.objects.update(domain="example"), []),
    "an address elsewhere": (lambda a: copied(a, email="lee@web.example"), [("contact", "mail_domain")]),
    "an address of the same company": (lambda a: copied(a, email="lee@mail.northwind.example"), []),
    "something else": (lambda a: copied(a, bio="Likes trains."), []),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_raises_its_doubt_and_a_check_settles_it(change, expected, advocate):
    change(advocate)

    assert doubts(advocate) == expected
    for section, _reason in expected:
        verify_section(advocate=advocate, section=section, method="csm", now=timezone.now())
    assert doubts(advocate) == []


def test_candidates_are_not_doubted(advocate):
    Advocate.objects.update(status="candidate")
    Advocate.objects.update(title="Chief of Trains")

    assert doubts(advocate) == []


def test_mail_that_came_back_asks_for_a_new_address_once(advocate):
    mark_undeliverable(advocate.email, "no such user", timezone.now())

    assert (raise_doubts(timezone.now()), raise_doubts(timezone.now())) == (1, 0)
    assert doubts(advocate) == [("contact", "bounced")]
    confirm_sections(advocate=advocate, sections=["contact"], by=make_user("advocacy_team"), now=timezone.now())
    assert (raise_doubts(timezone.now()), doubts(advocate)) == (0, [])


@pytest.mark.parametrize(
    ("states", "expected"), [(["expired", "expired"], 2), (["done", "expired"], 0), (["expired", "done"], 0)]
)
def test_two_asks_in_a_row_without_an_answer(states, expected, advocate):
    for number, state in enumerate(states):
        ended_at = timezone.now() - timedelta(days=10 - number)
        ask = advocate.asks.create(activity_type=activity(), state=state, counts_on=ended_at.date(), ended_at=ended_at)
        record_change(ask, from_status="proposed", to_status="asked")

    raise_doubts(timezone.now())

    assert len(doubts(advocate)) == expected


def test_places_nobody_acted_on_are_no_silence_of_the_customer(advocate):
    for _ in range(2):
        advocate.asks.create(activity_type=activity(), state="expired", counts_on=timezone.now().date(), ended_at=timezone.now())

    assert raise_doubts(timezone.now()) == 0


def test_the_address_of_another_company_we_know_leads_to_the_person_there(advocate):
    Advocate.objects.update(email="lee@contoso.example")
    advocate.doubts.all().delete()
    there = make_account(name="Contoso", domain="contoso.example")
    twin = make_advocate(name="Lee Marsh", email="", account=there)

    raise_doubts(timezone.now())
    assert doubts(advocate) == [("contact", "mail_domain"), ("role", "mail_domain")]
    assert PersonMatch.objects.get().other == twin
    raise_doubts(timezone.now())
    assert ("role", "known_twice") in doubts(advocate)
    assert "Contoso" not in advocate.doubts.get(reason="known_twice").sentence  # its CSM may not see who is known there


def test_an_import_that_says_otherwise_asks_and_the_same_file_asks_no_more(advocate, tmp_path):
    def take(text):
        (tmp_path / "people.csv").write_text(text)
        AdvocateImport(path=tmp_path / "people.csv", now=timezone.now()).run()

    make_account(name="Contoso")
    file = "name,email,title,account\nLee Marsh,lee@northwind.example,Head of Trains,Northwind\n"

    for _ in range(2):
        take(file)
        assert list(ProfileDoubt.objects.values_list("reason", "before", "after")) == [
            ("title", "Head of Claims", "Head of Trains")
        ]
    verify_section(advocate=advocate, section="role", method="csm", now=timezone.now())
    take(file)

    assert doubts(advocate) == []
    take(file.replace("Northwind\n", "Contoso\n"))
    assert doubts(advocate) == [("contact", "employer"), ("role", "employer")]


def test_a_quiet_look_costs_one_query(advocate, django_assert_num_queries):
    raise_doubts(timezone.now())

    with django_assert_num_queries(1):
        raise_doubts(timezone.now())
