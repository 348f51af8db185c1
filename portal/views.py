from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from advocacy.models import User
from nominations.permissions import get_nomination, require_nominator
from portal import mail_trail
from portal.demo_people import DEMO_PEOPLE
from portal.home import open_programs, parts_for
from portal.reports import reports_for
from portal.standings import SHORTLISTED, WON, standings
from references.permissions import get_request_to_see


def home(request):
    now = timezone.now()
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html", {"now": now, "programs": open_programs(request.user, now)})
    return render(request, "portal/home.html", {"now": now, **parts_for(request.user, now)})


@require_POST
def demo_sign_in(request):
    """One click on the sign-in page of a demo; anywhere else there is no such page."""
    emails = [person.email for person in DEMO_PEOPLE]
    if not settings.DEMO or request.POST.get("email") not in emails:
        raise Http404
    person = get_object_or_404(User, email=request.POST["email"], is_active=True)
    return perform_login(request, person, email_verification="none")


@require_safe
@login_required
def reports(request):
    """What the team and leaders read over all: one line for each report."""
    if not (request.user.runs_program or request.user.has_perm("advocacy.view_reports")):
        raise PermissionDenied
    return render(request, "portal/reports.html", {"reports": reports_for(request.user)})


@require_safe
@login_required
def nominator_standings(request):
    require_nominator(request.user)
    found = standings(timezone.now())
    tables = [(_("People"), found["people"]), (_("Teams"), found["teams"]), (_("Regions"), found["regions"])]
    return render(request, "portal/standings.html", {"tables": tables, "shortlisted": SHORTLISTED, "won": WON})


@require_POST
@login_required
def standings_visibility(request):
    """Whether one stands in the standings is one's own choice."""
    require_nominator(request.user)
    request.user.hides_from_standings = "show" not in request.POST
    request.user.save(update_fields=["hides_from_standings"])
    return redirect("standings")


def not_here(request):
    raise Http404


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@require_safe
@login_required
def nomination_mails(request, pk):
    nomination = get_nomination(request.user, pk)
    return _mails_about(request, nomination, mail_trail.of_nomination(nomination, request.user, timezone.now()))


@require_safe
@login_required
def request_mails(request, pk):
    reference_request = get_request_to_see(request.user, pk)
    return _mails_about(request, reference_request, mail_trail.of_request(reference_request, request.user, timezone.now()))


def _mails_about(request, matter, mails):
    return render(
        request, "portal/mails.html", {"matter": matter, "mails": mails, "is_staff": request.user.has_perm(mail_trail.STAFF)}
    )
