"""The page that asks a customer whether their profile is still right."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from advocacy.exceptions import LinkInvalid, LinkUnknown, NobodyResponsible
from advocacy.forms import ChangeForm
from advocacy.links import read_link
from advocacy.models import SecretLink
from advocacy.profile_checks import confirm_profile, correct_profile, report_change, sections_of
from advocacy.profile_facts import SECTION_WORDS, section_facts
from advocacy.profile_forms import CorrectionForm


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
    answer, sections = request.POST.get("answer"), sections_of(link)
    words = ChangeForm(request.POST if answer == "changed" else None)
    corrected = request.POST if answer == "corrected" else None
    correction = CorrectionForm(corrected, advocate=link.about, sections=sections, now=now, by_customer=True)
    try:
        if answer == "right":
            confirm_profile(link=link, now=now)
            return _thanks(request, "right")
        if correction.is_valid():
            correct_profile(link=link, correction=correction.correction(), now=now)
            return _thanks(request, "corrected")
        if words.is_valid():
            report_change(link=link, text=words.cleaned_data["what"], now=now)
            return _thanks(request, "words")
    except NobodyResponsible as error:
        form = words if answer == "changed" else correction
        form.add_error("what" if answer == "changed" else None, str(error))
    facts = [(SECTION_WORDS[section], section_facts(link.about, section)) for section in sections]
    context = {"advocate": link.about, "sections": facts, "form": words, "correction": correction}
    return render(request, "advocacy/verify.html", context)


def _thanks(request, answer):
    return render(request, "advocacy/verify_thanks.html", {"answer": answer})
