"""The team's page of guest judges: invite, send again, take back. It shows no score and no progress."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.exceptions import RuleBroken
from awards import permissions, services
from awards.forms import InvitationForm, ReasonForm
from awards.services.guests import opened_by_judge


@login_required
def guests(request, slug):
    program, now = permissions.get_program_to_run(request.user, slug), timezone.now()
    form = InvitationForm(request.POST if request.method == "POST" else None, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            judge = form.save(by=request.user, now=now)
        except RuleBroken as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("%(name)s is invited; the mail is on its way.") % {"name": judge})
            return redirect("judging-guests", slug)
    invited = list(program.judges.guests().select_related("guest_account", "program").order_by("left_at", "guest_name", "pk"))
    opened = opened_by_judge(invited)
    rows = [(judge, opened.get(judge.pk)) for judge in invited]
    is_over = now > program.judging_closes_at
    return render(request, "awards/guests.html", {"program": program, "form": form, "rows": rows, "is_over": is_over})


@require_POST
@login_required
def invite_again(request, slug, pk):
    judge = permissions.get_guest_to_manage(request.user, slug, pk)
    try:
        services.send_invitation_again(judge=judge, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("A new invitation is on its way to %(email)s; the older links open nothing now.") % {"email": judge.email}
        )
    return redirect("judging-guests", slug)


@login_required
def take_invitation_back(request, slug, pk):
    judge = permissions.get_guest_to_manage(request.user, slug, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why the invitation is taken back"))
    if request.method == "POST" and form.is_valid():
        try:
            services.take_invitation_back(judge=judge, by=request.user, why=form.cleaned_data["reason"], now=timezone.now())
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The links of %(name)s open nothing any more.") % {"name": judge})
            return redirect("judging-guests", slug)
    return render(request, "awards/take_invitation_back.html", {"program": judge.program, "judge": judge, "form": form})
