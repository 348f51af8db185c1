"""The clocks of what shows more than one app: the summaries of the week and the month."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from advocacy.models import User
from advocacy.roles import CSM, LEADER, SALES
from outbox.clocks import Due, Rule, register
from outbox.models import Occurrence
from portal import summaries, summary_mails
from portal.periods import month_of, opening, week_of

QUARTER_HOUR = timedelta(minutes=15)
Period = Callable[[datetime, str, time], tuple[date, datetime]]


def each(role: str, period: Period, rule: str) -> Callable[[datetime], Iterator[Due]]:
    """People of a role who have not heard of their present week or month, once it has begun for them."""

    def find(now: datetime) -> Iterator[Due]:
        said = Occurrence.objects.filter(
            rule=rule, content_type=ContentType.objects.get_for_model(User), object_id=OuterRef("pk")
        )
        for user in User.objects.role(role).annotate(last=Subquery(said.order_by("-mark").values("mark")[:1])):
            day, begins_at = period(now, user.time_zone, user.workday_starts)
            mark = f"{day:%Y%m%d}"
            # Not before the one heard last: a clock that was set back says nothing of the week before.
            if begins_at <= now and mark > (user.last or ""):
                yield Due(about=user, mark=mark, due_at=begins_at)

    return find


def tell_csm(due: Due, now: datetime) -> None:
    if lines := summaries.what_needs(due.about, now):
        summary_mails.week(due.about, lines, occurrence=due.mark, now=now)


def tell_seller(due: Due, now: datetime) -> None:
    if news := summaries.news_for(due.about, since_of(due), due.due_at, now):
        summary_mails.month_of_sales(due.about, news, occurrence=due.mark, now=now)


def tell_leader(due: Due, now: datetime) -> None:
    lines = summaries.standing_for(due.about, since_of(due), now)
    summary_mails.month_of_leaders(due.about, lines, month=month_named(due), occurrence=due.mark, now=now)


def since_of(due: Due) -> datetime:
    """When the month before began for this person: where their last summary ended."""
    user, last_day = due.about, month_named(due) - timedelta(days=1)
    _first, began_at = month_of(opening(last_day, user.time_zone, user.workday_starts), user.time_zone, user.workday_starts)
    return began_at


def month_named(due: Due) -> date:
    return date.fromisoformat(due.mark)


register(
    Rule(
        code="weekly_summary",
        label=_("The week of a CSM: what needs me"),
        to=_("CSMs for whom something waits"),
        distances=_("Monday, when their day begins"),
        ends=_("nothing waits for them"),
        find=each(CSM, week_of, "weekly_summary"),
        act=tell_csm,
        every=QUARTER_HOUR,
        worth=timedelta(days=2),
    ),
    Rule(
        code="monthly_news",
        label=_("Who is new to call on, and one success"),
        to=_("sales"),
        distances=_("the first working day of the month, when their day begins"),
        ends=_("nobody is new and nothing was won"),
        find=each(SALES, month_of, "monthly_news"),
        act=tell_seller,
        every=QUARTER_HOUR,
        worth=timedelta(days=5),
    ),
    Rule(
        code="monthly_standing",
        label=_("The month in numbers"),
        to=_("leaders"),
        distances=_("the first working day of the month, when their day begins"),
        ends=_("it is told once"),
        find=each(LEADER, month_of, "monthly_standing"),
        act=tell_leader,
        every=QUARTER_HOUR,
        worth=timedelta(days=5),
    ),
)
