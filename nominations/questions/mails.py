"""One function a message: what the nominee is asked, and who hears of the answer."""

from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.consent_texts import TEXTS
from nominations.emails import company_of
from outbox.services import absolute_url, preview_message, write_message

QUESTION = "nominee_question"
REMINDER = "nominee_reminder"


def nominee_question(nomination, reply, *, token, contact, now):
    """The first mail to the customer. Answers go to the person who looks after them."""
    _to_nominee(QUESTION, nomination, reply, token=token, contact=contact, now=now)


def nominee_reminder(nomination, reply, *, token, contact, now):
    _to_nominee(REMINDER, nomination, reply, token=token, contact=contact, now=now)


def preview_question(nomination, contact):
    """Subject and text as the nominee would read them; the link is made when the mail goes."""
    context = _question(nomination, contact, link=_("(a link for this person alone)"))
    return preview_message(
        subject=_subject(nomination), template=QUESTION, context=context, reply_to=contact.email if contact else ""
    )


def nominee_answered(nomination, person, *, note, now):
    """To the CSM and the nominator: what the nominee said on their page."""
    answer = nomination.reply.get_answer_display()
    write_message(
        kind="nominee_answered",
        about=nomination,
        recipient=person.email,
        occurrence=f"{now:%Y%m%d%H%M%S%f}",
        subject=_("%(who)s answered: %(answer)s") % {"who": nomination.nominee, "answer": answer},
        template="nominee_answered",
        context=_context(nomination, person) | {"note": note, "covers": [TEXTS[purpose] for purpose in nomination.reply.scope]},
    )


def no_taken_kindly(nomination, *, contact, now):
    """To the nominee after a no: it is done, and nobody asks again."""
    write_message(
        kind="nominee_no",
        about=nomination,
        recipient=nomination.nominee.email,
        occurrence="no",
        subject=_("Your nomination for %(program)s is withdrawn") % {"program": nomination.program},
        template="nominee_no",
        context={"nomination": nomination, "nominee": nomination.nominee, "program": nomination.program, "contact": contact},
        reply_to=contact.email if contact else "",
    )


def question_came_back(nomination, person, *, alert, address, now):
    write_message(
        kind="question_came_back",
        about=alert,
        recipient=person.email,
        occurrence="noticed",
        subject=_("The mail to %(who)s came back") % {"who": nomination.nominee},
        template="question_came_back",
        context=_context(nomination, person)
        | {
            "address": address,
            "link": absolute_url(reverse("nomination-question", args=[nomination.pk])),
            "link_text": _("See what you can do"),
        },
        not_before=now,
    )


def link_expired(nomination, person, *, link):
    """To the CSM: the nominee came back to a link that is past its date. Once a link."""
    write_message(
        kind="reply_link_expired",
        about=link,
        recipient=person.email,
        occurrence="asked",
        subject=_("%(who)s wants to answer, and the link has expired") % {"who": nomination.nominee},
        template="reply_link_expired",
        context=_context(nomination, person),
        reply_to=nomination.nominee.email if nomination.nominee else "",
    )


def _to_nominee(kind, nomination, reply, *, token, contact, now):
    context = _question(nomination, contact, link=absolute_url(reverse("nominee-reply", args=[token])))
    write_message(
        kind=kind,
        about=reply,
        recipient=nomination.nominee.email,
        occurrence=f"{now:%Y%m%d%H%M%S}",
        subject=_subject(nomination),
        template=kind,
        context=context,
        reply_to=contact.email if contact else "",
        not_before=now,
    )


def _subject(nomination):
    return _("You are nominated for %(program)s: is that all right?") % {"program": nomination.program}


def _question(nomination, contact, *, link):
    return {
        "nomination": nomination,
        "nominee": nomination.nominee,
        "program": nomination.program,
        "company": company_of(nomination),
        "contact": contact,
        "link": link,
        "link_text": _("Read it and say yes or no"),
    }


def _context(nomination, person):
    return {
        "nomination": nomination,
        "nominee": nomination.nominee,
        "program": nomination.program,
        "company": company_of(nomination),
        "person": person,
        "link": absolute_url(nomination.get_absolute_url()),
        "link_text": _("Open the nomination"),
    }
