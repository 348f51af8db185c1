"""Long work as its people see it: what runs, how far it is, and what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from advocacy.exceptions import RuleBroken
from advocacy.jobs.files import rights_of
from advocacy.jobs.pages import begun
from advocacy.jobs.registry import all_kinds, job_kind
from advocacy.jobs.running import cancel
from advocacy.jobs.starting import go_on
from advocacy.models import ImportRun, Job
from advocacy.serving import served_from

PER_PAGE = 30
LATELY = 10
MODELS = {"accounts": "account", "advocates": "advocate", "opportunities": "opportunity"}  # of imports
STEPS = {"cancel": cancel, "go-on": go_on}


@require_safe
@login_required
@never_cache
def jobs(request):
    page = Paginator(Job.objects.for_page(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "offered": [kind for kind in all_kinds() if kind.is_offered and kind.may(request.user, {})],
        "imports": _imports(request.user),
    }
    return render(request, "advocacy/jobs/jobs.html", context)


@require_safe
@login_required
@never_cache
def job(request, pk):
    found = get_job(request.user, pk)
    kind = job_kind(found.kind)
    context = {
        "job": found,
        "kind": kind,
        "page": kind.page(found) if kind and kind.page else "",
        "has_file": bool(found.file) and _may_have_file(request.user, found),
        "asks_again": found.is_open,
    }
    return render(request, "advocacy/jobs/_job.html" if request.htmx else "advocacy/jobs/job.html", context)


@require_POST
@login_required
def start_job(request, code):
    kind = job_kind(code)
    if kind is None or not kind.is_offered:
        raise Http404
    if not kind.may(request.user, {}):
        raise PermissionDenied
    return begun(request, kind=code, params={}, title=str(kind.label), back="jobs")


@require_POST
@login_required
def job_step(request, pk, step):
    found = get_job(request.user, pk)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](found, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.warning(request, str(error))
    return redirect(found)


@require_safe
@login_required
def job_file(request, pk):
    """What it made, for as long as its reader may see what is in it."""
    found = get_job(request.user, pk)
    if not found.file:
        raise Http404
    if not _may_have_file(request.user, found):
        raise PermissionDenied
    return served_from(found.path, name=found.file_name, content_type="text/csv; charset=utf-8")


def get_job(user, pk):
    return get_object_or_404(Job.objects.for_page(user), pk=pk)


def _may_have_file(user, job):
    kind = job_kind(job.kind)
    return kind is not None and kind.may(user, job.params) and set(job.cursor.get("rights", [])) <= set(rights_of(user))


def _imports(user):
    """The newest imports of files, for those whose pages they have."""
    runs = list(ImportRun.objects.select_related("started_by")[:LATELY]) if user.runs_program else []
    for run in runs:
        run.url = reverse(f"admin:advocacy_{MODELS[run.kind]}_import_run", args=[run.pk]) if run.kind in MODELS else ""
    return runs
