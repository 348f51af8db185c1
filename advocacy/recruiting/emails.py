"""One function a message."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import Interview, Introduction, Recruitment, User
from advocacy.people import responsible_for
from advocacy.recruiting.calendar import entry
from advocacy.walltime import in_words, to_wall
from advocacy.working_time import day_of
from outbox.services import absolute_url, cancel_messages, write_message

INTERVIEW_PLANNED = "interview_planned"


def put_forward(recruitment: Recruitment, *, by: User | None, why: str, now: datetime) -> None:
    """To whoever looks after the customer, at once: they hear of it from nobody else first."""
    account = recruitment.advocate.account
    for person in responsible_for(account, day_of(now)):
        if person != by:
            write_message(
                kind="put_forward",
                about=recruitment,
                recipient=person.email,
                # Linked to a company later, the CSM hears of it then.
                occurrence=f"{account.pk if account else 'open'}-{by.pk if by else 'customer'}-{now:%Y%m%d%H%M%S}",
                subject=_("Put forward as an advocate: %(name)s") % {"name": recruitment.advocate},
                template="put_forward",
                context={
                    "person": person,
                    "recruitment": recruitment,
                    "account": account,
                    "by": by,
                    "why": why,
                    "link": absolute_url(recruitment.get_absolute_url()),
                    "link_text": _("See it and say what happens next"),
                },
                reply_to=by.email if by else "",
                not_before=now,
            )


def day_has_come(recruitment: Recruitment, *, day: date, now: datetime) -> None:
    """To whoever looks after the customer: the pause they wished for is over."""
    for person in responsible_for(recruitment.advocate.account, day_of(now)):
        write_message(
            kind="recruit_again",
            about=recruitment,
            recipient=person.email,
            occurrence=day.isoformat(),
            subject=_("The day has come: %(name)s as an advocate") % {"name": recruitment.advocate},
            template="recruit_again",
            context={
                "person": person,
                "recruitment": recruitment,
                "day": date_format(day, "j F Y"),
                "link": absolute_url(recruitment.get_absolute_url()),
                "link_text": _("See it and say what happens next"),
            },
            not_before=now,
        )


def what_became_of_it(recruitment: Recruitment, person: User, *, why: str, now: datetime) -> None:
    """To somebody who put the person forward: an advocate now, or not now and why."""
    is_active = recruitment.status == Recruitment.Status.ACTIVE
    subject = _("Now an advocate: %(name)s") if is_active else _("Not now: %(name)s as an advocate")
    write_message(
        kind="recruit_outcome",
        about=recruitment,
        recipient=person.email,
        occurrence=f"{recruitment.status}-{day_of(now)}",
        subject=subject % {"name": recruitment.advocate},
        template="recruit_outcome",
        context={
            "person": person,
            "recruitment": recruitment,
            "is_active": is_active,
            "why": why,
            "link": absolute_url(recruitment.get_absolute_url()),
            "link_text": _("See what became of it"),
        },
        not_before=now,
    )


def interview_planned(interview: Interview, *, by: User, now: datetime) -> None:
    """To whoever holds the interview, with an entry for the calendar; an earlier plan that waits is dropped."""
    cancel_messages(kind=INTERVIEW_PLANNED, about=interview)
    person = interview.interviewer
    when = in_words(interview.planned_for, person.time_zone)
    write_message(
        kind=INTERVIEW_PLANNED,
        about=interview,
        recipient=person.email,
        occurrence=f"{interview.planned_for:%Y%m%d%H%M}",
        subject=_("Interview with %(name)s: %(when)s") % {"name": interview.advocate, "when": when},
        template="interview_planned",
        context={
            "person": person,
            "interview": interview,
            "by": by,
            "when": f"{date_format(to_wall(interview.planned_for, person.time_zone), 'l')}, {when}",
            "link": absolute_url(interview.get_absolute_url()),
            "link_text": _("Open the interview form"),
        },
        reply_to=by.email,
        not_before=now,
        attachments=[entry(interview, now=now)],
    )


def confirm_introduction(introduction: Introduction, *, token: str, expires_at: datetime) -> None:
    """To somebody who offered themselves: it counts when they open the link."""
    write_message(
        kind="confirm_introduction",
        about=introduction,
        recipient=introduction.email,
        occurrence="sent",
        subject=_("Please confirm: you would like to speak for us"),
        template="confirm_introduction",
        context={
            "introduction": introduction,
            "expires_at": date_format(expires_at, "j F Y"),
            "link": absolute_url(reverse("confirm-introduction", args=[token])),
            "link_text": _("Yes, this was me"),
        },
    )


def introduced_again(introduction: Introduction, recruit, *, now: datetime) -> None:
    """To whoever looks after an advocate who wrote on the public page: they offer more."""
    for person in responsible_for(recruit.account, day_of(now)):
        write_message(
            kind="introduced_again",
            about=introduction,
            recipient=person.email,
            occurrence="confirmed",
            subject=_("%(name)s offers to do more") % {"name": recruit},
            template="introduced_again",
            context={
                "person": person,
                "introduction": introduction,
                "advocate": recruit,
                "activities": ", ".join(activity.name for activity in introduction.activities.all()),
                "link": absolute_url(recruit.get_absolute_url()),
                "link_text": _("Open the profile"),
            },
            reply_to=introduction.email,
            not_before=now,
        )
