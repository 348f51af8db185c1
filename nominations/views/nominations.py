from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.consent_texts import TEXTS
from advocacy.exceptions import RuleBroken
from advocacy.permissions import may_see_contact
from advocacy.workflow import history_of
from nominations.completeness import missing, missing_readings
from nominations.forms import NominationFilterForm, ReadingForm, ReplyForm
from nominations.models import Nomination, Program
from nominations.next_steps import next_step
from nominations.permissions import (
    get_nomination,
    get_nomination_to_answer_for,
    stands_for,
)
from nominations.questions import open_bounce, why_not_sent
from nominations.services import expects_reading, record_reply, save_reading
from nominations.services.readings import owes_reading
from nominations.services.replies import mark_of

PER_PAGE = 25


@login_required
def nomination_list(request):
    user = request.user
    if not (user.has_perm("advocacy.nominate") or user.has_perm("nominations.view_all_nominations")):
        raise PermissionDenied
    form = NominationFilterForm(request.GET, user=user)
    nominations = form.narrow(Nomination.objects.visible_to(user).for_list())
    page = Paginator(nominations, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(nomination, user) for nomination in page]
    return render(request, "nominations/list.html", {"form": form, "page": page, "rows": rows, "filtered": bool(request.GET)})


def _row(nomination, user):
    return {"nomination": nomination, "missing": _missing(nomination, user), "next_step": _next_step(nomination)}


def _missing(nomination, user):
    """For a draft everything, later only the reading the CSM still owes."""
    if nomination.status == Nomination.Status.DRAFT:
        found = missing(
            nomination, has_categories=bool(nomination.entries.all()), expects_reading=expects_reading(nomination, user)
        )
        return [item for item in found if item.blocks]
    if nomination.status == Nomination.Status.SUBMITTED and owes_reading(nomination, user) and _is_before_judging(nomination):
        return missing_readings(nomination)
    return []


def _next_step(nomination):
    return next_step(nomination, reply=getattr(nomination, "reply", None), now=timezone.now())


def _is_before_judging(nomination):
    return timezone.now() < nomination.program.judging_opens_at


@login_required
def nomination(request, pk):
    shown = get_nomination(request.user, pk)
    for_them = stands_for(request.user, shown)
    is_submitted = shown.status == Nomination.Status.SUBMITTED
    return render(
        request,
        "nominations/nomination.html",
        {
            "nomination": shown,
            "program": shown.program,
            "account": shown.account,
            "nominee": shown.nominee,
            "reply": getattr(shown, "reply", None),
            "entries": shown.entries.select_related("category"),
            "co_nominees": shown.co_nominees.all(),
            "supporters": shown.supporters.all(),
            "attachments": shown.attachments.all(),
            "history": _history(shown),
            "reply_covers": _covers(shown),
            "missing": _missing(shown, request.user),
            "next_step": _next_step(shown),
            "readings": _readings(shown),
            "sees_contact_data": bool(shown.nominee) and may_see_contact(request.user, shown.nominee),
            "alerts": shown.alerts.filter(settled_at=None) if for_them else [],
            "may_edit": shown.status == Nomination.Status.DRAFT and _may_change(request.user, shown),
            "may_record_reply": for_them and is_submitted and shown.nominee,
            **(_question(shown) if for_them and is_submitted else {}),
            "asked": _asked(shown) if is_submitted and _is_before_judging(shown) else None,
            "may_read_partnership": for_them and is_submitted and _is_before_judging(shown),
            "shows_results": shown.program.phase(timezone.now()) == Program.Phase.ANNOUNCED,
        },
    )


def _question(shown):
    """What the person who stands for the customer can do about the nominee's yes."""
    return {"for_them": True, "bounce": open_bounce(shown), "why_not": why_not_sent(shown)}


def _asked(shown):
    """What the advocacy team still wants to know."""
    return shown.clarifications.filter(answered_at=None).select_related("asked_by").first()


def _history(shown):
    labels = dict(Nomination.Status.choices)
    changes = list(history_of(shown))
    for change in changes:
        is_note = change.from_status == change.to_status
        change.label = _("Noted") if is_note else labels.get(change.to_status, change.to_status)
    return changes


def _covers(shown):
    reply = getattr(shown, "reply", None)
    return [TEXTS[purpose] for purpose in reply.scope if purpose in TEXTS] if reply else []


def _may_change(user, shown):
    return Nomination.objects.changeable_by(user).filter(pk=shown.pk).exists()


def _readings(shown):
    return [
        (shown._meta.get_field(name).verbose_name, getattr(shown, name), getattr(shown, f"{name}_evidence"))
        for name in Nomination.PARTNERSHIP_FIELDS
    ]


@login_required
def reply(request, pk):
    """The nominee's answer, as the CSM heard it."""
    answered = get_nomination_to_answer_for(request.user, pk)
    earlier = getattr(answered, "reply", None)
    form = ReplyForm(request.POST or None, initial=_initial_reply(answered, earlier))
    if form.is_valid():
        try:
            record_reply(nomination=answered, by=request.user, now=timezone.now(), **_as_heard(form))
        except RuleBroken as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("The answer is recorded."))
        return redirect(answered)
    return render(request, "nominations/reply.html", {"nomination": answered, "form": form})


def _as_heard(form):
    return form.cleaned_data | {"seen": form.cleaned_data["seen"] if "seen" in form.data else None}


def _initial_reply(answered, earlier):
    initial = {"given_by": answered.nominee.name if answered.nominee else "", "seen": mark_of(earlier)}
    if earlier:
        initial |= {"answer": earlier.answer, "scope": earlier.scope, "evidence": earlier.evidence}
    return initial


@login_required
def reading(request, pk):
    """The CSM's reading of the partnership, until judging opens."""
    read = get_nomination_to_answer_for(request.user, pk)
    if read.status != Nomination.Status.SUBMITTED or not _is_before_judging(read):
        messages.info(request, _("The reading can be changed until judging opens, for submitted nominations."))
        return redirect(read)
    form = ReadingForm(request.POST if request.method == "POST" else None, nomination=read)
    if form.is_valid():
        save_reading(nomination=read, readings=form.cleaned_data)
        if lacking := missing_readings(read):
            names = ", ".join(str(item.name) for item in lacking)
            messages.info(request, _("Saved so far. Still missing: %(names)s.") % {"names": names})
        else:
            messages.success(request, _("Your reading is saved."))
        return redirect(read)
    return render(request, "nominations/reading.html", {"nomination": read, "form": form})
