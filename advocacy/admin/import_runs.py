"""Files too large for one request: a worker imports them, and this page shows how far it is."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy import tasks
from advocacy.exceptions import RuleBroken
from advocacy.importer import runs, uploads
from advocacy.importer.exceptions import FileUnusable
from advocacy.models import ImportRun
from outbox.queueing import after_commit

IN_BACKGROUND_BYTES = 500_000  # from here on: some 5,000 rows
LOOKED_AT = 1_000  # rows of a large file that its preview tries
LATELY = 5
NEXT = {"cancel": runs.cancel, "resume": runs.resume}


class ImportRunsMixin:
    """For an ImportMixin whose files may be large; `run_kind` is its kind in `runs.IMPORTERS`, "" when none may be."""

    run_kind = ""

    def run_urls(self):
        view = self.admin_site.admin_view(self.import_run_view)
        return [path("import/runs/<int:pk>/", view, name=self._import_name("_run"))] if self.run_kind else []

    def is_large(self, upload):
        return bool(self.run_kind) and upload.path.exists() and upload.path.stat().st_size >= IN_BACKGROUND_BYTES

    def run_of(self, upload):
        """The run this file was handed to."""
        return ImportRun.objects.filter(kind=self.run_kind, path=str(upload.taken_path)).first() if self.run_kind else None

    def lately(self):
        """The newest runs, for who comes back to look."""
        runs_lately = list(
            ImportRun.objects.filter(kind=self.run_kind).select_related("started_by")[:LATELY] if self.run_kind else []
        )
        for run in runs_lately:
            run.url = self._run_url(run)
        return runs_lately

    def begin_run(self, request, upload):
        """Hand the file to a worker, or find the run that has it; the page of that run."""
        taken = uploads.take(upload)
        options = {"mapping": upload.mapping, **self.importer_options(upload.options)}
        now = timezone.now()
        try:
            run = runs.begin(kind=self.run_kind, path=taken, file_name=upload.name, options=options, by=request.user, now=now)
        except FileUnusable:
            taken.rename(upload.path)
            raise
        if run.path != str(taken):
            run = self._known_run(request, run, taken, now)
        after_commit(tasks.run_import, run.pk)
        return redirect(self._run_url(run))

    def _known_run(self, request, run, taken, now):
        if run.state in runs.OPEN:
            taken.unlink(missing_ok=True)
            messages.info(request, _("This file is being imported already."))
            return run
        run.path = str(taken)
        run.save(update_fields=["path"])
        runs.resume(run, by=request.user, now=now)
        messages.info(request, _("This file was imported in part before: the import goes on where it was."))
        return run

    def import_run_view(self, request, pk):
        self._check_may_import(request)
        run = get_object_or_404(ImportRun.objects.select_related("started_by"), pk=pk, kind=self.run_kind)
        if request.method == "POST":
            return self._change_run(request, run)
        context = {"run": run, "report": runs.report_of(run), "is_open": run.state in runs.OPEN, "promise": self.importer.promise}
        if request.htmx:
            return TemplateResponse(request, "admin/imports/_run.html", context | {"opts": self.opts})
        return self._import_page(request, "run", **context)

    def _change_run(self, request, run):
        change = NEXT.get(request.POST.get("do"))
        if change is None:
            raise Http404
        try:
            change(run, by=request.user, now=timezone.now())
        except RuleBroken as error:
            messages.warning(request, str(error))
        if run.state in runs.OPEN:
            after_commit(tasks.run_import, run.pk)
        return redirect(self._run_url(run))

    def _run_url(self, run):
        return reverse(f"admin:{self._import_name('_run')}", args=[run.pk])
