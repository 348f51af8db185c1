"""The queue of profiles to check: one page a profile, one key to say that it is right, and on to the next."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from advocacy.exceptions import RuleBroken
from advocacy.forms import LeftForm, SectionsForm
from advocacy.freshness import CHECKED, CONSENT
from advocacy.models import Advocate, PersonMatch, ProfileDoubt, Verification
from advocacy.permissions import get_advocate_to_change
from advocacy.profile_checks import confirm_sections, queue, read_profiles
from advocacy.profile_checks.answers import correct_and_confirm
from advocacy.profile_checks.leaving import Departure, ask_now, asked_lately, has_left, is_asked_today, matches_of, undo_left
from advocacy.profile_facts import section_facts
from advocacy.profile_forms import CorrectionForm

SHOWN = 50
JUST_LEFT = "just_left"  # in the session: the last one noted as having left, until the next step
OFFERED = timedelta(hours=1)


@require_GET
@login_required
@permission_required("advocacy.keep_profiles", raise_exception=True)
def check_queue(request):
    """Whose profile waits for a word, and where to begin."""
    now = timezone.now()
    keys = queue.keys(request.user, now)
    lines = queue.first_few(request.user, now, SHOWN)
    context = {
        "lines": lines,
        "count": len(keys),
        "is_longer": len(keys) == queue.LONGEST,
        "more": max(0, len(keys) - SHOWN),
        "just_left": just_left(request, now),
    }
    return render(request, "advocacy/check_queue.html", context)


@login_required
def check_profile(request, pk):
    """What we hold of one profile, and what somebody who looks after the customer can say of it."""
    advocate = get_advocate_to_change(request.user, pk)
    now = timezone.now()
    page = Page(request, advocate, now)
    if request.method == "POST":
        following = queue_after(request.user, pk, now)
        if page.do(request.POST.get("step", "right")):
            return redirect("check-profile", following) if following else redirect("check-queue")
    return render(request, "advocacy/check_profile.html", page.context())


def just_left(request, now):
    """Whom this reader noted as having left a moment ago; None once they did something else, or came back later."""
    noted = request.session.get(JUST_LEFT)
    return noted if noted and now - datetime.fromisoformat(noted["departure"]["at"]) < OFFERED else None


@require_POST
@login_required
def undo_has_left(request, pk):
    """One click takes the last note of a departure back, for whoever wrote it."""
    noted = request.session.get(JUST_LEFT)
    if not noted or noted["pk"] != pk:
        advocate = get_advocate_to_change(request.user, pk)
        messages.warning(request, _("%(name)s: there is nothing to undo any more.") % {"name": advocate})
        return redirect("check-queue")
    # By now the person may be at a company of somebody else: whoever sent them there brings them back.
    advocate = get_object_or_404(Advocate, pk=pk)
    del request.session[JUST_LEFT]
    try:
        undo_left(advocate=advocate, departure=Departure(**noted["departure"]), by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
        return redirect("check-queue")
    messages.success(request, _("%(name)s has not left: the profile is as it was.") % {"name": advocate})
    return redirect("check-profile", pk)


def queue_after(user, pk, now):
    """The profile that comes next in the queue; None at its end."""
    keys = queue.keys(user, now) if user.has_perm("advocacy.keep_profiles") else []
    if pk not in keys:
        return next(iter(keys), None)
    place = keys.index(pk) + 1
    return keys[place] if place < len(keys) else None


class Page:
    """One profile in the queue with its forms; each step is a method that says whether it was taken."""

    def __init__(self, request, advocate, now):
        self.request, self.advocate, self.now = request, advocate, now
        [self.profile] = read_profiles([advocate], now=now)
        self.doubts = list(ProfileDoubt.objects.open().filter(advocate=advocate))
        self.due = [section for section in self.profile.due if section != CONSENT]
        # An address that takes no mail is not right: it is corrected, never waved through.
        self.bounced = {doubt.section for doubt in self.doubts if doubt.reason == ProfileDoubt.Reason.BOUNCED}
        may_be_right = [section for section in self.due or CHECKED if section not in self.bounced]
        step = request.POST.get("step", "right") if request.method == "POST" else ""
        data = {name: request.POST if step == name else None for name in STEPS}
        choices = [(section, Verification.Section(section).label) for section in CHECKED]
        self.sections = SectionsForm(data["right"], choices=choices, initial={"sections": may_be_right})
        self.correction = CorrectionForm(data["correct"], advocate=advocate, sections=CHECKED, now=now, by_customer=False)
        self.left = LeftForm(data["left"], user=request.user)

    def do(self, step):
        """Whether to go on to the next; a broken rule is told and the page stays."""
        just_left = self.request.session.pop(JUST_LEFT, None)
        try:
            is_done = STEPS[step](self) if step in STEPS else False
        except RuleBroken as error:
            messages.warning(self.request, str(error))
            is_done = False
        if just_left and not is_done:
            self.request.session[JUST_LEFT] = just_left
        return is_done

    def right(self):
        if not self.sections.is_valid():
            return False
        sections = self.sections.cleaned_data["sections"]
        confirm_sections(advocate=self.advocate, sections=sections, by=self.request.user, now=self.now)
        return self._told(_("%(name)s: noted as right today."))

    def correct(self):
        if not self.correction.is_valid():
            return False
        correction = self.correction.correction()
        unsettled = set() if "email" in correction.fields else self.bounced
        correct_and_confirm(
            advocate=self.advocate,
            correction=correction,
            sections=[section for section in self.due if section not in unsettled],
            by=self.request.user,
            now=self.now,
        )
        return self._told(_("%(name)s: corrected, and noted as checked today."))

    def ask(self):
        sections = self.due or list(CHECKED)
        ask_now(advocate=self.advocate, sections=sections, by=self.request.user, now=self.now)
        return self._told(_("%(name)s gets a mail with a link that shows what we hold."))

    def leave(self):
        if not self.left.is_valid():
            return False
        departure = has_left(advocate=self.advocate, to=self.left.cleaned_data["to"], by=self.request.user, now=self.now)
        if matches_of(self.advocate):
            messages.info(self.request, _("Somebody like this is known at another company: see “Known twice”."))
        noted = {"pk": self.advocate.pk, "name": self.advocate.name, "departure": asdict(departure)}
        self.request.session[JUST_LEFT] = noted
        return True

    def _told(self, sentence):
        messages.success(self.request, sentence % {"name": self.advocate.name})
        return True

    def context(self):
        keys = queue.keys(self.request.user, self.now) if self.request.user.has_perm("advocacy.keep_profiles") else []
        matches = matches_of(self.advocate)
        seen = PersonMatch.objects.visible_to(self.request.user).filter(pk__in=[match.pk for match in matches])
        seen = set(seen.values_list("pk", flat=True))
        asked_at = asked_lately(self.advocate, self.now)
        return {
            "advocate": self.advocate,
            "just_left": just_left(self.request, self.now),
            "parts": [self._part(section) for section in [*self.due, *self._rest()]],
            "doubts": list(dict.fromkeys(doubt.sentence for doubt in self.doubts)),
            "asked_at": asked_at,
            "is_asked_today": is_asked_today(asked_at, self.now),
            "matches": [(match, match.pk in seen) for match in matches],
            "form": self.sections,
            "correction": self.correction,
            "left": self.left,
            "is_correcting": self.correction.is_bound,
            "number": len(keys),
            "place": keys.index(self.advocate.pk) + 1 if self.advocate.pk in keys else None,
            "next": queue_after(self.request.user, self.advocate.pk, self.now),
        }

    def _rest(self):
        return [section for section in self.profile.sections if section not in self.due]

    def _part(self, section):
        return {
            "label": Verification.Section(section).label,
            "state": self.profile.sections[section],
            "verified_at": self.profile.states[section].verified_at,
            "is_due": section in self.due,
            "is_doubted": any(doubt.section == section for doubt in self.doubts),
            "facts": section_facts(self.advocate, section),
        }


STEPS = {"right": Page.right, "correct": Page.correct, "ask": Page.ask, "left": Page.leave}
