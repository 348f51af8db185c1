"""Why a guest may not judge a nomination. Pure over facts it is given; guests have no ties to our own people."""

from django.utils.translation import gettext as _

from awards.models import Judge
from nominations.models import Nomination

# Addresses anyone may have say nothing about where somebody works.
PUBLIC_DOMAINS = set(
    "aol.com gmail.com gmx.de gmx.net googlemail.com hotmail.com icloud.com live.com mail.com me.com outlook.com "
    "proton.me protonmail.com web.de yahoo.com".split()
)


def guest_tie(judge: Judge, nomination: Nomination, companies) -> str:
    """The sentence, or nothing. `companies` are the accounts of the nominee's group.

    It names nobody: a guest may have to read the story without knowing whose it is.
    """
    if judge.guest_email.lower() in _addresses(nomination):
        return _("This is the guest's own nomination.")
    if _accounts_of(judge) & {account.pk for account in companies}:
        return _("The guest is of the nominee's company or its group.")
    if _shares_domain(judge, nomination, companies):
        return _("The guest's e-mail address is of the nominee's company or its group.")
    return ""


def _addresses(nomination):
    people = [nomination.nominee, *nomination.co_nominees.all()] if nomination.nominee else nomination.co_nominees.all()
    return {(nomination.nominee_as_given.get("email") or "").lower(), *(person.email.lower() for person in people)} - {""}


def _accounts_of(judge):
    account = judge.guest_account
    return {pk for pk in (account.pk, account.parent_id) if pk} if account else set()


def _shares_domain(judge, nomination, companies):
    domain = domain_of(judge.guest_email)
    if not domain or domain in PUBLIC_DOMAINS:
        return False
    theirs = {account.domain.lower() for account in companies} | {domain_of(address) for address in _addresses(nomination)}
    return any(domain == other or domain.endswith(f".{other}") for other in theirs - {""})


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().lower()
