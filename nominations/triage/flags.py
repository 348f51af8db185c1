"""What speaks against a nomination, each with its reason. No queries beyond the rows handed in."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from advocacy.availability import METRICS_DAYS, show
from advocacy.eligibility import DEFAULT_RULES, Rules, eligibility, is_current
from advocacy.models import Account
from advocacy.services.situation import person_from
from nominations.models import Nomination, NomineeReply

FROM_FIGURES = {"health", "usage"}


@dataclass(frozen=True)
class Flag:
    code: str
    reason: str
    is_heavy: bool = False


def flags_of(
    nomination: Nomination, *, has_categories: bool, is_cleared: bool, today: date, rules: Rules = DEFAULT_RULES
) -> list[Flag]:
    """Heavy flags, which stand in the way of winning, come first; then the lines of eligibility that do not hold."""
    return [*_of_program(nomination, has_categories, is_cleared), *_of_customer(nomination, today, rules)]


def _of_program(nomination, has_categories, is_cleared):
    account, reply = nomination.account, getattr(nomination, "reply", None)
    if account is None:
        yield Flag("account", _("No account: link it to a company."), True)
    if nomination.nominee_id is None:
        yield Flag("nominee", _("Nobody is named as nominee."), True)
    if not has_categories:
        yield Flag("category", _("It stands in no category."), True)
    if account and account.publicity_status == Account.Publicity.LOCKED_DOWN and not is_cleared:
        yield Flag("locked", _("The account is locked down, and its company has not approved this recognition."), True)
    if not (reply and reply.answer == NomineeReply.Answer.YES):
        yield Flag("yes", _no_yes(reply), True)


def _no_yes(reply):
    if reply and reply.answer:
        return _("No yes: the nominee answered “%(answer)s”.") % {"answer": reply.get_answer_display()}
    if reply and reply.asked_at:
        return _("No yes yet: the nominee was asked and has not answered.")
    return _("No yes yet: the nominee was not asked.")


def _of_customer(nomination, today, rules):
    if nomination.nominee is None:
        return
    account = nomination.nominee.account or nomination.account
    stale = account and account.metrics_as_of and not is_current(account.metrics_as_of, METRICS_DAYS, today)
    if stale:
        facts = {"day": show(account.metrics_as_of), "days": METRICS_DAYS}
        yield Flag("stale", _("The figures are of %(day)s, older than %(days)s days: they prove nothing.") % facts)
    for line in eligibility(person_from(nomination.nominee), today, rules):
        if not line.holds and not (stale and line.code in FROM_FIGURES):
            yield Flag(line.code, _("%(criterion)s: %(value)s.") % {"criterion": line.criterion, "value": line.told(today)})
