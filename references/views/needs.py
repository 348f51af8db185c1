"""What was looked for in vain, as its owner and the advocacy team see it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from references.models import UnmetNeed


@login_required
@require_GET
def need(request, pk):
    needs = UnmetNeed.objects.visible_to(request.user).select_related("user", "activity_type", "industry", "opportunity")
    return render(request, "references/need.html", {"need": get_object_or_404(needs, pk=pk)})
