from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from advocacy.models import Account
from advocacy.services.situation import current_rules
from advocacy.working_time import day_of
from nominations.models import Nomination, Program
from nominations.permissions import require_nominator
from nominations.worth import worth_nominating

# Of the advocacy team's accounts without a CSM there may be many.
ACCOUNTS = 1000


@require_safe
@login_required
def worth(request):
    """Own accounts that meet the lines of eligibility, with the value behind each, and those that miss one."""
    require_nominator(request.user)
    now = timezone.now()
    accounts = Account.objects.looked_after_by(request.user).filter(lifecycle=Account.Lifecycle.CUSTOMER).order_by("name", "pk")
    ready, nearly = worth_nominating(accounts[:ACCOUNTS], rules=current_rules(), today=day_of(now))
    programs = list(Program.objects.visible_to(request.user).taking_nominations(now).order_by("closes_at", "pk"))
    nominated = Nomination.objects.submitted().filter(program__in=programs, account__in=[one.account for one in ready + nearly])
    context = {
        "ready": ready,
        "nearly": nearly,
        "programs": programs,
        "nominated": set(nominated.values_list("account_id", flat=True)),
        "has_accounts": accounts.exists(),
        "is_cut": accounts.count() > ACCOUNTS,
    }
    return render(request, "nominations/worth.html", context)
