from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.admin.history import AuditedAdmin
from nominations import walltime
from nominations.forms.program import DATES, ProgramForm
from nominations.models import Category, Program


class CategoryInline(admin.StackedInline):
    model = Category
    extra = 0
    fields = [("name", "axis", "position"), "outcome", ("inside_audience", "outside_audience")]


@admin.register(Program)
class ProgramAdmin(AuditedAdmin):
    form = ProgramForm
    list_display = ["name", "season", "phase", "opens", "closes", "submitted", "is_public"]
    list_filter = ["is_public", "series"]
    search_fields = ["name", "series", "season"]
    prepopulated_fields = {"slug": ["name"]}
    raw_id_fields = ["contact"]
    readonly_fields = ["phase", "pages"]
    inlines = [CategoryInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", ("series", "season"), "is_public", "phase", "pages"]}),
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
        taken_up = obj is not None and (obj.nominations.exists() or obj.judges.exists())
        return not taken_up and super().has_delete_permission(request, obj)

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
        links.append((reverse("results", args=[program.slug]), _("results")))
        return format_html(" · ".join(['<a href="{}">{}</a>'] * len(links)), *(part for link in links for part in link))

    @admin.display(description=_("call opens"), ordering="opens_at")
    def opens(self, program):
        return walltime.in_words(program.opens_at, program.time_zone)

    @admin.display(description=_("call closes"), ordering="closes_at")
    def closes(self, program):
        return walltime.in_words(program.closes_at, program.time_zone)

    @admin.display(description=_("nominations"), ordering="submitted_count")
    def submitted(self, program):
        return program.submitted_count
