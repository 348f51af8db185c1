from urllib.parse import quote, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from advocacy.consent_texts import TEXTS
from advocacy.exceptions import RuleBroken
from advocacy.freshness import CHECKED
from advocacy.models import Advocate, Ask
from advocacy.profile_checks import confirm_sections
from advocacy.services.consent import record_consent
from advocacy.services.giving import add_recognition, deliver_recognition
from advocacy.services.person_matches import profile_kept
from references.forms.keeping import ConsentForm, RecognitionForm, StatusForm
from references.forms.profile import ProfileForm
from references.profile import profile_of, reader_of, timeline_of
from references.profile.permissions import get_profile_to_change, get_profile_to_see, get_recognition_to_change
from references.search.facets import number
from references.services.upkeep import change_status


@login_required
@require_GET
def advocate(request, pk):
    now = timezone.now()
    found = get_profile_to_see(request.user, pk)
    profile = profile_of(found, request.user, now)
    context = {"profile": profile, "timeline": profile.timeline, "joined": _joined_with(found, request.user), "now": now}
    return render(request, "references/advocate.html", context)


def _joined_with(found, user):
    """The profile that stands for this person since two were joined, for whoever may see it."""
    kept = profile_kept(found)
    return None if kept.pk == found.pk else Advocate.objects.visible_to(user).filter(pk=kept.pk).first()


@login_required
@require_GET
def timeline(request, pk):
    """What happened before the newest; htmx takes the next page into the list."""
    now = timezone.now()
    reader = reader_of(request.user, get_profile_to_see(request.user, pk), now)
    context = {
        "pk": pk,
        "label": reader.sight.describe(reader.advocate),
        "timeline": timeline_of(reader, number(request.GET.get("page")) or 1),
        "now": now,
    }
    return render(request, "references/_timeline.html" if request.htmx else "references/timeline.html", context)


@login_required
def edit(request, pk):
    """The CSM keeps the profile current; two with the form open are told what the other changed."""
    found = get_profile_to_change(request.user, pk)
    if request.method == "POST":
        with transaction.atomic():
            locked = Advocate.objects.select_for_update(of=("self",)).select_related("account").get(pk=found.pk)
            form = ProfileForm(request.POST, instance=locked)
            if form.is_valid():
                form.save(by=request.user, now=timezone.now())
                messages.success(request, _("Saved. What you ticked or changed counts as checked today."))
                if words := form.words_on_what_others_changed:
                    messages.info(request, words)
                return redirect("advocate", pk)
    else:
        form = ProfileForm(instance=found)
    return render(request, "references/advocate_edit.html", {"form": form, "advocate": Advocate.objects.get(pk=pk)})


@login_required
@require_POST
def still_right(request, pk):
    """One press: this section is still right."""
    found = get_profile_to_change(request.user, pk)
    section = request.POST.get("section")
    if section in CHECKED:
        confirm_sections(advocate=found, sections=[section], by=request.user, now=timezone.now())
        messages.success(request, _("Noted: still right today."))
    return redirect("advocate", pk)


@login_required
def status(request, pk):
    """Pause, retire or bring back, with the reason."""
    found = get_profile_to_change(request.user, pk)
    now = timezone.now()
    form = StatusForm(request.POST or None, advocate=found, now=now, initial={"until": found.paused_until})

    def save(**data):
        change_status(advocate=found, by=request.user, now=now, **data)

    under_way = Ask.objects.filter(advocate=found).in_flight().select_related("activity_type")
    words = {"title": _("Pause or retire"), "submit": _("Change"), "under_way": list(under_way)}
    return _small_page(request, found, form, save, **words)


@login_required
def consent(request, pk):
    """Write down what the customer allowed or took back."""
    found = get_profile_to_change(request.user, pk)
    now = timezone.now()
    initial = {"given_by": found.name, "decision": "given", "purposes": request.GET.getlist("for")}
    form = ConsentForm(request.POST or None, now=now, initial=initial)

    @transaction.atomic
    def save(purposes, text_shown, **data):
        for purpose in purposes:
            text = text_shown or str(TEXTS[purpose])
            record_consent(advocate=found, purpose=purpose, text_shown=text, recorded_by=request.user, now=now, **data)

    words = {"title": _("Record a consent"), "submit": _("Record"), "sentences": form.sentences, "mail": _mail_to(found, form)}
    return _small_page(request, found, form, save, **words)


def _mail_to(advocate, form):
    """A mail of the reader's own, begun with the usual sentences; the address is for those who keep the profile."""
    lines = [f"[ ] {sentence}" for _label, sentence in form.sentences]
    body = "\n\n".join([_("May we? Please answer with the lines you agree to:"), *lines])
    words = urlencode({"subject": _("What may we use of your story?"), "body": body}, quote_via=quote)
    return f"mailto:{quote(advocate.email, safe='@')}?{words}" if advocate.email else ""


@login_required
def thanks(request, pk):
    """Write down what we gave, or promised."""
    found = get_profile_to_change(request.user, pk)
    form = RecognitionForm(request.POST or None)

    def save(**data):
        add_recognition(advocate=found, by=request.user, now=timezone.now(), **data)

    return _small_page(request, found, form, save, title=_("Write down a thank-you"), submit=_("Keep"))


@login_required
@require_POST
def given(request, pk):
    """What was promised has been given."""
    recognition = get_recognition_to_change(request.user, pk)
    try:
        deliver_recognition(recognition=recognition, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Noted: given."))
    return redirect("advocate", recognition.advocate_id)


def _small_page(request, advocate, form, save, **words):
    """A page of one form that calls a service; a broken rule stands at the form as a sentence."""
    if request.method == "POST" and form.is_valid():
        try:
            save(**form.cleaned_data)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Noted."))
            return redirect("advocate", advocate.pk)
    return render(request, "references/keeping.html", {"form": form, "advocate": advocate, **words})
