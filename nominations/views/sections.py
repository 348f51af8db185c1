from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from advocacy.exceptions import LinkInvalid, LinkUnknown
from advocacy.models import Account, Advocate
from nominations.exceptions import ColleagueUnfit, SectionTooLong
from nominations.forms.helping import AskForSectionForm, SectionForm
from nominations.guide import QUESTIONS
from nominations.models import Nomination
from nominations.permissions import get_draft_to_change, only_for_drafts, signed_in_again
from nominations.sections import PARTNERSHIP, SECTIONS
from nominations.services.sections import answer_section, ask_for_section, read_section, withdraw_sections


@login_required
@only_for_drafts
def ask(request, pk):
    nomination = get_draft_to_change(request.user, pk)
    form = AskForSectionForm(request.POST or None, initial={"section": request.GET.get("section", "")})
    if form.is_valid():
        try:
            asked = ask_for_section(nomination=nomination, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ColleagueUnfit as error:
            form.add_error("colleague", str(error))
        else:
            messages.success(request, _("%(name)s has a mail with the link.") % {"name": asked.colleague})
            return redirect("nomination-edit", pk)
    return render(request, "nominations/ask.html", {"nomination": nomination, "form": form})


@require_POST
@signed_in_again
@only_for_drafts
def withdraw(request, pk, request_pk):
    nomination = get_draft_to_change(request.user, pk)
    asked = get_object_or_404(nomination.section_requests, pk=request_pk)
    withdraw_sections(requests=nomination.section_requests.filter(pk=asked.pk), now=timezone.now())
    messages.success(request, _("The link does not work any more."))
    return redirect("nomination-edit", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, token):
    """One section for the colleague behind the link. Reading changes nothing."""
    try:
        response = _section(request, token, now=timezone.now())
    except LinkInvalid as error:
        status = 404 if isinstance(error, LinkUnknown) else 410
        response = render(request, "nominations/section_invalid.html", {"error": error}, status=status)
    # The address is the key to the page; with `no-referrer` browsers would send `Origin: null` with the answer.
    response["Referrer-Policy"] = "same-origin"
    return response


def _section(request, token, *, now):
    asked = read_section(token=token, now=now)
    form = SectionForm(request.POST or None, section=asked.section)
    if form.is_valid():
        try:
            answer_section(token=token, answer=form.cleaned_data, now=now)
            return render(request, "nominations/section_thanks.html", {"asked": asked})
        except SectionTooLong as error:
            form.add_error(None, str(error))
    context = {"asked": asked, "form": form, "label": SECTIONS[asked.section], "questions": QUESTIONS[asked.section]}
    return render(request, "nominations/section.html", context | _known(asked, now))


def _known(asked, now):
    """What the colleague may know of the customer, and what stands in this section and no other."""
    nomination = asked.nomination
    sees_account = Account.objects.visible_to(asked.colleague).filter(pk=nomination.account_id).exists()
    known = Advocate.objects.visible_to(asked.colleague).named_to(asked.colleague, timezone.localdate(now))
    return {
        "account": nomination.account if sees_account else None,
        "company": nomination.account.name if nomination.account else nomination.organization_as_given,
        "nominee": known.filter(pk=nomination.nominee_id).first(),
        "standing": "" if asked.section == PARTNERSHIP else getattr(nomination, asked.section),
        "standing_readings": _readings(nomination) if asked.section == PARTNERSHIP else [],
    }


def _readings(nomination):
    names = [name for name in Nomination.PARTNERSHIP_FIELDS if getattr(nomination, name)]
    return [(Nomination._meta.get_field(name).verbose_name, getattr(nomination, name)) for name in names]
