"""The nominee's page behind the signed link. Reading it decides nothing; the link stays good."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.consent_texts import TEXTS
from advocacy.exceptions import LinkInvalid
from advocacy.links import find_link
from advocacy.models import SecretLink
from nominations.exceptions import ReplyNotTaken
from nominations.forms.answer import AnswerForm
from nominations.models import Nomination
from nominations.questions import answer_question, contact_of, want_another_link
from nominations.questions.standing import TAKES_ANSWERS, standing_of

PURPOSE = SecretLink.Purpose.ANSWER_NOMINATION


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominee_reply(request, token):
    now = timezone.now()
    try:
        link = find_link(purpose=PURPOSE, token=token)
    except LinkInvalid as error:
        response = render(request, "nominations/answer/unknown.html", {"sentence": str(error)}, status=404)
    else:
        response = _expired(request, link, now) if link.expires_at <= now else _page(request, link, token, now)
    return _kept_secret(response)


def _page(request, link, token, now):
    nomination = Nomination.objects.for_page().get(pk=link.about.nomination_id)
    reply = nomination.reply
    takes_answers = standing_of(nomination, reply, now) in TAKES_ANSWERS
    form = AnswerForm(request.POST or None, initial={"answer": reply.answer, "scope": reply.scope})
    sentence = ""
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(reply=reply, now=now, **form.cleaned_data)
            return redirect("nominee-reply", token)
        except ReplyNotTaken as error:
            sentence = str(error)
            nomination = Nomination.objects.for_page().get(pk=nomination.pk)
            reply, takes_answers = nomination.reply, standing_of(nomination, nomination.reply, now) in TAKES_ANSWERS
    context = _context(nomination, now) | {"form": form if takes_answers else None, "sentence": sentence}
    return render(request, "nominations/answer/page.html", context | {"reply": reply}, status=409 if sentence else 200)


def _context(nomination, now):
    return {
        "nomination": nomination,
        "program": nomination.program,
        "nominee": nomination.nominee,
        "company": nomination.account.name if nomination.account else nomination.organization_as_given,
        "contact": contact_of(nomination, now),
        "standing": standing_of(nomination, nomination.reply, now),
        "covers": [TEXTS[purpose] for purpose in nomination.reply.scope],
    }


def _expired(request, link, now):
    """A button tells the CSM, not the mere opening: mail scanners open links too."""
    told = want_another_link(link=link, now=now) if request.method == "POST" else ""
    contact = contact_of(Nomination.objects.for_page().get(pk=link.about.nomination_id), now)
    return render(request, "nominations/answer/expired.html", {"told": told, "contact": contact}, status=410)


def _kept_secret(response):
    # The address is the key to the page. Not `no-referrer`: then browsers send `Origin: null` with the
    # answer, and the protection against forged requests refuses it.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
