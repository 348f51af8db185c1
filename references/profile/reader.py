"""Who reads a profile: decided once, asked everywhere on the page."""

from dataclasses import dataclass
from datetime import datetime

from advocacy.models import Advocate, User
from advocacy.permissions import looks_after
from advocacy.working_time import day_of
from references.models import SearchRow
from references.sight import Company, Sight, sight_of


@dataclass(frozen=True)
class Reader:
    """`cares`: the CSM of the account and the team, who also change it. `sees_all`: they and leaders, who read."""

    user: User
    advocate: Advocate
    sight: Sight
    cares: bool
    sees_all: bool

    def tell(self, text: str, told_at: Company = ("", "")) -> str:
        return self.sight.tell(text, self.advocate, told_at)


def reader_of(user: User, advocate: Advocate, now: datetime) -> Reader:
    cares = looks_after(user, advocate.account)
    return Reader(
        user=user,
        advocate=advocate,
        sight=sight_of(user, advocate, SearchRow.objects.get(pk=advocate.pk), day_of(now)),
        cares=cares,
        sees_all=cares or user.has_perm("advocacy.view_all_advocates"),
    )
