"""The import page of nominations: the program and the category are chosen beside the file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.admin.imports import ImportMixin, UploadForm
from nominations.importer.nominations import NominationImport
from nominations.models import Category, Program


class NominationUploadForm(UploadForm):
    program = forms.ModelChoiceField(
        Program.objects.filter(announced_at=None),
        label=gettext_lazy("Program"),
        help_text=gettext_lazy("The rows become its nominations, whatever its dates are."),
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(program__announced_at=None).select_related("program").order_by("program", "position", "name"),
        label=gettext_lazy("Category"),
        required=False,
        empty_label=gettext_lazy("the first of the program"),
        help_text=gettext_lazy("For rows whose file names none."),
    )
    field_order = ["file", "program", "category", "create_terms"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].label_from_instance = lambda category: f"{category.program}: {category}"

    def clean(self):
        cleaned = super().clean()
        program, category = cleaned.get("program"), cleaned.get("category")
        if program and category and category.program_id != program.pk:
            self.add_error("category", _("This category belongs to another program."))
        return cleaned

    def options(self):
        category = self.cleaned_data["category"]
        chosen = {"program": self.cleaned_data["program"].pk, "category": category.name if category else ""}
        return super().options() | chosen


class NominationImportMixin(ImportMixin):
    importer = NominationImport
    import_command = "import_nominations FILE --program SLUG"
    upload_form = NominationUploadForm

    def importer_options(self, options):
        return options | {"program": Program.objects.get(pk=options["program"])}
