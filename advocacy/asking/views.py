from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from advocacy import services
from advocacy.asking.forms import AskForm
from advocacy.asking.person import people_like, person_label
from advocacy.exceptions import RuleBroken
from advocacy.models import Advocate, Ask
from advocacy.people import is_responsible_for
from advocacy.workflow import history_of
from advocacy.working_time import day_of

PER_PAGE = 30
VIEWS = {
    "mine": gettext_lazy("Asked by me"),
    "customers": gettext_lazy("Of my customers"),
    "all": gettext_lazy("All"),
}


def require_asker(user):
    if not user.has_perm("advocacy.record_asks"):
        raise PermissionDenied


@login_required
@require_GET
def asks(request):
    """The ledger as this reader may see it: what they asked, and what their customers were asked."""
    require_asker(request.user)
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "mine"
    rows = Ask.objects.told_to(request.user).for_pages()
    if view == "mine":
        rows = rows.filter(asked_by=request.user, source=Ask.Source.CAMPAIGN)
    elif view == "customers":
        rows = rows.filter(advocate__account__csm=request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    views = VIEWS if request.user.runs_program else {name: VIEWS[name] for name in ("mine", "customers")}
    return render(request, "advocacy/asks/asks.html", {"page": page, "view": view, "views": views})


@login_required
def ask_new(request):
    """Any team asks for a customer: half a minute, and the ledger says at once whether they may be asked."""
    require_asker(request.user)
    now = timezone.now()
    form = AskForm(request.POST or None, user=request.user, now=now, initial=_chosen(request, day_of(now)))
    if form.is_valid() and (ask := form.send()):
        words = _("The place is held and the CSM has been asked for their word.")
        messages.success(request, words if ask.state == Ask.State.PROPOSED else _("The place is held. You may ask the customer."))
        return redirect("ask", ask.pk)
    return render(request, "advocacy/asks/new.html", {"form": form})


def _chosen(request, on):
    """The person a profile named, where their name may be told."""
    pk = request.GET.get("advocate", "")
    named = Advocate.objects.visible_to(request.user).named_to(request.user, on).select_related("account")
    advocate = named.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    return {"person": person_label(advocate)} if advocate else {}


@login_required
@require_GET
def ask_people(request):
    require_asker(request.user)
    text = request.GET.get("person", "").replace("\x00", "").strip()
    found = people_like(request.user, text, day_of(timezone.now())) if len(text) > 1 else []
    return render(request, "advocacy/asks/_people.html", {"labels": [person_label(advocate) for advocate in found]})


@login_required
@require_GET
def ask(request, pk):
    found, looks_after = _get_ask(request.user, pk)
    states = dict(Ask.State.choices)
    context = {
        "ask": found,
        "history": [(states.get(change.to_status, change.to_status), change) for change in history_of(found)],
        "steps": STEPS_IN.get(found.state, ()) if found.source == Ask.Source.CAMPAIGN else (),
        "looks_after": looks_after,
        "asks": found.asked_by_id == request.user.pk or request.user.runs_program,
    }
    return render(request, "advocacy/asks/ask.html", context)


STEPS_IN = {
    Ask.State.PROPOSED: ("word", "withdraw"),
    Ask.State.ASKED: ("answer", "withdraw"),
    Ask.State.ACCEPTED: ("finish", "withdraw"),
}


def _get_ask(user, pk):
    """The ask and whether `user` speaks for the customer; what one may not see is not there."""
    now = timezone.now()
    found = Ask.objects.for_pages().filter(pk=pk).first()
    if found is None:
        raise Http404
    looks_after = user.runs_program or is_responsible_for(user, found.account, day_of(now))
    if not looks_after and not Ask.objects.told_to(user).filter(pk=pk).exists():
        raise Http404
    return found, looks_after


@login_required
@require_POST
def ask_step(request, pk, step):
    """One step of an ask: the CSM's word, the customer's answer, the end."""
    found, looks_after = _get_ask(request.user, pk)
    if found.source != Ask.Source.CAMPAIGN or step not in STEPS:
        raise Http404
    take, said, needs_csm = STEPS[step]
    if not (looks_after or (found.asked_by_id == request.user.pk and not needs_csm)):
        raise PermissionDenied
    try:
        take(ask=found, by=request.user, now=timezone.now(), words=request.POST.get("words", "")[:2000])
        messages.success(request, said)
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect("ask", found.pk)


# Step: what it does, what the page says afterwards, and whether only those who look after the customer take it.
STEPS = {
    "allow": (lambda *, words, **step: services.allow_ask(**step), gettext_lazy("The asker may go ahead."), True),
    "refuse": (
        lambda *, words, **step: services.refuse_ask(why=words, **step),
        gettext_lazy("The place is free again, and the asker knows why."),
        True,
    ),
    "yes": (
        lambda *, words, **step: services.note_answer(said_yes=True, why=words, **step),
        gettext_lazy("Written down: the customer said yes."),
        False,
    ),
    "no": (
        lambda *, words, **step: services.note_answer(said_yes=False, why=words, **step),
        gettext_lazy("Written down: the customer said no and rests now."),
        False,
    ),
    "finish": (
        lambda *, words, **step: services.finish_ask(outcome=words, **step),
        gettext_lazy("Done. Now say thank you."),
        False,
    ),
    "withdraw": (
        lambda *, words, **step: services.withdraw_ask(why=words, **step),
        gettext_lazy("The place is free again."),
        False,
    ),
}
