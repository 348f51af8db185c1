"""What the clock does about profiles; imported by advocacy/rules.py."""

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from advocacy.profile_checks import doubts, sending, shares
from advocacy.profile_checks.finding import ASK, LEFT, OVERDUE, find
from outbox.clocks import Chore, Rule, register

AN_HOUR = timedelta(hours=1)
# However late: a profile nobody checked for years is still worth asking about.
ALWAYS = timedelta(days=36_500)
BY_DAY = range(7, 18)

register(
    Rule(
        code=ASK,
        label=_("A part of a profile is due for a check"),
        to=_("the customer, else their CSM"),
        distances=_("on the day, by the intervals of checks"),
        ends=_("somebody says it is right, or the customer pauses"),
        find=partial(find, ASK),
        act=sending.ask,
        every=AN_HOUR,
        worth=ALWAYS,
        hours=BY_DAY,
    ),
    Rule(
        code=OVERDUE,
        label=_("Nobody answered the question about a profile"),
        to=_("the CSM"),
        distances=_("14 days after the question, by the intervals of checks"),
        ends=_("somebody says it is right, or the profile leaves the search"),
        find=partial(find, OVERDUE),
        act=lambda due, now: sending.remind(due, OVERDUE, now),
        every=AN_HOUR,
        worth=ALWAYS,
        hours=BY_DAY,
    ),
    Rule(
        code=LEFT,
        label=_("A profile left the search"),
        to=_("the CSM"),
        distances=_("60 days after it was due, by the intervals of checks"),
        ends=_("somebody says it is right"),
        find=partial(find, LEFT),
        act=lambda due, now: sending.remind(due, LEFT, now),
        every=AN_HOUR,
        worth=ALWAYS,
        hours=BY_DAY,
    ),
    Chore(
        code="profile_doubts",
        label=_("Profiles in doubt: bounced mail, no answer twice, found elsewhere"),
        run=doubts.raise_doubts,
    ),
    Chore(
        code="profile_checks_answered", label=_("Checks that wait although they were answered"), run=sending.stop_pointless_checks
    ),
    Chore(
        code="freshness_shares",
        label=_("How many profiles were verified, month by month"),
        run=shares.keep_shares,
        every=timedelta(hours=6),
        hours=range(1, 6),
    ),
)
