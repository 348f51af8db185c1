"""What is done about what the clocks found: whom each reminder goes to, while its reason still holds."""

from datetime import datetime

from advocacy import reminder_mails
from advocacy.due import CONSENT_DAYS, OWNER_DAYS, TEAM_DAY, old_figures, running_out
from advocacy.models import Account, Recognition, User
from advocacy.people import responsible_for
from advocacy.roles import ADVOCACY_TEAM
from advocacy.working_time import day_of
from outbox.clocks import Due

__all__ = ["CONSENT_DAYS", "OWNER_DAYS", "TEAM_DAY", "consent_ends", "company_consent_ends", "figures_old", "recognition_owed"]


def consent_ends(due: Due, now: datetime) -> None:
    on = day_of(due.until)
    purposes = list(running_out("advocate").filter(advocate=due.about, expires_on=on).order_by("purpose"))
    for person in responsible_for(due.about.account, day_of(now)):
        reminder_mails.consent_ends(due.about, person, purposes=purposes, on=on, occurrence=due.mark, now=now)


def company_consent_ends(due: Due, now: datetime) -> None:
    on = day_of(due.until)
    purposes = list(running_out("account").filter(account=due.about, expires_on=on).order_by("purpose"))
    for person in responsible_for(due.about, day_of(now)):
        reminder_mails.company_consent_ends(due.about, person, purposes=purposes, on=on, occurrence=due.mark, now=now)


def figures_old(due: Due, now: datetime) -> None:
    accounts = old_figures(now).filter(pk__in=Account.objects.looked_after_by(due.about).values("pk"))
    reminder_mails.figures_old(due.about, accounts=accounts.order_by("metrics_as_of", "name", "pk"), occurrence=due.mark, now=now)


def recognition_owed(due: Due, now: datetime) -> None:
    recognition: Recognition = due.about
    is_last = due.day == TEAM_DAY
    team = User.objects.role(ADVOCACY_TEAM)
    for person in team if is_last else responsible_for(recognition.advocate.account, day_of(now)):
        reminder_mails.recognition_owed(recognition, person, is_last=is_last, occurrence=due.mark, now=now)
