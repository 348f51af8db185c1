"""Customers worth nominating: who meets every line of eligibility, and who misses only one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from advocacy.eligibility import Line, Rules, eligibility
from advocacy.models import Account, Advocate
from advocacy.services.situation import person_from


@dataclass(frozen=True)
class Worth:
    """An account with the person there who meets the most lines; None where we know nobody."""

    account: Account
    person: Advocate | None
    lines: list[Line]

    @property
    def missed(self) -> list[Line]:
        return [line for line in self.lines if not line.holds]


def worth_nominating(accounts: Iterable[Account], *, rules: Rules, today: date) -> tuple[list[Worth], list[Worth]]:
    """Accounts that meet every line, and those that miss exactly one, each in the order given. Two queries."""
    accounts = list(accounts)
    people = defaultdict(list)
    known = Advocate.objects.filter(account__in=accounts).exclude(status=Advocate.Status.RETIRED)
    for person in known.select_related("account").order_by("name", "pk"):
        people[person.account_id].append(person)
    found = [_best(account, people[account.pk], rules, today) for account in accounts]
    return [one for one in found if not one.missed], [one for one in found if len(one.missed) == 1]


def _best(account, people, rules, today):
    """Nobody known is as somebody of whom nothing is known."""
    candidates = people or [Advocate(account=account)]
    judged = [Worth(account, person, eligibility(person_from(person), today, rules)) for person in candidates]
    best = min(judged, key=lambda worth: len(worth.missed))
    return best if people else Worth(account, None, best.lines)
