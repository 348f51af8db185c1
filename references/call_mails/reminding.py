"""Once each, when half of a step's time has passed: to the customer, to the prospect, and to our own people."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.models import User
from outbox.models import Message
from outbox.services import absolute_url
from references import briefs, times
from references.call_mails.asking import question, subject_of_question
from references.call_mails.writing import to_requester, write
from references.models import Candidate


def question_again(candidate: Candidate, *, token: str, occurrence: str, now: datetime) -> Message:
    """To the customer: our question, once more, with a way to say no."""
    again = _("you may have missed this mail of ours. A no or a later helps us as much as a yes.")
    link = absolute_url(reverse("speak", args=[token]))
    context, contact = question(candidate, link=link, again=again, now=now)
    return write(
        "customer_asked_again",
        candidate,
        recipient=candidate.advocate.email,
        occurrence=occurrence,
        subject=_("A reminder: %(subject)s") % {"subject": subject_of_question(candidate.request)},
        context=context,
        reply_to=contact,
        not_before=now,
    )


def answer_wanted(candidate: Candidate, *, to: User, occurrence: str, now: datetime) -> Message:
    """To whoever asks the customer in person: has somebody asked, and what did they say?"""
    request = candidate.request
    if candidate.asked_at:
        what = _("you asked %(who)s, and we know no answer yet. If there is one, write it down; if not, ask once more.")
    else:
        what = _("you approved this and nobody has asked %(who)s yet. Ask in your own words, or let Laurel ask.")
    return write(
        "customer_silent",
        candidate,
        recipient=to.email,
        occurrence=occurrence,
        subject=_("What does %(who)s say? %(request)s") % {"who": candidate.advocate, "request": request},
        context={
            "name": to.get_short_name(),
            "paragraphs": [what % {"who": candidate.advocate}],
            "facts": [
                (_("Request"), str(request)),
                (_("Asked by"), request.requester.name),
                (_("Needed by"), date_format(request.needed_by, "j F Y")),
            ],
            "link": absolute_url(request.get_absolute_url()),
            "link_text": _("Open the request"),
            "why": _("You get this mail because you look after this customer."),
        },
        reply_to=request.requester,
        not_before=now,
    )


def choose_again(candidate: Candidate, *, token: str, starts: list[datetime], occurrence: str, now: datetime) -> Message:
    """To the prospect: the times are still free."""
    request = candidate.request
    zone = briefs.zone_of_prospect(request)
    return write(
        "prospect_picks_again",
        candidate,
        recipient=request.prospect_email,
        occurrence=occurrence,
        subject=_("A reminder: choose a time to speak with one of our customers"),
        context={
            "name": request.prospect_name,
            "paragraphs": [_("one of our customers keeps these times free for you. Choose one, or say that none suits:")],
            "facts": [(str(number), times.shown(at, zone)) for number, at in enumerate(starts, start=1)],
            "sender": request.requester,
            "link": absolute_url(reverse("meet", args=[token])),
            "link_text": _("Choose a time"),
            "why": _("You get this mail because you asked us to speak with a customer."),
        },
        reply_to=request.requester,
        not_before=now,
    )


def nobody_chose(candidate: Candidate, *, starts: list[datetime], occurrence: str, now: datetime) -> Message:
    """To the requester: the customer waits."""
    request = candidate.request
    if request.prospect_email:
        what = _("The customer keeps times free and the prospect has chosen none. We have reminded them; a word of yours helps.")
    else:
        what = _("The customer keeps times free and nobody has chosen one. Pass the link on, or choose for the prospect.")
    return to_requester(
        candidate,
        kind="time_not_chosen",
        occurrence=occurrence,
        subject=_("No time chosen yet: %(request)s") % {"request": request},
        paragraphs=[what],
        facts=[(str(number), times.shown(at, request.requester.time_zone)) for number, at in enumerate(starts, start=1)],
        link=absolute_url(reverse("request-times", args=[request.pk])),
        link_text=_("See the times"),
        now=now,
        not_before=now,
    )


def debrief_again(
    candidate: Candidate, *, recipient: str, name: str, token: str, reply_to: User | None, occurrence: str, now: datetime
) -> Message:
    """To either side: the three questions, once more and not again."""
    return write(
        "debrief_again",
        candidate,
        recipient=recipient,
        occurrence=occurrence,
        subject=_("A reminder: three questions about your conversation"),
        context={
            "name": name,
            "paragraphs": [_("how was your conversation? Three questions, two minutes. We ask this once more and not again.")],
            "closing": [_("Did it not take place? Say so on the same page.")],
            "sender": reply_to,
            "link": absolute_url(reverse("after-call", args=[token])),
            "link_text": _("Answer three questions"),
            "why": _("You get this mail because of the conversation we arranged."),
        },
        reply_to=reply_to,
        not_before=now,
    )


def say_how_it_went(candidate: Candidate, *, occurrence: str, now: datetime) -> Message:
    """To the requester: what came of it is theirs to say."""
    request = candidate.request
    return to_requester(
        candidate,
        kind="say_how_it_went",
        occurrence=occurrence,
        subject=_("How did it go? %(request)s") % {"request": request},
        paragraphs=[_("The conversation is over. Say in a sentence what came of it, for the customer and for the next deal.")],
        link=absolute_url(request.get_absolute_url()),
        link_text=_("Say how it went"),
        now=now,
        not_before=now,
    )


def renewal_near(candidate: Candidate, *, to: User, occurrence: str, now: datetime) -> Message:
    """To whoever looks after the customer: the conversation falls into the weeks before the renewal."""
    request, account = candidate.request, candidate.advocate.account
    return write(
        "call_near_renewal",
        candidate,
        recipient=to.email,
        occurrence=occurrence,
        subject=_("A conversation shortly before the renewal of %(company)s") % {"company": account},
        context={
            "name": to.get_short_name(),
            "paragraphs": [
                _("%(who)s speaks for us while the renewal of %(company)s is near. In these weeks we ask nothing new of them.")
                % {"who": candidate.advocate, "company": account},
                _("Leave it as it is if you are sure of them. Else move it, or free them and let the next one be asked."),
            ],
            "facts": [
                (_("Conversation"), date_format(candidate.ask.counts_on, "j F Y")),
                (_("Renewal"), date_format(account.renewal_date, "j F Y")),
                (_("Request"), str(request)),
                (_("Asked by"), request.requester.name),
            ],
            "link": absolute_url(request.get_absolute_url()),
            "link_text": _("Open the request"),
            "why": _("You get this mail because you look after this customer."),
        },
        reply_to=request.requester,
        not_before=now,
    )


def renewal_near_for_sales(candidate: Candidate, *, occurrence: str, now: datetime) -> Message:
    """To the requester: careful with this one. Neither the company nor its date, which are not theirs to know."""
    request = candidate.request
    return to_requester(
        candidate,
        kind="call_near_renewal",
        occurrence=occurrence,
        subject=_("Careful with this one: %(request)s") % {"request": request},
        paragraphs=[
            _("Your customer for this request decides about their own contract in these weeks. The conversation stands."),
            _("Whoever looks after them knows, and may still move it. Keep to what was agreed, and ask for nothing more."),
        ],
        facts=[(_("Conversation"), date_format(candidate.ask.counts_on, "j F Y"))],
        link=absolute_url(request.get_absolute_url()),
        link_text=_("Open the request"),
        now=now,
        not_before=now,
    )
