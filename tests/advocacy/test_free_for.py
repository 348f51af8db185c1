"""The SQL for lists and the pure function for one person say the same in any situation."""

import random
from datetime import timedelta

import pytest

from advocacy.availability import CONSENTS
from advocacy.models import (
    Account,
    ActivityType,
    Advocate,
    Ask,
    Consent,
    FreshnessPolicy,
    ProfileDoubt,
    Verification,
    Willingness,
)
from advocacy.services import availabilities
from tests.factories import NOW, activity

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
CODES = ["reference-call", "review", "video", "speaking", "site-visit", "advisory-board", "referral", "award"]
# Days from today on which windows of 90 and 365 days and rests of 30 and 90 begin and end.
EDGES = [-365, -364, -90, -89, -60, -46, -45, -44, -31, -30, -29, -1, 0, 1, 29, 30, 43, 44, 45, 60, 89, 90, 364, 365]


@pytest.mark.parametrize("seed", range(3))
def test_sql_and_the_pure_function_agree(seed):
    people = Situations(seed).people(200)

    for code in CODES:
        for days_ahead in (0, 20):
            assert_same(people, activity(code), TODAY + timedelta(days=days_ahead))


def assert_same(people, activity_type, on):
    found = availabilities(people, activity_type, NOW, on)
    expected = {pk for pk, availability in found.items() if availability.is_free}
    free = set(Advocate.objects.free_for(activity_type, on, NOW).values_list("pk", flat=True))
    assert free == expected, {pk: found[pk].codes for pk in free ^ expected}


def test_they_agree_on_windows_that_are_just_full_or_just_not():
    review = activity("review")
    review.cap = 3
    situations = Situations(0)
    people = Advocate.objects.bulk_create(Advocate(name="A", status="active", max_asks_per_quarter=99) for _ in range(300))
    Willingness.objects.bulk_create(Willingness(advocate=person, activity_type=review, answer="yes") for person in people)
    Verification.objects.bulk_create(
        Verification(advocate=person, section=section, verified_at=NOW, method="csm")
        for person in people
        for section in ("contact", "role")
    )
    Ask.objects.bulk_create(
        Ask(advocate=person, activity_type=review, state="done", counts_on=TODAY + timedelta(days=days))
        for person in people
        for days in situations.random.choices([-90, -89, -60, -45, -30, 0, 1, 30, 44, 45, 60, 89, 90], k=5)
    )

    assert_same(people, review, TODAY)


def test_the_situations_are_worth_comparing():
    found = availabilities(Situations(0).people(300), activity(), NOW).values()

    assert 10 < sum(availability.is_free for availability in found) < 290
    assert {code for availability in found for code in availability.codes} >= {
        "retired", "candidate", "paused", "not_willing", "not_a_customer", "not_using", "too_soon", "open_escalation",
        "renewal", "health", "nps", "in_flight", "cap_activity", "cap_person", "cap_account", "resting", "declined",
        "consent", "not_verified", "not_now",
    }  # fmt: skip


class Situations:
    """Advocates in all kinds of situations, most facts good so that the others decide; the same for a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.types = list(ActivityType.objects.all())

    def people(self, number):
        accounts = Account.objects.bulk_create(self.account(index) for index in range(number // 3))
        people = Advocate.objects.bulk_create(self.advocate(index, accounts) for index in range(number))
        Willingness.objects.bulk_create(row for person in people for row in self.willingness(person))
        Consent.objects.bulk_create(row for person in people for row in self.consents(person))
        Verification.objects.bulk_create(row for person in people for row in self.verifications(person))
        ProfileDoubt.objects.bulk_create(row for person in people for row in self.doubts(person))
        FreshnessPolicy.objects.create(section="role", tier="gold", check_after=100, grace=50)
        Ask.objects.bulk_create(
            self.ask(person, accounts) for person in people for _ in range(self.random.choice([0, 0, 0, 1, 2, 4]))
        )
        return list(Advocate.objects.all())

    def mostly(self, usual, *others):
        return usual if self.random.random() < 0.93 else self.random.choice(others)

    def day(self, first, last):
        return TODAY + timedelta(days=self.random.randint(first, last))

    def account(self, index):
        return Account(
            name=f"Account {index}",
            lifecycle=self.mostly("customer", "prospect", "former"),
            customer_since=self.mostly(None, self.day(-95, -85), self.day(-400, 0)),
            usage_active=self.mostly(True, False, None),
            renewal_date=self.mostly(None, self.day(-5, 5), self.day(55, 65), self.day(-100, 200)),
            open_escalation=self.mostly(False, True),
            health_score=self.mostly(None, 69, 70, 10),
            metrics_as_of=self.mostly(TODAY, self.day(-47, -43), None),
            max_asks_per_quarter=self.mostly(4, 0, 1),
        )

    def advocate(self, index, accounts):
        return Advocate(
            name=f"Advocate {index}",
            account=self.mostly(self.random.choice(accounts), None),
            tier=self.mostly("none", "gold"),
            status=self.mostly("active", "candidate", "paused", "paused", "retired"),
            paused_until=self.random.choice([None, TODAY, self.day(-3, 3), self.day(0, 90)]),
            rests_until=self.mostly(None, TODAY, self.day(-3, 3), self.day(18, 22)),
            nps=self.mostly(None, 8, 9, 0),
            nps_on=self.mostly(TODAY, self.day(-367, -363), None),
            max_asks_per_quarter=self.mostly(3, 0, 1),
        )

    def willingness(self, person):
        for activity_type in self.types:
            if answer := self.mostly("yes", "ask_first", "no", None):
                yield Willingness(advocate=person, activity_type=activity_type, answer=answer, cap=self.mostly(None, 0, 1, 2, 3))

    def consents(self, person):
        for purpose in sorted(set(CONSENTS.values())):
            for _ in range(self.mostly(1, 0, 2, 3)):
                yield Consent(
                    advocate=person,
                    purpose=purpose,
                    decision=self.mostly("given", "withdrawn"),
                    decided_at=NOW - timedelta(hours=self.random.randint(0, 3)),
                    expires_on=self.mostly(None, self.day(-2, 2), self.day(15, 25)),
                    given_by=person.name,
                    method="mail",
                    text_shown="Yes.",
                )

    def verifications(self, person):
        for section in ["contact", "role", "story"]:
            for _ in range(self.mostly(1, 0, 2)):
                days = 150 if section == "role" and person.tier == "gold" else 240
                verified_at = self.mostly(NOW, NOW - timedelta(days=days, hours=self.random.randint(-30, 30)))
                yield Verification(advocate=person, section=section, verified_at=verified_at, method="csm")

    def doubts(self, person):
        for section in ["contact", "role"]:
            raised_at = self.mostly(None, NOW, NOW - timedelta(days=60, hours=self.random.randint(-30, 30)))
            settled_at = self.mostly(None, NOW)
            if raised_at:
                yield ProfileDoubt(
                    advocate=person, section=section, reason="csm", key="1", raised_at=raised_at, settled_at=settled_at
                )

    def ask(self, person, accounts):
        state = self.random.choice(["done"] * 6 + list(Ask.State))
        return Ask(
            advocate=person,
            account=self.random.choice([person.account, person.account, self.random.choice(accounts), None]),
            activity_type=self.random.choice([activity_type for activity_type in self.types if activity_type.code in CODES]),
            state=state,
            counts_on=TODAY + timedelta(days=self.random.choice(EDGES)),
            held_until=self.random.choice([None, NOW, NOW + timedelta(hours=1), NOW - timedelta(hours=1)]),
            ended_at=NOW - timedelta(days=self.random.randint(0, 40), hours=self.random.randint(0, 23)),
        )
