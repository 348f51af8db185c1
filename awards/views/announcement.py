"""The mails of an announcement: prepared, read one by one, sent once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from advocacy.exceptions import RuleBroken
from advocacy.text import row_number
from awards import permissions, services
from awards.announcement_page import AnnouncementPage
from awards.services.announcement_mails import announcement_mails, is_to_many, write_in_background
from awards.services.correction_mails import corrections
from outbox.masking import mask_secrets

SENDERS = {"announcement": services.send_announcement, "corrections": services.send_corrections}


@require_safe
@login_required
def announcement(request, slug):
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    return render(request, "awards/announcement.html", {"program": program, "page": AnnouncementPage(program, now=now)})


@require_POST
@login_required
def prepare(request, slug):
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    try:
        if is_to_many(program):
            return redirect(write_in_background(program=program, by=request.user, now=now))
        held = services.prepare(program=program, by=request.user, now=now)
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request,
            ngettext("%(n)s mail is prepared. Nothing is sent.", "%(n)s mails are prepared. Nothing is sent.", held)
            % {"n": held},
        )
    return redirect("results-announcement", slug)


@require_POST
@login_required
def send(request, slug):
    """Send what was read. `newest` is the last mail of the page that was read: what came later waits."""
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    sender = SENDERS.get(request.POST.get("what"), services.send_announcement)
    left_out = [number for pk in request.POST.getlist("left_out") if (number := row_number(pk))]
    newest = row_number(request.POST.get("newest", "")) or 0
    try:
        sent = sender(program=program, by=request.user, now=now, left_out=left_out, newest=newest)
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        _say(request, sent)
    return redirect("results-announcement", slug)


@require_safe
@login_required
def mail(request, slug, pk):
    """One mail of the announcement, to be read."""
    program = permissions.get_program_with_results(request.user, slug, timezone.now())
    message = get_object_or_404(announcement_mails(program) | corrections(program), pk=pk)
    context = {"program": program, "message": message, "text": mask_secrets(message.text)}
    return render(request, "awards/announcement_mail.html", context)


def _say(request, sent):
    if sent.sent or sent.dropped:
        words = {"sent": sent.sent, "dropped": sent.dropped}
        messages.success(request, _("On their way: %(sent)s. Left out: %(dropped)s.") % words)
    else:
        messages.info(request, _("Nothing was left to send: somebody has sent these mails already."))
