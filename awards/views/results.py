"""Results of a program: tables, picture, choosing winners, announcing, downloads."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from advocacy.exceptions import RuleBroken
from advocacy.exports import csv_lines
from advocacy.jobs.pages import begun
from awards import exports, permissions, services
from awards.forms import AcceptanceForm, ReasonForm
from awards.models import Judge, Winner
from awards.results_page import ResultsPage
from awards.services.announcement import why_not_yet
from awards.services.winners import why_out_of_order
from awards.standings import tables_of
from nominations.models import Program


@login_required
def programs(request):
    permissions.require_team(request.user)
    now = timezone.now()
    listed = [(program, program.phase(now)) for program in Program.objects.all()]
    return render(request, "awards/programs.html", {"programs": listed})


@login_required
def results(request, slug):
    now = timezone.now()
    program = permissions.get_program_to_run(request.user, slug)
    if permissions.is_sealed(request.user, program, now):
        return render(request, "awards/sealed.html", {"program": program, "is_open": program.in_judging(now)})
    page = ResultsPage(program, now=now, category=request.GET.get("category", ""), page=request.GET.get("page", 1))
    context = {"page": page, "program": program, "is_long": exports.is_long(program)}
    return render(request, "awards/results.html", context)


@require_POST
@login_required
def open_judging(request, slug):
    program = permissions.get_program_to_run(request.user, slug)
    added = _try(request, services.open_judging, program=program, by=request.user, now=timezone.now())
    if added is not None:
        messages.success(request, _("Every judge has every submitted nomination; %(added)s are new.") % {"added": added})
    return redirect("results", slug)


@require_POST
@login_required
def copy_rubric(request, slug):
    program = permissions.get_program_to_run(request.user, slug)
    services.copy_rubric(program=program)
    return redirect(f"{reverse('admin:awards_rubriccomponent_changelist')}?program__id__exact={program.pk}")


@login_required
def close(request, slug):
    program, now = permissions.get_program_with_results(request.user, slug, timezone.now()), timezone.now()
    if request.method == "POST":
        _try(request, services.close_judging, program=program, by=request.user, now=now)
        return redirect("results", slug)
    waiting = Judge.objects.filter(program=program).open_work().with_open_count()
    return render(request, "awards/close_judging.html", {"program": program, "waiting": waiting})


@require_POST
@login_required
def shortlist(request, slug, pk):
    now = timezone.now()
    entry = permissions.get_entry_to_choose(request.user, slug, pk, now)
    _try(request, services.shortlist, entry=entry, by=request.user, now=now)
    return redirect("results", slug)


@login_required
def choose(request, slug, pk):
    """Confirm a choice; where it departs from the order, say how and ask why."""
    now = timezone.now()
    entry = permissions.get_entry_to_choose(request.user, slug, pk, now)
    program = entry.category.program
    row, table = _row_of(program, entry)
    form = ReasonForm(_posted(request), required=False, label=_("Why this one"))
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_winner(entry=entry, by=request.user, reason=form.cleaned_data["reason"], now=now)
        except RuleBroken as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("Chosen: %(nomination)s.") % {"nomination": row.nomination})
            return redirect("results", slug)
    out_of_order = why_out_of_order(row, table, program)
    return render(
        request,
        "awards/choose.html",
        {"program": program, "row": row, "table": table, "form": form, "out_of_order": out_of_order},
    )


@login_required
def accept(request, slug, pk):
    now = timezone.now()
    winner = permissions.get_winner_to_change(request.user, slug, pk, now)
    form = AcceptanceForm(_posted(request), winner=winner)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=request.user, now=now)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Recorded: %(nomination)s accepts.") % {"nomination": winner.entry.nomination})
            return redirect("results", slug)
    return render(request, "awards/accept.html", {"program": winner.category.program, "winner": winner, "form": form})


@login_required
def decline(request, slug, pk):
    return _with_reason(
        request,
        slug,
        pk,
        service=lambda **arguments: services.record_decline(why=arguments.pop("reason"), **arguments),
        title=_("The customer declines"),
        label=_("What they said, and where it can be read"),
        button=_("Record the no"),
        done=_("Recorded: %(nomination)s declines. Who comes next stands under “Offers”."),
        consequence=_(
            "The next reserve of the frozen result is put forward; before the freeze the place is free. A declined award cannot be offered to this entry again."
        ),
    )


@login_required
def take_back(request, slug, pk):
    return _with_reason(
        request,
        slug,
        pk,
        service=services.take_back_choice,
        title=_("Take the choice back"),
        label=_("Why it is taken back"),
        button=_("Take it back"),
        done=_("Taken back: %(nomination)s stands in the order again."),
        consequence=_("The entry stands in the order again and can be chosen later."),
    )


def _with_reason(request, slug, pk, *, service, label, done, **words):
    now = timezone.now()
    winner = permissions.get_winner_to_change(request.user, slug, pk, now)
    form = ReasonForm(_posted(request), label=label)
    if request.method == "POST" and form.is_valid():
        try:
            service(winner=winner, by=request.user, reason=form.cleaned_data["reason"], now=now)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done % {"nomination": winner.entry.nomination})
            return redirect("results", slug)
    return render(
        request, "awards/with_reason.html", {"program": winner.category.program, "winner": winner, "form": form, **words}
    )


@login_required
def announce(request, slug):
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    page = ResultsPage(program, now=now)
    if request.method == "POST":
        if _try(request, services.announce, program=program, by=request.user, now=now):
            messages.success(request, _("Announced. Now read the mails and send them."))
            for winner in (
                Winner.objects.standing().filter(category__program=program).select_related("entry__nomination__nominee")
            ):
                _link_to_advocate(request, winner.entry.nomination.nominee)
            return redirect("results-announcement", slug)
        return redirect("results-announce", slug)
    without_winner = program.categories.exclude(pk__in=Winner.objects.standing().values("category"))
    return render(
        request,
        "awards/announce.html",
        {"program": program, "page": page, "without_winner": without_winner, "not_yet": why_not_yet(program, now)},
    )


def _link_to_advocate(request, advocate):
    link = format_html('<a href="{}">{}</a>', advocate.get_absolute_url(), advocate)
    messages.success(request, format_html(_("{} is now an advocate with a story."), link))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def download_scores(request, slug):
    return _download(request, slug, "scores", exports.SCORE_COLUMNS, exports.score_rows)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def download_results(request, slug):
    return _download(request, slug, "results", exports.RESULT_COLUMNS, exports.result_rows)


def _download(request, slug, name, columns, rows):
    """By POST in the background, because it is long."""
    now = timezone.now()
    program = permissions.get_program_with_results(request.user, slug, now)
    if request.method == "POST":
        params, title = {"program": program.pk, "slug": slug}, f"{program}: {name}.csv"
        return begun(request, kind=f"program_{name}", params=params, title=title, back=reverse("results", args=[slug]))
    return StreamingHttpResponse(
        csv_lines(columns, rows(program)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{program.slug}-{name}.csv"'},
    )


def _posted(request):
    return request.POST if request.method == "POST" else None


def _row_of(program, entry):
    found = [(row, table) for table in tables_of(program) for row in table.rows if row.entry and row.entry.pk == entry.pk]
    if not found:
        raise Http404
    return found[0]


def _try(request, service, **arguments):
    try:
        return service(**arguments)
    except RuleBroken as error:
        messages.error(request, str(error))
        return None
