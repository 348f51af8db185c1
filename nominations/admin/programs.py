from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.forms.models import BaseInlineFormSet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy import walltime
from advocacy.admin.history import AuditedAdmin
from advocacy.together import EditedTogether
from nominations.forms.program import ProgramForm
from nominations.models import Category, Program
from nominations.services import categories, programs
from nominations.setup.dates import DATES


class CategoryFormSet(BaseInlineFormSet):
    """Says why a category stays, and the way out."""

    def clean(self):
        for form in self.forms:
            if form.instance.pk and self._should_delete_form(form) and (sentence := categories.why_it_stays(form.instance)):
                raise ValidationError(sentence)
        # Last: the admin has a sentence of its own in here, about protected objects.
        super().clean()


class CategoryInline(admin.StackedInline):
    model = Category
    form = EditedTogether
    formset = CategoryFormSet
    extra = 0
    fields = [("name", "axis", "position"), "outcome", ("inside_audience", "outside_audience"), "seen"]


@admin.register(Program)
class ProgramAdmin(AuditedAdmin):
    form = ProgramForm
    change_list_template = "nominations/admin/programs.html"
    list_display = ["name", "season", "phase", "opens", "closes", "submitted", "is_public", "set_up"]
    list_filter = ["is_public", "series"]
    search_fields = ["name", "series", "season"]
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["contact"]
    readonly_fields = ["phase", "pages"]
    inlines = [CategoryInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("series", "season"), "is_public", "phase", "pages", "seen"]}),
        (_("Dates"), {"fields": ["time_zone", *DATES, "grace_minutes"]}),
        (_("The public page"), {"fields": ["purpose", "prizes", "process_text", "consent_text", "contact"]}),
        (
            _("How it is judged"),
            {
                "description": _("Set these before judging opens: they are recorded with the result."),
                "fields": [
                    "story_weight",
                    ("story_floor", "partnership_floor"),
                    ("minimum_story_judges", "minimum_partnership_judges"),
                    "tie_rule",
                    "winners_per_category",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        handed_in = Count("nominations", filter=Q(nominations__status="submitted"))
        return super().get_queryset(request).annotate(submitted_count=handed_in)

    def get_changeform_initial_data(self, request):
        return {"time_zone": request.user.time_zone} | super().get_changeform_initial_data(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.is_changed_by_a_judge = obj is not None and obj.judges.filter(user=request.user).exists()
        return form

    def has_delete_permission(self, request, obj=None):
        """A program anybody took part in stays: judges would go with it, and what they gave."""
        taken_up = obj is not None and programs.why_it_stays(obj)
        return not taken_up and super().has_delete_permission(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        """Refused with the reason and the way out, not with a bare no."""
        program = self.get_object(request, object_id)
        if program and super().has_delete_permission(request) and (sentence := programs.why_it_stays(program)):
            context = {**self.admin_site.each_context(request), "opts": self.opts, "original": program}
            context |= {"title": _("This program stays"), "sentence": sentence}
            return TemplateResponse(request, "nominations/admin/program_stays.html", context, status=403)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        programs.delete_program(program=obj)

    def get_object(self, request, object_id, from_field=None):
        """Who saves waits for another who does, and then sees what they left. Outside the saving itself nothing waits."""
        is_saving = request.method == "POST" and transaction.get_connection().in_atomic_block
        if is_saving and str(object_id).isdecimal():
            Program.objects.select_for_update(of=("self",)).filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forms = [form, *(row for formset in formsets for row in formset.initial_forms)]
        for sentence in filter(None, (edited.words_on_what_others_changed for edited in forms)):
            messages.info(request, sentence)

    def get_actions(self, request):
        # In bulk the question above is not asked of each.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=_("phase"))
    def phase(self, program):
        return program.phase(timezone.now()).label if program.pk else _("not saved yet")

    @admin.display(description=_("pages"))
    def pages(self, program):
        if not program.pk:
            return _("They exist once the program is saved.")
        nominations = f"{reverse('admin:nominations_nomination_changelist')}?program__id__exact={program.pk}"
        links = [(program.get_absolute_url(), _("public page")), (nominations, _("nominations"))]
        links.append((reverse("triage", args=[program.slug]), _("triage")))
        links.insert(0, (reverse("program-setup", args=[program.slug]), _("guided setup")))
        links.append((reverse("results", args=[program.slug]), _("results")))
        return format_html(" · ".join(['<a href="{}">{}</a>'] * len(links)), *(part for link in links for part in link))

    @admin.display(description=_("call opens"), ordering="opens_at")
    def opens(self, program):
        return walltime.in_words(program.opens_at, program.time_zone)

    @admin.display(description=_("call closes"), ordering="closes_at")
    def closes(self, program):
        return walltime.in_words(program.closes_at, program.time_zone)

    @admin.display(description=_("guided path"))
    def set_up(self, program):
        return format_html('<a href="{}">{}</a>', reverse("program-setup", args=[program.slug]), _("Set up"))

    @admin.display(description=_("nominations"), ordering="submitted_count")
    def submitted(self, program):
        return program.submitted_count
