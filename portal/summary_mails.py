"""The summaries as mails, one function a message."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import User
from outbox.models import Message
from outbox.services import absolute_url, write_message
from outbox.wording import Listing
from portal.summaries import Line, News


def week(user: User, lines: list[Line], *, occurrence: str, now: datetime) -> Message:
    """To a CSM on Monday morning: what needs me."""
    return _write(
        "weekly_summary",
        user,
        occurrence=occurrence,
        subject=_("Your week in customer advocacy"),
        link=reverse("home"),
        link_text=_("Open your day"),
        now=now,
        lines=_listings(lines),
    )


def month_of_sales(user: User, news: News, *, occurrence: str, now: datetime) -> Message:
    """To a seller: who is new to call on, and one success."""
    return _write(
        "monthly_news",
        user,
        occurrence=occurrence,
        subject=_("New customers to call on") if news.people else _("A success to tell"),
        link=reverse("advocates"),
        link_text=_("Find a reference"),
        now=now,
        people=news.people,
        more=_("and %(number)s more") % {"number": news.more} if news.more else "",
        success=news.success,
    )


def month_of_leaders(user: User, lines: list[Line], *, month: date, occurrence: str, now: datetime) -> Message:
    """To a leader: coverage, load, adoption, and what references did for deals."""
    return _write(
        "monthly_standing",
        user,
        occurrence=occurrence,
        subject=_("Customer advocacy in %(month)s") % {"month": date_format(month - timedelta(days=1), "F Y")},
        link=reverse("reports"),
        link_text=_("Open the reports"),
        now=now,
        lines=_listings(lines),
    )


def _listings(lines):
    """A line leads to its page; one without anything named says so in one line."""
    return [
        Listing(
            items=["; ".join(line.named) or _("Open the page for more.")],
            intro=line.said,
            address=absolute_url(line.link),
            bullets=False,
        )
        for line in lines
    ]


def _write(kind, user, *, occurrence, subject, link, link_text, now, **facts):
    return write_message(
        kind=kind,
        about=user,
        recipient=user.email,
        occurrence=occurrence,
        subject=subject,
        template=kind,
        context={"person": user, "link": absolute_url(link), "link_text": link_text, **facts},
        not_before=now,
    )
