from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import services
from advocacy.admin.base import KeptAdmin, ReadOnlyInline
from advocacy.admin.forms import AskForm, ConsentForm, StatusForm
from advocacy.admin.history import AuditedAdmin
from advocacy.admin.imports import AdvocateImportMixin
from advocacy.admin.small_pages import SmallPages
from advocacy.eligibility import eligibility
from advocacy.exceptions import RuleBroken
from advocacy.links import end_links_of_profile
from advocacy.models import Advocate, Ask, Consent, Position, Story, Verification, Willingness
from advocacy.services.situation import current_rules, person_from
from advocacy.working_time import day_of


class WillingnessInline(admin.TabularInline):
    model = Willingness
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("activity_type")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        # One query for all rows instead of one each.
        field.choices = list(field.choices)
        return field


class ConsentInline(ReadOnlyInline):
    model = Consent
    fields = ["purpose", "decision", "decided_at", "given_by", "method", "expires_on"]


class VerificationInline(ReadOnlyInline):
    model = Verification
    fields = ["section", "verified_at", "verified_by", "method"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("verified_by")


class AskInline(ReadOnlyInline):
    model = Ask
    fields = ["activity_type", "state", "counts_on", "source", "asked_by", "outcome"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("advocate", "activity_type", "asked_by")


class StoryInline(ReadOnlyInline):
    model = Story
    fields = ["headline", "came_from", "created_at"]


class PositionInline(ReadOnlyInline):
    model = Position
    fields = ["account", "title", "ended_on"]
    verbose_name_plural = _("earlier positions")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("account")


@admin.register(Advocate)
class AdvocateAdmin(AdvocateImportMixin, SmallPages, AuditedAdmin, KeptAdmin):
    list_display = ["name", "title", "account", "level", "status"]
    list_filter = ["status", "level", "stage", "account__region", "account__segment"]
    list_select_related = ["account"]
    list_per_page = 50
    search_fields = ["name", "email", "account__name"]
    autocomplete_fields = ["account", "topics"]
    readonly_fields = ["status", "paused_until", "tier", "may_become_advocate"]
    inlines = [WillingnessInline, ConsentInline, VerificationInline, AskInline, StoryInline, PositionInline]
    audit_with = ["willingness", "consents", "asks"]
    change_form_template = "admin/advocacy/advocate/change_form.html"
    actions = ["activate"]
    fieldsets = [
        (None, {"fields": ["name", "email", "account", "title", "level", "function", "languages", "time_zone", "bio"]}),
        (_("Standing"), {"fields": ["status", "paused_until", "rests_until", "stage", "tier", "max_asks_per_quarter", "topics"]}),
        (
            _("What we know"),
            {"fields": ["nps", "nps_on", "passion", "self_promotion", "relationship", "may_become_advocate"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def save_model(self, request, obj, form, change):
        if change and "account" in form.changed_data:
            services.remember_position(advocate=Advocate.objects.get(pk=obj.pk), now=timezone.now())
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            end_links_of_profile(obj, timezone.now())

    @admin.display(description=_("may become an advocate"))
    def may_become_advocate(self, advocate):
        today = day_of(timezone.now())
        lines = eligibility(person_from(advocate), today, current_rules())
        return format_html_join(
            mark_safe("<br>"), "{}: {} ({})", ((line.criterion, line.told(today), VERDICTS[line.holds]) for line in lines)
        )

    @admin.action(description=_("Make active advocates"), permissions=["change"])
    def activate(self, request, advocates):
        for advocate in advocates:
            try:
                services.activate_advocate(advocate=advocate, by=request.user, now=timezone.now())
            except RuleBroken as error:
                messages.warning(request, f"{advocate}: {error}")
            else:
                messages.success(request, gettext("%(advocate)s is an active advocate.") % {"advocate": advocate})

    def get_urls(self):
        pages = [
            path(f"<int:pk>/{word}/", self.admin_site.admin_view(view), name=f"advocacy_advocate_{name}")
            for word, name, view in [
                ("status", "status", self.status_view),
                ("record-consent", "consent", self.consent_view),
                ("record-ask", "ask", self.ask_view),
            ]
        ]
        return pages + super().get_urls()

    def status_view(self, request, pk):
        advocate = self._advocate_to_change(request, pk)
        form = StatusForm(request.POST or None, advocate=advocate)

        def save(to, until, why):
            who = {"advocate": advocate, "by": request.user, "now": timezone.now()}
            if to == Advocate.Status.PAUSED:
                services.pause_advocate(until=until, why=why, **who)
            elif to == Advocate.Status.RETIRED:
                services.retire_advocate(why=why, **who)
            else:
                services.activate_advocate(why=why, **who)

        return self.small_page(request, advocate, form, save, title=_("Change the status"), submit=_("Change"))

    def consent_view(self, request, pk):
        advocate = self._advocate_to_change(request, pk)
        form = ConsentForm(request.POST or None, instance=Consent(advocate=advocate), initial={"given_by": advocate.name})

        def save(**data):
            services.record_consent(advocate=advocate, recorded_by=request.user, now=timezone.now(), **data)

        return self.small_page(request, advocate, form, save, title=_("Record a consent"), submit=_("Record"))

    def ask_view(self, request, pk):
        advocate = self._advocate_to_change(request, pk)
        form = AskForm(request.POST or None)

        def save(**data):
            services.reserve_ask(advocate=advocate, asked_by=request.user, source=Ask.Source.BY_HAND, now=timezone.now(), **data)

        return self.small_page(request, advocate, form, save, title=_("Record an ask"), submit=_("Take the place"))

    def _advocate_to_change(self, request, pk):
        advocate = self.get_object(request, str(pk))
        if advocate is None or not self.has_change_permission(request, advocate):
            raise PermissionDenied
        return advocate


VERDICTS = {True: _("holds"), False: _("does not hold"), None: _("not known")}
