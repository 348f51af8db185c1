"""A mail from its wording and its values: subject, text and HTML from one source."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import mark_safe

from outbox.faults import without_words
from outbox.models import Message, Wording
from outbox.wording.checking import faults_in
from outbox.wording.mails import SUBJECT, Mail
from outbox.wording.markup import both_forms, fill_line
from outbox.wording.values import Line, Value, one_line

logger = logging.getLogger(__name__)
SUBJECT_LENGTH = Message._meta.get_field("subject").max_length


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render_mail(template: str, context: dict, *, subject: str) -> Rendered:
    """The mail of templates/emails/<template>.md in the team's own words where it has some, else in the default's.

    `context` may hold link and link_text (the button), reply_to and mails_link (the footer).
    """
    mail = Mail(template)
    context = context | {SUBJECT: as_subject(subject)}
    values = mail.values(context)
    wording = Wording.objects.filter(template=template).first()
    if wording and fits(mail, wording):
        try:
            return compose(mail, wording.subject, wording.body, values, context)
        except Exception as error:  # whatever is wrong with edited words, the mail goes out
            told = without_words(error)
            logger.error("The wording of the mail %s cannot be used; it goes out with the default.", template, exc_info=told)
    return compose(mail, "", mail.body, values, context)


def compose(mail: Mail, subject: str, body: str, values: dict[str, Value], context: dict) -> Rendered:
    """Subject and text of a wording, with its values; an empty subject is the default's."""
    subject = as_subject(fill_line(subject, values)) or values[SUBJECT].inline_text()
    text, html = both_forms(mail.with_button(body), values)
    shared = {
        "subject": subject,
        "why": mail.why(context, values),
        "reply_to": one_line(context.get("reply_to", "")),
        "mails_link": context.get("mails_link", ""),
        "site_url": settings.SITE_URL,
    }
    # Escaping is for HTML: in the text an apostrophe stays an apostrophe.
    as_text = get_template("emails/frame.txt").template.render(Context(shared | {"body": text}, autoescape=False))
    # The values in it were escaped as they were put in.
    as_html = get_template("emails/frame.html").render(shared | {"body": mark_safe(html)})  # noqa: S308
    return Rendered(subject, f"{as_text.strip()}\n", as_html)


def preview(mail: Mail, subject: str, body: str) -> Rendered:
    """A wording with sample values, before it is saved."""
    samples = mail.samples()
    return compose(mail, subject, body, samples, {})


def fits(mail: Mail, wording: Wording) -> bool:
    return not faults_of(mail, wording.subject, wording.body)


def faults_of(mail: Mail, subject: str, body: str) -> list[str]:
    """Why a wording is refused; a saved one falls back to the default when an upgrade took a placeholder away."""
    return [fault for faults in faults_by_field(mail, subject, body).values() for fault in faults]


def faults_by_field(mail: Mail, subject: str, body: str) -> dict[str, list[str]]:
    return {
        "subject": faults_in(subject, mail.subject_names),
        "body": faults_in(body, mail.names, addresses=mail.addresses),
    }


def as_subject(subject: str) -> str:
    """One line, because a line break would start another header."""
    return Line(subject).inline_text()[:SUBJECT_LENGTH]
