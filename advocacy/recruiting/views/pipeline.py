from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from advocacy.companies import find_accounts
from advocacy.exceptions import AlreadyAdvocate
from advocacy.models import Advocate, Recruitment
from advocacy.permissions import looks_after
from advocacy.recruiting.board import STATES, UNDER_WAY, choices_for, counts, in_state, recruitments_of, row
from advocacy.recruiting.forms import PutForwardForm, account_label
from advocacy.recruiting.permissions import may_see_board, require_nominator
from advocacy.text import clean_line, row_number
from advocacy.working_time import day_of

PER_PAGE = 25


@require_safe
@login_required
def recruiting(request):
    """The pipeline: all of it for the team, the own customers and the people put forward for the others."""
    if not may_see_board(request.user):
        raise PermissionDenied
    now = timezone.now()
    choices = choices_for(request.user)
    of = request.GET.get("of") if request.GET.get("of") in choices else "all"
    state = request.GET.get("state") if request.GET.get("state") in STATES else UNDER_WAY
    recruitments = recruitments_of(request.user, of)
    page = Paginator(in_state(recruitments, state).for_board(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [row(recruitment, now) for recruitment in page],
        "page": page,
        "states": counts(recruitments),
        "state": state,
        "of": of,
        "choices": choices,
        "now": now,
    }
    return render(request, "advocacy/recruiting/board.html", context)


@login_required
def put_forward(request):
    """One minute: who would make a good advocate, and why."""
    require_nominator(request.user)
    now = timezone.now()
    form = PutForwardForm(request.POST or None, user=request.user, initial=_chosen(request, now))
    known = None
    if form.is_valid():
        try:
            recruitment = form.save(now=now)
        except AlreadyAdvocate as error:
            known = _what_instead(request.user, error.advocate, form.cleaned_data, now)
        else:
            messages.success(request, _thanks(recruitment, request.user))
            return redirect(recruitment)
    return render(request, "advocacy/recruiting/put_forward.html", {"form": form, "known": known})


def _thanks(recruitment, user):
    if recruitment.status == Recruitment.Status.NOT_NOW:
        return _(
            "Thank you. The CSM wants to leave this person in peace for now; your words are kept for the day they come back."
        )
    if recruitment.nominated_by_id != user.pk:
        return _("Thank you. Somebody was quicker than you: your words stand beside theirs.")
    if looks_after(user, recruitment.advocate.account):
        return _("Noted. Next comes the interview.")
    return _("Thank you. Whoever looks after this customer has been told and says what happens next.")


def _what_instead(user, advocate, typed, now):
    """Person, profile and company are named only to those who may know them; the others read what they wrote themselves."""
    named = Advocate.objects.visible_to(user).named_to(user, day_of(now)).filter(pk=advocate.pk).exists()
    account = advocate.account if named or advocate.account == typed["account"] else typed["account"]
    return {
        "advocate": advocate,
        "name": advocate.name if named else typed["name"],
        "is_named": named,
        "csm": account.csm if account else None,
    }


def _chosen(request, now):
    """The person a profile or a list named, where their name may be told."""
    pk = row_number(request.GET.get("advocate", ""))
    named = Advocate.objects.visible_to(request.user).named_to(request.user, day_of(now)).select_related("account")
    advocate = named.filter(pk=pk).first() if pk else None
    if advocate is None or advocate.account is None:
        return {}
    return {"account": account_label(advocate.account), "name": advocate.name, "title": advocate.title}


@require_GET
@login_required
def accounts(request):
    """Companies for the field that is typed into."""
    require_nominator(request.user)
    text = clean_line(request.GET.get("account", ""))
    found = find_accounts(user=request.user, text=text) if text else []
    return render(request, "advocacy/recruiting/_accounts.html", {"labels": [account_label(account) for account in found]})
