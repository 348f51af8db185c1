from collections.abc import Iterable
from datetime import date, datetime

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
