from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.exceptions import ColleagueUnfit
from nominations.forms.helping import HandOverForm
from nominations.permissions import get_draft_to_change, only_for_drafts
from nominations.services.handover import hand_over as give


@login_required
@only_for_drafts
def hand_over(request, pk):
    nomination = get_draft_to_change(request.user, pk)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        try:
            give(nomination=nomination, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ColleagueUnfit as error:
            form.add_error("to", str(error))
        else:
            messages.success(request, _("%(name)s goes on with it and has a mail.") % {"name": form.cleaned_data["to"]})
            return redirect(nomination)
    return render(request, "nominations/hand_over.html", {"nomination": nomination, "form": form})
