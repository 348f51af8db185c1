from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nominations.permissions import get_nomination_to_answer_for
from nominations.services.alerts import settle_alert


@require_POST
@login_required
def settle(request, pk, alert_pk):
    """Somebody who stands for the customer has seen to it."""
    nomination = get_nomination_to_answer_for(request.user, pk)
    alert = get_object_or_404(nomination.alerts, pk=alert_pk)
    settle_alert(alert=alert, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: seen to it."))
    return redirect(nomination)
