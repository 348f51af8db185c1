from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import KeptAdmin, ReadOnlyInline
from advocacy.admin.history import AuditedAdmin
from advocacy.admin.imports import AccountImportMixin, OpportunityImportMixin
from advocacy.figure_age import age_and_worth
from advocacy.models import Account, Advocate, Opportunity
from advocacy.working_time import day_of


class WithoutCsm(admin.SimpleListFilter):
    title = _("CSM")
    parameter_name = "csm"

    def lookups(self, request, model_admin):
        return [("none", _("Without a CSM"))]

    def queryset(self, request, queryset):
        return queryset.filter(csm__isnull=True) if self.value() == "none" else queryset


class PeopleInline(ReadOnlyInline):
    model = Advocate
    fields = ["name", "title", "level", "status"]
    verbose_name_plural = _("people")


@admin.register(Account)
class AccountAdmin(AccountImportMixin, AuditedAdmin, KeptAdmin):
    list_display = ["name", "lifecycle", "industry", "country", "segment", "csm", "health_score", "figures"]
    list_filter = ["lifecycle", WithoutCsm, "segment", "region", "publicity_status"]
    list_select_related = ["industry", "csm"]
    list_per_page = 50
    search_fields = ["name", "domain", "external_id"]
    autocomplete_fields = ["parent", "industry", "products", "use_cases", "csm", "account_executive"]
    readonly_fields = ["region", "figures"]
    inlines = [PeopleInline]
    fieldsets = [
        (None, {"fields": ["name", "parent", "domain", "external_id", "lifecycle", "csm", "account_executive"]}),
        (
            _("Company"),
            {
                "fields": [
                    "industry",
                    "industry_as_given",
                    "country",
                    "country_as_given",
                    "region",
                    "segment",
                    "employees",
                    "annual_revenue",
                    "customer_since",
                    "products",
                    "use_cases",
                ]
            },
        ),
        (
            _("Figures"),
            {
                "description": _("Figures older than 45 days stop counting."),
                "fields": ["metrics_as_of", "figures", "health_score", "usage_active", "renewal_date", "open_escalation"],
            },
        ),
        (_("Publicity"), {"fields": ["publicity_status", "publicity_note", "max_asks_per_quarter"]}),
    ]

    @admin.display(description=_("figures"), ordering="metrics_as_of")
    def figures(self, account):
        return age_and_worth(account.metrics_as_of, day_of(timezone.now()))


@admin.register(Opportunity)
class OpportunityAdmin(OpportunityImportMixin, KeptAdmin):
    list_display = ["external_id", "name", "account", "stage", "amount", "close_date", "is_won"]
    list_filter = ["is_won", "type", ("account", admin.EmptyFieldListFilter)]
    list_select_related = ["account"]
    list_per_page = 50
    search_fields = ["external_id", "name", "account__name"]
    autocomplete_fields = ["account", "products", "industry", "owner"]
