"""Import pages for a changelist: choose a file, look at what would happen, import."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.admin.import_runs import LOOKED_AT, ImportRunsMixin
from advocacy.importer import uploads
from advocacy.importer.accounts import AccountImport
from advocacy.importer.advocates import AdvocateImport
from advocacy.importer.columns import NOT_USED, guess_columns
from advocacy.importer.exceptions import ColumnMissing, FileUnusable
from advocacy.importer.opportunities import OpportunityImport
from advocacy.importer.reading import count_rows, read_table

PATIENCE = 10  # seconds a page waits for another import


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV with a line that names the columns. Nothing is written before you have seen what would happen."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    create_terms = forms.BooleanField(
        label=gettext_lazy("Add industries that are not known yet"),
        help_text=gettext_lazy("Words that look like a misspelt industry are never added."),
        required=False,
    )

    def __init__(self, *args, command, **kwargs):
        self.command = command
        super().__init__(*args, **kwargs)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_PAGE_MAX_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s and this page takes %(most)s. Import it with “python manage.py %(command)s”.")
                % {
                    "size": filesizeformat(file.size),
                    "most": filesizeformat(settings.IMPORT_PAGE_MAX_BYTES),
                    "command": self.command,
                }
            )
        return file

    def options(self) -> dict:
        """What was chosen beside the file, as it is kept in the session."""
        return {"create_terms": self.cleaned_data["create_terms"]}


class ColumnsForm(forms.Form):
    """One choice a field of ours: the column of the file it is read from."""

    def __init__(self, *args, fields, header, mapping, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [(NOT_USED, _("not in the file"))] + [(column, column) for column in dict.fromkeys(header) if column]
        guessed = guess_columns(header, fields, mapping)
        for field in fields:
            self.fields[f"column-{field.name}"] = forms.ChoiceField(
                label=capfirst(field.label),
                choices=columns,
                initial=guessed[field.name],
                required=False,
            )

    def mapping(self) -> dict[str, str]:
        """What differs from the columns as recognised."""
        chosen = {name.removeprefix("column-"): column or NOT_USED for name, column in self.cleaned_data.items()}
        return {name: column for name, column in chosen.items() if column != self.fields[f"column-{name}"].initial}


class ImportMixin(ImportRunsMixin):
    """For a ModelAdmin whose rows can be imported; `importer` is its TableImport and `import_command` its command."""

    importer = None
    import_command = ""
    upload_form = UploadForm
    change_list_template = "admin/imports/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        pages = [
            path("import/", view(self.import_view), name=self._import_name()),
            path("import/<str:key>/", view(self.import_preview_view), name=self._import_name("_preview")),
        ]
        return self.run_urls() + pages + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        url = reverse(f"admin:{self._import_name()}") if self.has_import_permission(request) else ""
        return super().changelist_view(request, {"import_url": url, **(extra_context or {})})

    def has_import_permission(self, request):
        """Those who run the program and may add such rows; adding them one by one in the admin may still be off."""
        add = f"{self.opts.app_label}.add_{self.opts.model_name}"
        return request.user.has_perms(["advocacy.run_program", add])

    def importer_options(self, options: dict) -> dict:
        """What the importer is told besides the file, from what the session kept."""
        return options

    def import_view(self, request):
        self._check_may_import(request)
        form = self.upload_form(request.POST or None, request.FILES or None, command=self.import_command)
        if request.method == "POST" and form.is_valid():
            upload = uploads.keep(request, kind=self._kind(), file=form.cleaned_data["file"], options=form.options())
            try:
                read_table(upload.path)
            except FileUnusable as problem:
                uploads.discard(upload)
                form.add_error("file", str(problem))
            else:
                return redirect(self._preview_url(upload))
        return self._import_page(request, "upload", form=form, lately=self.lately())

    def import_preview_view(self, request, key):
        self._check_may_import(request)
        upload = uploads.find(request, kind=self._kind(), key=key)
        if upload is None:
            raise Http404
        if run := self.run_of(upload):
            return redirect(self._run_url(run))
        if request.method == "POST":
            return self._confirm(request, upload) if "confirm" in request.POST else self._check_again(request, upload)
        if upload.report or upload.is_running:
            return self._import_page(request, "report", upload=upload, report=upload.report)
        if not upload.path.exists():
            messages.warning(request, _("The file waited too long and was removed. Choose it again."))
            return redirect(f"admin:{self._import_name()}")
        return self._preview(request, upload)

    def _preview(self, request, upload):
        form = self._columns_form(upload)
        report, problem = None, ""
        try:
            rows = LOOKED_AT if self.is_large(upload) else None
            report = self._run(request, upload, upload.path, dry_run=True, only=rows)
        except ColumnMissing as error:
            problem = f"{error} {_('Choose it below.')}"
        except FileUnusable as error:
            problem = str(error)
        total = count_rows(upload.path) if report and self.is_large(upload) else 0
        context = {"upload": upload, "form": form, "report": report, "problem": problem, "total": total}
        return self._import_page(request, "preview", promise=self.importer.promise, **context)

    def _check_again(self, request, upload):
        form = self._columns_form(upload, request.POST)
        if form.is_valid():
            upload.mapping |= form.mapping()
            uploads.remember(request, upload)
        else:
            messages.error(request, _("Choose columns that are in the file."))
        return redirect(self._preview_url(upload))

    def _confirm(self, request, upload):
        try:
            if self.is_large(upload):
                return self.begin_run(request, upload)
            uploads.import_once(upload, lambda path: self._run(request, upload, path, dry_run=False))
        except uploads.UploadGone as gone:
            if not (upload.report or upload.is_running):
                messages.warning(request, str(gone))
        except FileUnusable as problem:
            messages.error(request, str(problem))
        return redirect(self._preview_url(upload))

    def _run(self, request, upload, file, *, dry_run, only=None):
        return self.importer(
            path=file,
            file_name=upload.name,
            now=timezone.now(),
            by=request.user,
            mapping=upload.mapping,
            dry_run=dry_run,
            only=only,
            patience=PATIENCE,
            **self.importer_options(upload.options),
        ).run()

    def _columns_form(self, upload, data=None):
        header = read_table(upload.path).header
        return ColumnsForm(data, fields=self.importer.FIELDS, header=header, mapping=upload.mapping)

    def _import_page(self, request, page, **context):
        plural = self.opts.verbose_name_plural
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Import %(things)s") % {"things": plural},
            "changelist_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            "import_url": reverse(f"admin:{self._import_name()}"),
            "fields": self.importer.FIELDS,
        }
        return TemplateResponse(request, f"admin/imports/{page}.html", context)

    def _check_may_import(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    def _kind(self):
        return self.opts.label_lower

    def _import_name(self, page=""):
        return f"{self.opts.app_label}_{self.opts.model_name}_import{page}"

    def _preview_url(self, upload):
        return reverse(f"admin:{self._import_name('_preview')}", args=[upload.key])


class AccountImportMixin(ImportMixin):
    importer = AccountImport
    run_kind = "accounts"
    import_command = "import_accounts FILE"


class OpportunityImportMixin(ImportMixin):
    importer = OpportunityImport
    run_kind = "opportunities"
    import_command = "import_opportunities FILE"


class AdvocateImportMixin(ImportMixin):
    importer = AdvocateImport
    run_kind = "advocates"
    import_command = "import_advocates FILE"
