from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from advocacy.exceptions import LinkInvalid, LinkUsed
from advocacy.limits import sent_too_often
from advocacy.links import find_link
from advocacy.models import SecretLink
from nominations.exceptions import NominationNotTaken
from nominations.forms import SelfNominationForm
from nominations.models import Nomination
from nominations.permissions import get_program
from nominations.services import check_program_takes_nominations, confirm_self_nomination, read_confirmation

CONFIRM = SecretLink.Purpose.CONFIRM_SELF_NOMINATION


def nominate_yourself(request, slug):
    program = get_program(request.user, slug)
    now = timezone.now()
    try:
        check_program_takes_nominations(program=program, now=now)
        is_late = False
    except NominationNotTaken:
        # Who sends the form after the close had it open before: what they wrote is not thrown away.
        is_late = request.method == "POST" and now > program.closes_at
        if not is_late:
            return render(request, "nominations/nominate_yourself_closed.html", {"program": program})
    form = SelfNominationForm(request.POST or None, program=program)
    status = 200
    if form.is_valid():
        if not sent_too_often(request, form="self-nomination", email=form.cleaned_data["email"]):
            form.save(now=now, is_late=is_late)
            if is_late:
                return render(request, "nominations/nominate_yourself_closed.html", {"program": program, "is_kept": True})
            return redirect("nominate-yourself-sent", program.slug)
        form.add_error(None, _("That was sent too often from here. Your text is still below: please try again in an hour."))
        status = 429
    return render(request, "nominations/nominate_yourself.html", {"program": program, "form": form}, status=status)


def nominate_yourself_sent(request, slug):
    """The same page for everybody: it says nothing about which companies we know."""
    return render(request, "nominations/nominate_yourself_sent.html", {"program": get_program(request.user, slug)})


@never_cache
def confirm(request, token):
    """GET shows, so that a mail scanner opening the link confirms nothing; POST confirms."""
    now = timezone.now()
    try:
        kept = read_confirmation(token=token, now=now)
        if request.method == "POST":
            confirm_self_nomination(token=token, now=now)
            return redirect("confirm-nomination", token)
    except LinkUsed:
        nomination = find_link(purpose=CONFIRM, token=token).about.nomination
        is_late = bool(nomination) and nomination.status == Nomination.Status.DRAFT
        return render(request, "nominations/confirmed.html", {"is_late": is_late})
    except LinkInvalid as error:
        return render(request, "nominations/confirm_invalid.html", {"sentence": str(error)}, status=404)
    return render(request, "nominations/confirm.html", {"kept": kept, "program": kept.program})
