"""The page a nominee opens from the mail of an offer. Reading changes nothing."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.exceptions import LinkInvalid, LinkUnknown, RuleBroken
from advocacy.links import find_link, read_link
from advocacy.models import SecretLink
from advocacy.people import responsible_for
from advocacy.working_time import day_of
from awards import services
from awards.forms import AwardForm, NoThanksForm
from awards.models import Winner
from awards.services.answers import deadline_words, prizes_of, why_no_answer
from awards.services.preparation import recognitions_of

ANSWERED = {Winner.Status.ACCEPTED, Winner.Status.DECLINED}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def award(request, token):
    try:
        response = _award(request, token, now=timezone.now())
    except LinkInvalid as error:
        status = 404 if isinstance(error, LinkUnknown) else 410
        response = render(request, "awards/award_invalid.html", {"sentence": error}, status=status)
    # The address is the key to the page; see advocacy.views.verify.
    response["Referrer-Policy"] = "same-origin"
    return response


def _award(request, token, *, now):
    link = find_link(purpose=SecretLink.Purpose.ACCEPT_AWARD, token=token)
    winner = Winner.objects.select_related("category__program", "entry__nomination__nominee", "entry__nomination__account").get(
        pk=link.object_id
    )
    if sentence := why_no_answer(winner, now):
        return _over(request, winner, sentence, now)
    link = read_link(purpose=SecretLink.Purpose.ACCEPT_AWARD, token=token, now=now)
    answer = request.POST.get("answer")
    form = AwardForm(request.POST if answer == "accept" else None, winner=winner)
    no = NoThanksForm(request.POST if answer == "decline" else None)
    try:
        if answer == "accept" and form.is_valid():
            form.save(link=link, now=now)
            return redirect("award", token)
        if answer == "decline" and no.is_valid():
            services.decline_by_link(link=link, why=no.cleaned_data["why"], now=now)
            return redirect("award", token)
    except LinkInvalid:
        raise
    except RuleBroken as error:
        return _over(request, winner, str(error), now)
    return render(
        request,
        "awards/award.html",
        _words(winner, now) | {"form": form, "no": no, "prizes": prizes_of(winner), "deadline": deadline_words(winner)},
    )


def _over(request, winner, sentence, now):
    """No answer is taken any more: what stands, and whom to write to."""
    winner.refresh_from_db()
    answered = winner.status in ANSWERED
    context = _words(winner, now) | {
        "sentence": sentence,
        "is_accepted": winner.status == Winner.Status.ACCEPTED,
        "gifts": recognitions_of(winner).exclude(purpose=""),
    }
    return render(request, "awards/award_over.html", context, status=200 if answered else 410)


def _words(winner, now):
    people = responsible_for(winner.entry.nomination.account, on=day_of(now))
    return {
        "winner": winner,
        "category": winner.category,
        "program": winner.category.program,
        "nominee": winner.entry.nomination.nominee,
        "contact": people[0] if people else winner.category.program.contact,
    }
