from datetime import date

from advocacy.models import Account, User
from advocacy.roles import ADVOCACY_TEAM


def responsible_for(account: Account | None, on: date) -> list[User]:
    """Who looks after an account on a day: its CSM, their deputy in their absence, else the advocacy team."""
    csm = account and account.csm
    for person in [csm, csm and csm.deputy]:
        if person and person.is_active and not person.is_absent(on):
            return [person]
    return list(User.objects.role(ADVOCACY_TEAM))


def is_responsible_for(user: User, account: Account | None, on: date) -> bool:
    return user in responsible_for(account, on)


def looks_after(user: User, account: Account | None, on: date) -> bool:
    """The CSM, also while away, and whoever is responsible in the meantime."""
    return bool(account and account.csm_id == user.pk) or is_responsible_for(user, account, on)
