"""The customer's answer: on their own page behind a link, or recorded by whoever looks after them."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.exceptions import RuleBroken
from advocacy.models import SecretLink
from advocacy.working_time import day_of
from outbox.services import absolute_url
from references import briefs, call_mails, services, times
from references.forms.answering import LaterForm, NoForm, TimesForm, ZoneForm, zone_asked_for
from references.limits import limits_of
from references.permissions import get_request_to_approve, last_candidate, may_write_to
from references.services.asking import OPEN_TO_CUSTOMER
from references.standing import standing_of
from references.views.signed import require_in_time, signed_page


@signed_page(SecretLink.Purpose.ANSWER_REFERENCE)
def speak(request, link, candidate, now):
    """Yes with times, no, or later; afterwards what stands, and how to change it."""
    standing = standing_of(candidate.request, candidate, now)
    require_in_time(link, standing, now)
    answers = Answers(request, candidate, now)
    if answers.given and answers.take(by=None, link=link):
        return redirect(request.path)
    zone = answers.zone
    context = answers.context | {
        "standing": standing,
        "takes_answer": not link.used_at,
        "brief": briefs.brief_of_advocate(candidate.request, candidate, now),
        "slots": [times.shown(slot.starts_at, zone) for slot in candidate.slots.all()],
        "brief_url": reverse("speak-brief", args=[request.resolver_match.kwargs["token"]]),
        "contact": briefs.contact_of(candidate, now),
    }
    return render(request, "references/calls/speak.html", context)


@login_required
def answer(request, pk):
    """Whoever spoke with the customer writes down what they said."""
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    if candidate is None or reference_request.status not in OPEN_TO_CUSTOMER:
        messages.warning(request, _("There is nothing to answer for the customer at present."))
        return redirect(reference_request)
    candidate.request = reference_request
    answers = Answers(request, candidate, now)
    if answers.given and answers.take(by=request.user, link=None):
        messages.success(request, _("Noted. Those who wait for it have been told."))
        return redirect(reference_request)
    return render(request, "references/calls/answer.html", answers.context)


class Answers:
    """The three forms of the customer's answer, and the service behind each."""

    def __init__(self, request, candidate, now):
        self.candidate, self.now = candidate, now
        self.given = request.POST.get("answer", "") if request.method == "POST" else ""
        self.zone = zone_asked_for(request, briefs.zone_of_advocate(candidate))
        self.is_written = briefs.is_written(candidate.request)
        self.sentence = ""
        data = partial(self._data, request)
        activity = str(candidate.request.activity_type)
        self.yes = TimesForm(data("yes"), request=candidate.request, candidate=candidate, zone=self.zone, now=now)
        self.no = NoForm(data("no"), activity=activity)
        self.later = LaterForm(data("later"), now=now)

    def _data(self, request, answer):
        return request.POST if self.given == answer else None

    @property
    def context(self):
        return {
            "reference_request": self.candidate.request,
            "candidate": self.candidate,
            "yes": self.yes,
            "no": self.no,
            "later": self.later,
            "zone": self.zone,
            "zone_form": ZoneForm(zone=self.zone),
            "is_written": self.is_written,
            "sentence": self.sentence,
            "given": self.given,
            "now": self.now,
        }

    def take(self, *, by, link):
        """Whether the answer was taken; if not, `sentence` or a form says why."""
        step = self._step(by=by, link=link)
        if step is None:
            return False
        try:
            step()
        except RuleBroken as error:
            self.sentence = str(error)
            return False
        return True

    def _step(self, **who):
        asked = {"candidate": self.candidate, "now": self.now, **who}
        if self.given == "yes" and self.is_written:
            return partial(services.promise_in_writing, **asked)
        if self.given == "yes" and self.yes.is_valid():
            return partial(services.offer_times, starts=self.yes.starts, zone=self.zone, **asked)
        if self.given == "no" and self.no.is_valid():
            return partial(services.take_no, **self.no.cleaned_data, **asked)
        if self.given == "later" and self.later.is_valid():
            return partial(services.take_later, until=self.later.cleaned_data["until"], **asked)
        return None


@login_required
def ask(request, pk):
    """Two ways to ask the customer: a text for a mail of one's own, or a mail from Laurel."""
    now = timezone.now()
    reference_request = get_request_to_approve(request.user, pk, day_of(now))
    candidate = last_candidate(reference_request)
    if candidate is None or reference_request.status not in OPEN_TO_CUSTOMER:
        messages.warning(request, _("There is nobody to ask at present."))
        return redirect(reference_request)
    candidate.request = reference_request
    mail = None
    try:
        if request.POST.get("way") == "laurel":
            services.ask_by_laurel(candidate=candidate, by=request.user, now=now)
            messages.success(request, _("On its way. Answers to the mail come to you; the page's answer you read here."))
            return redirect(reference_request)
        if request.POST.get("way") == "own":
            mail = services.ask_in_own_words(candidate=candidate, by=request.user, link_to=_address, now=now)
    except RuleBroken as error:
        messages.warning(request, str(error))
        return redirect(reference_request)
    subject, text = call_mails.preview_of_question(candidate, now)
    context = {
        "reference_request": reference_request,
        "candidate": candidate,
        "mail": mail,
        "subject": subject,
        "text": text,
        "limits": limits_of(candidate.advocate, reference_request.activity_type, now),
        "sees_address": may_write_to(request.user, candidate.advocate, day_of(now)),
        "now": now,
    }
    return render(request, "references/calls/ask.html", context)


def _address(token):
    return absolute_url(reverse("speak", args=[token]))
