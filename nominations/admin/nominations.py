from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from advocacy.admin.base import ReadOnly
from advocacy.admin.history import AuditedAdmin
from advocacy.companies import find_accounts
from advocacy.exceptions import RuleBroken
from advocacy.models import Account
from advocacy.workflow import history_of
from nominations.admin.extension import ExtensionMixin, extension_step
from nominations.admin.imports import NominationImportMixin
from nominations.forms.triage import TriageForm
from nominations.models import Category, Entry, Nomination, NomineeReply
from nominations.results import in_words
from nominations.services import link_account, triage

Status = Nomination.Status
STEPS = [
    (Status.INELIGIBLE, _("Mark as not eligible")),
    (Status.DUPLICATE, _("Mark as duplicate")),
    (Status.WITHDRAWN, _("Withdraw")),
    (Status.SUBMITTED, _("Back to submitted")),
]
WORDS = dict(STEPS)


class AccountFilter(admin.SimpleListFilter):
    title = _("account")
    parameter_name = "account"

    def lookups(self, request, model_admin):
        return [("without", _("Without an account")), ("with", _("With an account"))]

    def queryset(self, request, queryset):
        if self.value() in ("with", "without"):
            return queryset.filter(account__isnull=self.value() == "without")
        return queryset


class CategoryFilter(admin.SimpleListFilter):
    """By name, so that a category that returns each season is one choice."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        return [(name, name) for name in Category.objects.order_by("name").values_list("name", flat=True).distinct()]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(pk__in=Entry.objects.filter(category__name=self.value()).values("nomination"))
        return queryset


class EntryInline(admin.TabularInline):
    """The categories it takes part in. What came of an entry stands on the results page, not here."""

    model = Entry
    extra = 0
    fields = ["category"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "category":
            nomination_pk = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = db_field.related_model.objects.filter(program__nominations=nomination_pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and _before_judging(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _before_judging(obj)


def _before_judging(nomination):
    return nomination is None or timezone.now() < nomination.program.judging_opens_at


class ReplyInline(ReadOnly, admin.StackedInline):
    model = NomineeReply
    fields = readonly_fields = ["answer", "answered_at", "scope", "evidence", "recorded_by"]
    extra = 0


@admin.register(Nomination)
class NominationAdmin(NominationImportMixin, ExtensionMixin, AuditedAdmin):
    """Read here, changed by steps: each step is a page that asks, and writes the history."""

    list_display = ["__str__", "program", "category_names", "status", "source", "submitted_on"]
    list_filter = ["program", "status", "source", AccountFilter, CategoryFilter]
    search_fields = ["headline", "organization_as_given", "account__name", "nominee__name", "narrative"]
    list_select_related = ["program", "account", "nominee", "nominator"]
    list_per_page = 50
    inlines = [EntryInline, ReplyInline]
    change_form_template = "nominations/admin/nomination.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "program",
                    "status",
                    "source",
                    "nominator",
                    "sponsor",
                    "supporters",
                    "submitted_at",
                    "extended_until",
                    "steps",
                ]
            },
        ),
        (
            _("Who"),
            {
                "fields": [
                    "account",
                    "organization_as_given",
                    "country_as_given",
                    "industry_as_given",
                    "nominee",
                    "nominee_as_given",
                    "co_nominees",
                ]
            },
        ),
        (
            _("The story"),
            {"fields": ["headline", *Nomination.STORY_FIELDS, "results_in_words", "use_case", "use_case_text", "quote"]},
        ),
        (_("Going public"), {"fields": ["publicity_interest", "publicity_note", "consented_to"]}),
        (
            _("The partnership"),
            {"fields": [(name, f"{name}_evidence") for name in Nomination.PARTNERSHIP_FIELDS]},
        ),
    ]

    def get_queryset(self, request):
        entries = Prefetch("entries", Entry.objects.select_related("category"))
        return super().get_queryset(request).prefetch_related(entries)

    def get_readonly_fields(self, request, obj=None):
        own = [field.name for field in Nomination._meta.get_fields() if not field.auto_created or field.concrete]
        return [*own, "steps", "results_in_words"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """A nomination is withdrawn, with a reason; its history stays."""
        return False

    @admin.display(description=_("categories"))
    def category_names(self, nomination):
        return ", ".join(entry.category.name for entry in nomination.entries.all())

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted_on(self, nomination):
        return nomination.submitted_at and date_format(nomination.submitted_at, "j M Y")

    @admin.display(description=_("next step"))
    def steps(self, nomination):
        return format_html_join(" · ", '<a href="{1}">{0}</a>', _steps(nomination))

    @admin.display(description=_("results"))
    def results_in_words(self, nomination):
        return format_html_join("", "<div><bdi>{}</bdi></div>", ((in_words(row),) for row in nomination.results)) or "-"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/step/<str:to>/", wrap(self.step_view), name="nominations_nomination_step"),
            path("<int:pk>/account/", wrap(self.account_view), name="nominations_nomination_account"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        nomination = self.get_object(request, object_id)
        context = {"status_history": history_of(nomination)} if nomination else {}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | context)

    def step_view(self, request, pk, to):
        nomination = self._to_change(request, pk)
        if to not in WORDS:
            raise Http404
        form = TriageForm(request.POST or None, to=to)
        if form.is_valid():
            try:
                triage(nomination=nomination, to=to, by=request.user, why=form.cleaned_data["why"], now=timezone.now())
            except RuleBroken as error:
                messages.warning(request, str(error))
            else:
                messages.success(request, _now("Done: %(name)s is “%(status)s”.") % _named(nomination))
            return redirect("admin:nominations_nomination_change", pk)
        context = {"title": WORDS[to], "form": form, "others": _others_like(nomination)}
        return self._page(request, "nominations/admin/step.html", nomination, context)

    def account_view(self, request, pk):
        nomination = self._to_change(request, pk)
        if request.method == "POST":
            chosen = request.POST.get("account", "")
            account = get_object_or_404(Account, pk=chosen if chosen.isdecimal() else None)
            link_account(nomination=nomination, account=account, by=request.user, now=timezone.now())
            messages.success(request, _now("Linked to %(account)s.") % {"account": account})
            return redirect("admin:nominations_nomination_change", pk)
        text = request.GET.get("q", nomination.organization_as_given)
        context = {"title": _("Link to an account"), "q": text, "accounts": find_accounts(user=request.user, text=text)}
        return self._page(request, "nominations/admin/account.html", nomination, context)

    def _to_change(self, request, pk):
        nomination = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, nomination):
            raise PermissionDenied
        return nomination

    def _page(self, request, template, nomination, context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": nomination, **context}
        return TemplateResponse(request, template, context)


def _steps(nomination):
    """The pages of the steps open to a nomination now. A draft is submitted by its nominator, not here."""
    steps = [(_("Page"), nomination.get_absolute_url())]
    if nomination.status != Status.DRAFT:
        steps.append((_("Triage"), reverse("triage-nomination", args=[nomination.program.slug, nomination.pk])))
    account = _("Change the account") if nomination.account_id else _("Link to an account")
    steps.append((account, reverse("admin:nominations_nomination_account", args=[nomination.pk])))
    steps += extension_step(nomination)
    if nomination.status == Status.SUBMITTED and nomination.nominee_id:
        steps.append((_("Record the nominee's answer"), reverse("nomination-reply", args=[nomination.pk])))
    if nomination.status != Status.DRAFT:
        allowed = Nomination.TRANSITIONS.get(nomination.status, ())
        url = "admin:nominations_nomination_step"
        steps += [(words, reverse(url, args=[nomination.pk, to])) for to, words in STEPS if to in allowed]
    return steps


def _named(nomination):
    return {"name": str(nomination), "status": nomination.get_status_display()}


def _others_like(nomination):
    """Other nominations of the same company in the program: what a duplicate would be of."""
    if nomination.account_id is None:
        return Nomination.objects.none()
    same = Nomination.objects.filter(program=nomination.program_id, account=nomination.account_id).exclude(pk=nomination.pk)
    return same.for_list()[:10]
