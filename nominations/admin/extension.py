from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.walltime import in_words
from nominations.exceptions import ExtensionNotGiven
from nominations.forms.setup import ExtensionForm
from nominations.models import Nomination
from nominations.services import extend_deadline


class ExtensionMixin:
    """`<pk>/extend/`: a later deadline for one draft."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.extend_view)
        return [path("<int:pk>/extend/", view, name="nominations_nomination_extend"), *super().get_urls()]

    def extend_view(self, request, pk):
        nomination = self._to_change(request, pk)
        program = nomination.program
        form = ExtensionForm(request.POST if request.method == "POST" else None, nomination=nomination)
        if form.is_valid():
            try:
                extend_deadline(nomination=nomination, by=request.user, now=timezone.now(), **form.cleaned_data)
            except ExtensionNotGiven as error:
                form.add_error("until", str(error))
            else:
                moment = in_words(form.cleaned_data["until"], program.time_zone)
                messages.success(request, _now("Taken until %(moment)s.") % {"moment": moment})
                return redirect("admin:nominations_nomination_change", pk)
        facts = [in_words(moment, program.time_zone) for moment in (program.closes_at, program.judging_opens_at)]
        context = {"title": _("More time for this nomination"), "form": form, "closes": facts[0], "judging_opens": facts[1]}
        return self._page(request, "nominations/admin/extend.html", nomination, context)


def extension_step(nomination):
    """The link for a draft; nothing for what was handed in."""
    if nomination.status != Nomination.Status.DRAFT:
        return []
    return [(_("Give more time"), reverse("admin:nominations_nomination_extend", args=[nomination.pk]))]
