from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from advocacy.models import User
from portal.demo_people import DEMO_PEOPLE
from portal.home import open_programs, parts_for


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


def not_here(request):
    raise Http404


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
