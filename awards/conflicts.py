"""Who may not judge whom, and the sentence that says why. Reads facts it is given; no queries of its own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from advocacy.models import User
from awards.guest_ties import guest_tie
from awards.models import Judge
from nominations.models import Nomination


def with_facts(nominations):
    """Nominations with everything `conflict` looks at, in a fixed number of queries."""
    return nominations.select_related(
        "nominee__account__parent",
        "nominee__account__csm__manager",
        "nominee__account__account_executive__manager",
        "account__parent",
        "account__csm__manager",
        "account__account_executive__manager",
        "nominator__manager",
        "sponsor__manager",
    ).prefetch_related(
        "supporters__manager",
        "section_requests__colleague__manager",
        "account__subsidiaries",
        "nominee__account__subsidiaries",
        "co_nominees",
    )


def conflict(user: User | None, nomination: Nomination) -> str:
    """Why `user` may not judge `nomination`, as a sentence; empty when they may."""
    return Stakes(nomination).of(user)


def conflict_of(judge: Judge, nomination: Nomination) -> str:
    """The same for a judge, who may be a guest."""
    return Stakes(nomination).of_judge(judge)


class Stakes:
    """Who has a stake in a nomination, gathered once for any number of judges."""

    def __init__(self, nomination: Nomination):
        self._people, self._reports = {}, {}
        for role, person in people_of(nomination):
            self._people.setdefault(person.pk, role)
            self._reports.setdefault(person.manager_id, (person, role))
        self._nomination, self._group = nomination, list(_companies(nomination))
        self._companies = [account for account in self._group if account.domain]

    def of_judge(self, judge: Judge) -> str:
        return self.of(judge.user) if judge.user_id else guest_tie(judge, self._nomination, self._group)

    def of(self, user: User | None) -> str:
        if user is None:
            return ""
        if role := self._people.get(user.pk):
            return role
        if user.pk in self._reports:
            person, role = self._reports[user.pk]
            return _("Manager of %(name)s. %(role)s") % {"name": person.name, "role": role}
        return self._own_company(user)

    def _own_company(self, user):
        domain = user.email.rpartition("@")[2]
        for account in self._companies:
            if domain == account.domain or domain.endswith(f".{account.domain}"):
                return _("Works at %(company)s, the nominee's company or one of its group.") % {"company": account.name}
        return ""


def people_of(nomination: Nomination) -> Iterator[tuple[str, User]]:
    """Everyone of ours who has a stake in the nomination, with the sentence that says which."""
    for account in accounts_of(nomination):
        yield from _named(_("CSM of the nominee's company."), account.csm)
        yield from _named(_("Account executive of the nominee's company."), account.account_executive)
    yield from _named(_("Nominator of this customer."), nomination.nominator)
    yield from _named(_("Sponsor of this nomination."), nomination.sponsor)
    for supporter in nomination.supporters.all():
        yield _("Supporter of this nomination."), supporter
    for asked in nomination.section_requests.all():
        if asked.answered_at:
            yield _("Wrote a part of this nomination."), asked.colleague


def _named(role, person):
    return [(role, person)] if person else []


def accounts_of(nomination):
    """The account linked by hand or form, and the one the nominee works at now, where they differ."""
    accounts = [nomination.account, nomination.nominee.account if nomination.nominee else None]
    return list(dict.fromkeys(account for account in accounts if account))


def _companies(nomination):
    for account in accounts_of(nomination):
        yield account
        if account.parent:
            yield account.parent
        yield from account.subsidiaries.all()
