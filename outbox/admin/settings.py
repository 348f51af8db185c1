from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outbox import holding
from outbox.admin.base import ReadOnlyAdmin
from outbox.models import Message, OutboxSettings

HERE = "admin:outbox_outboxsettings_changelist"


class LimitsForm(forms.ModelForm):
    class Meta:
        model = OutboxSettings
        fields = ["per_minute", "day_mail_at"]


class HoldForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Everybody in the admin reads this as long as mail is held."),
    )


@admin.register(OutboxSettings)
class OutboxSettingsAdmin(ReadOnlyAdmin):
    """One row, so one page; the switch that holds all mail has a page of its own that asks first."""

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("outbox.change_outboxsettings")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.settings_view), name="outbox_outboxsettings_changelist"),
            path("hold/", view(self.hold_view), name="outbox_outboxsettings_hold"),
            path("let-go/", view(self.let_go_view), name="outbox_outboxsettings_let_go"),
            *super().get_urls(),
        ]

    def settings_view(self, request):
        self._require(request)
        settings = OutboxSettings.current()
        form = LimitsForm(request.POST or None, instance=settings)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, gettext("Saved."))
            return redirect(HERE)
        return self.page(request, "settings", title=self.name_of_list, form=form, settings=settings)

    def hold_view(self, request):
        self._require(request)
        form = HoldForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            holding.hold_all_mail(why=form.cleaned_data["why"])
            messages.success(request, gettext("All mail is held from now on."))
            return redirect(HERE)
        return self.page(
            request,
            "confirm",
            title=gettext("Hold all mail?"),
            form=form,
            explanation=gettext(
                "Nothing leaves until a person lets mail go again: no link to sign in, no new password either. "
                "What is written meanwhile waits and goes out afterwards."
            ),
            button=gettext("Hold all mail"),
        )

    def let_go_view(self, request):
        self._require(request)
        if request.method == "POST":
            holding.let_mail_go()
            messages.success(request, gettext("Mail goes out again."))
            return redirect(HERE)
        counts = Message.objects.aggregate(
            queued=Count("pk", filter=Q(state=Message.State.QUEUED)), held=Count("pk", filter=Q(state=Message.State.HELD))
        )
        return self.page(
            request,
            "confirm",
            title=gettext("Let mail go out again?"),
            explanation=gettext(
                "%(queued)s mails wait and go out as their time comes; %(held)s stay held until a person releases them."
            )
            % counts,
            button=gettext("Let mail go"),
        )

    def _require(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied

    def page(self, request, name, **context):
        return super().page(request, name, here=reverse(HERE), **context)
