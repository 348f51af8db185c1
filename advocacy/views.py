from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.exceptions import LinkInvalid, LinkUnknown, NobodyResponsible
from advocacy.forms import ChangeForm, SectionsForm
from advocacy.freshness import CONSENT
from advocacy.links import read_link
from advocacy.models import SecretLink, Verification
from advocacy.permissions import get_advocate_to_change
from advocacy.profile_checks import confirm_profile, confirm_sections, read_profiles, report_change, sections_of
from advocacy.profile_facts import SECTION_WORDS, section_facts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request, token):
    """What we know of a person, for that person: still right? Reading changes nothing."""
    try:
        response = _verify(request, token, now=timezone.now())
    except LinkInvalid as error:
        status = 404 if isinstance(error, LinkUnknown) else 410
        response = render(request, "advocacy/verify_invalid.html", {"error": error}, status=status)
    # The address is the key to the page. Not `no-referrer`: then browsers send `Origin: null` with the
    # answer, and the protection against forged requests refuses it.
    response["Referrer-Policy"] = "same-origin"
    return response


def _verify(request, token, *, now):
    link = read_link(purpose=SecretLink.Purpose.VERIFY_PROFILE, token=token, now=now)
    form = ChangeForm(request.POST if request.POST.get("answer") == "changed" else None)
    if request.POST.get("answer") == "right":
        confirm_profile(link=link, now=now)
        return render(request, "advocacy/verify_thanks.html", {"is_right": True})
    if form.is_valid():
        try:
            report_change(link=link, text=form.cleaned_data["what"], now=now)
            return render(request, "advocacy/verify_thanks.html", {"is_right": False})
        except NobodyResponsible as error:
            form.add_error("what", str(error))
    sections = [(SECTION_WORDS[section], section_facts(link.about, section)) for section in sections_of(link)]
    return render(request, "advocacy/verify.html", {"advocate": link.about, "sections": sections, "form": form})


@login_required
def check_profile(request, pk):
    """The sections of a profile, for whoever looks after the customer to say what is right."""
    advocate = get_advocate_to_change(request.user, pk)
    now = timezone.now()
    [profile] = read_profiles([advocate], now=now)
    choices = [(name, Verification.Section(name).label) for name in profile.sections if name != CONSENT]
    form = SectionsForm(request.POST or None, choices=choices)
    if form.is_valid():
        confirm_sections(advocate=advocate, sections=form.cleaned_data["sections"], by=request.user, now=now)
        messages.success(request, _("Noted. These parts of the profile count as checked today."))
        return redirect("check-profile", pk=advocate.pk)
    sections = [
        {"label": Verification.Section(name).label, "state": state, "facts": section_facts(advocate, name)}
        for name, state in profile.sections.items()
    ]
    return render(request, "advocacy/check_profile.html", {"advocate": advocate, "sections": sections, "form": form})
