from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from advocacy.admin.history import AuditedAdmin
from advocacy.exceptions import RuleBroken
from advocacy.models import User
from awards import services
from awards.forms import ReasonForm
from awards.models import Judge


class JudgeForm(forms.ModelForm):
    class Meta:
        model = Judge
        fields = ["program", "user", "scores_story", "scores_partnership"]
        help_texts = {
            "user": _("Becomes able to open the judging desk. Ties to a customer are kept out by the system."),
            "scores_story": _("A judge may score both criteria or one."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self.fields["user"].required = True
            self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("name", "pk")

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and cleaned.get("program") and cleaned.get("user"):
            try:
                services.refuse_appointment(program=cleaned["program"], user=cleaned["user"], now=timezone.now())
            except RuleBroken as error:
                raise ValidationError(str(error)) from error
        return cleaned


GUEST_FIELDS = ["guest_name", "guest_email", "guest_kind", "guest_account", "invited_at", "left_at"]


@admin.register(Judge)
class JudgeAdmin(AuditedAdmin):
    form = JudgeForm
    list_display = ["__str__", "program", "scores_story", "scores_partnership", "sees_results_early"]
    list_filter = ["program"]
    list_select_related = ["program", "user"]
    search_fields = ["user__name", "guest_name", "guest_email", "program__name"]

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_readonly_fields(self, request, obj=None):
        """Who judges what is fixed once judging opens; the seal is lifted on a page of its own."""
        if obj is None:
            return []
        fixed = ["scores_story", "scores_partnership"] if services.rubric_is_fixed(obj.program, timezone.now()) else []
        return ["program", "user", *GUEST_FIELDS, *fixed, *(["scores_partnership"] if obj.is_guest else []), "seal"]

    def get_fields(self, request, obj=None):
        """A guest is invited, written to again and taken back on a page of its own."""
        if obj and obj.is_guest:
            return ["program", *GUEST_FIELDS, "scores_story", "scores_partnership"]
        return [*JudgeForm.Meta.fields, *(["seal"] if obj else [])]

    def has_delete_permission(self, request, obj=None):
        started = obj is not None and services.rubric_is_fixed(obj.program, timezone.now())
        return not started and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        # Deleting in bulk would take scores with it.
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=[name for name in ("scores_story", "scores_partnership") if name in form.cleaned_data])
            return
        judge = services.appoint_judge(
            by=request.user, now=timezone.now(), **{name: form.cleaned_data[name] for name in form.Meta.fields}
        )
        obj.pk = judge.pk
        obj._state.adding = False

    @admin.display(description=_("seal over the results"))
    def seal(self, judge):
        if judge.sees_results_early:
            return _("Lifted: may see results before own scores.")
        link = reverse("admin:awards_judge_lift_seal", args=[judge.pk])
        return format_html('{} <a href="{}">{}</a>', _("Holds until their own nominations are done."), link, _("Lift it"))

    def get_urls(self):
        lift = path("<int:pk>/lift-seal/", self.admin_site.admin_view(self.lift_seal), name="awards_judge_lift_seal")
        return [lift, *super().get_urls()]

    def lift_seal(self, request, pk):
        judge = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_change_permission(request, judge) and request.user.runs_program):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why this judge may see the results early"))
        if request.method == "POST" and form.is_valid():
            try:
                services.lift_seal(judge=judge, by=request.user, why=form.cleaned_data["reason"], now=timezone.now())
            except RuleBroken as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The seal is lifted for %(judge)s.") % {"judge": judge})
                return redirect("admin:awards_judge_change", judge.pk)
        return render(request, "awards/lift_seal.html", {"judge": judge, "form": form})
