from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from advocacy.exceptions import FileRefused
from advocacy.serving import served
from nominations.models import Attachment
from nominations.permissions import get_draft_to_change, get_nomination, only_for_drafts, signed_in_again
from nominations.services.attachments import add_attachment, remove_attachment, too_large


@signed_in_again
@only_for_drafts
def files(request, pk):
    """The files of a draft. Sent by htmx the list comes back, else the form."""
    nomination = get_draft_to_change(request.user, pk)
    if request.method == "POST":
        added, refused = _take(request, nomination)
        if request.htmx:
            return _list(request, nomination, added=added, refused=refused)
        for sentence in refused:
            messages.warning(request, sentence)
        if added:
            messages.success(request, _added_words(added))
        return redirect(_place(nomination))
    return _list(request, nomination)


def _take(request, nomination):
    """How many files were taken, and a sentence for each that was not."""
    sent = request.FILES.getlist("files")
    refused = [too_large(name) for name in getattr(request, "refused_files", [])]
    if not sent and not refused:
        refused = [_("Choose a file first.")]
    kept = set()
    for upload in sent:
        try:
            kept.add(add_attachment(nomination=nomination, upload=upload, by=request.user, now=timezone.now()))
        except FileRefused as error:
            refused.append(str(error))
    return len(kept), refused


def _list(request, nomination, added=0, refused=()):
    template = "nominations/_files.html" if request.htmx else "nominations/files.html"
    context = {"nomination": nomination, "attachments": nomination.attachments.all(), "may_change_files": True}
    sentences = {"refused": refused, "added": _added_words(added) if added else ""}
    return render(request, template, context | sentences)


def _added_words(added):
    return ngettext("%(count)d file is kept.", "%(count)d files are kept.", added) % {"count": added}


def _place(nomination):
    return f"{reverse('nomination-edit', args=[nomination.pk])}#files"


@login_required
def download(request, pk, file_pk):
    nomination = get_nomination(request.user, pk)
    return served(get_object_or_404(Attachment, pk=file_pk, nomination=nomination))


@require_POST
@signed_in_again
@only_for_drafts
def remove(request, pk, file_pk):
    nomination = get_draft_to_change(request.user, pk)
    attachment = get_object_or_404(nomination.attachments, pk=file_pk)
    remove_attachment(attachment=attachment)
    if request.htmx:
        return _list(request, nomination)
    messages.success(request, _("The file is removed."))
    return redirect(_place(nomination))
