from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from advocacy import usage
from advocacy.models import Account, Advocate, Consent, User
from advocacy.services.tiers import refresh_tiers_of_consent


def record_consent(
    *,
    purpose: str,
    decision: str,
    given_by: str,
    method: str,
    text_shown: str,
    now: datetime,
    advocate: Advocate | None = None,
    account: Account | None = None,
    evidence: str = "",
    recorded_by: User | None = None,
    channels: Iterable[str] = (),
    expires_on: date | None = None,
) -> Consent:
    """Write down what a person, or an account for its name and logo, allowed or took back.

    Never changes an earlier row: the newest on a purpose is the one in force.
    """
    consent = Consent.objects.create(
        advocate=advocate,
        account=account,
        purpose=purpose,
        decision=decision,
        given_by=given_by,
        method=method,
        text_shown=text_shown,
        evidence=evidence,
        recorded_by=recorded_by,
        channels=list(channels),
        expires_on=expires_on,
        decided_at=now,
    )
    refresh_tiers_of_consent(consent=consent)
    return consent


def last_words(*, advocate: Advocate, accounts: Iterable[int]) -> list[Consent]:
    """The newest word on each purpose of a person and of some companies (primary keys), the newest first."""
    whose = Q(advocate=advocate) | Q(account__in=list(accounts))
    return list(Consent.objects.filter(whose).latest().select_related("recorded_by"))


def uses_from(*, words: Iterable[Consent], account: Account | None, on: date) -> dict[str, usage.Use]:
    """What may be used outside of a person at `account`, from their `last_words`."""
    person, company = [], []
    for word in words:
        if word.advocate_id or (account and word.account_id == account.pk):
            (person if word.advocate_id else company).append(
                usage.Word(
                    purpose=word.purpose,
                    given=word.decision == Consent.Decision.GIVEN,
                    channels=tuple(word.channels),
                    expires_on=word.expires_on,
                )
            )
    locked_down = account is not None and account.publicity_status == Account.Publicity.LOCKED_DOWN
    return usage.uses(person, company, on, locked_down=locked_down)
