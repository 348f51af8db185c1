from csp.decorators import csp
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox import rendering
from outbox.admin.base import MAIL_POLICY, ReadOnlyAdmin
from outbox.models import Wording
from outbox.wording import all_mails, find_mail
from outbox.wording.checking import LONGEST
from outbox.wording.saving import back_to_default, save_wording

HERE = "admin:outbox_wording_changelist"
EDIT = "admin:outbox_wording_edit"
DRAFT = "outbox_wording_draft"


class WordingForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=250, required=False, help_text=_("Empty: the default. {{ subject }} stands for it.")
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 18, "cols": 80}),
        help_text=_(
            "An empty line begins a paragraph; **bold**, *emphasis*, - lists, > quotes and [words](https://…) for links."
        ),
    )

    def __init__(self, *args, mail, **kwargs):
        super().__init__(*args, **kwargs)
        self.mail = mail

    def clean(self):
        data = super().clean()
        subject, body = data.get("subject", ""), data.get("body", "")
        for name, faults in rendering.faults_by_field(self.mail, subject, body).items():
            for fault in faults:
                self.add_error(name, fault)
        return data


@admin.register(Wording)
class WordingAdmin(ReadOnlyAdmin):
    """All mails with the words they go out with; the team's own replace the default."""

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("outbox.change_wording")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.list_view), name="outbox_wording_changelist"),
            path("mails/<slug:name>/", view(self.edit_view), name="outbox_wording_edit"),
            path("mails/<slug:name>/default/", view(self.default_view), name="outbox_wording_default"),
            path("mails/<slug:name>/preview/", view(self.preview_view), name="outbox_wording_preview"),
            *super().get_urls(),
        ]

    def list_view(self, request):
        self._require(request)
        edited = {wording.template: wording for wording in Wording.objects.select_related("changed_by")}
        rows = [(mail, edited.get(mail.name)) for mail in all_mails()]
        rows = [(mail, wording, bool(wording) and not rendering.fits(mail, wording)) for mail, wording in rows]
        return self.page(request, "list", title=self.name_of_list, rows=rows)

    def edit_view(self, request, name):
        mail, wording = self._mail(request, name)
        started = {"subject": wording.subject if wording else "", "body": wording.body if wording else mail.body}
        form = WordingForm(request.POST or None, initial=started, mail=mail)
        # A wording that is refused has no preview: what it would look like is not known.
        shown = started if not wording or rendering.fits(mail, wording) else {"subject": "", "body": mail.body}
        is_draft = request.method == "POST" and form.is_valid()
        if is_draft:
            shown = {key: form.cleaned_data[key] for key in started}
            if "save" in request.POST:
                save_wording(mail=mail, **shown, by=request.user, now=timezone.now())
                messages.success(request, gettext("Saved: the next mail of this kind goes out with these words."))
                return redirect(EDIT, name)
        request.session[DRAFT] = {name: shown}
        return self.page(
            request,
            "edit",
            title=mail.title,
            mail=mail,
            form=form,
            wording=wording,
            faults=rendering.faults_of(mail, wording.subject, wording.body) if wording else [],
            preview=rendering.preview(mail, **shown),
            is_draft=is_draft,
            is_refused=request.method == "POST" and not is_draft,
            history=_history_of(name),
        )

    def default_view(self, request, name):
        """Ask for confirmation, then give the default back; the history keeps the words."""
        mail, wording = self._mail(request, name)
        if request.method == "POST":
            back_to_default(mail=mail)
            messages.success(request, gettext("Back to the default."))
            return redirect(EDIT, name)
        return self.page(request, "default", title=gettext("Back to the default?"), mail=mail, wording=wording)

    @method_decorator([csp(MAIL_POLICY), xframe_options_sameorigin])
    def preview_view(self, request, name):
        """The HTML of the words on the page alone, for the frame there."""
        mail, wording = self._mail(request, name)
        shown = request.session.get(DRAFT, {}).get(name) or {"subject": "", "body": mail.body}
        if rendering.faults_of(mail, **shown):
            raise Http404
        return HttpResponse(rendering.preview(mail, **shown).html)

    def _mail(self, request, name):
        self._require(request)
        mail = find_mail(name)
        if mail is None:
            raise Http404
        return mail, Wording.objects.select_related("changed_by").filter(template=name).first()

    def _require(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied


def _history_of(name):
    """Who wrote which words when, the newest first; a return to the default too."""
    events = Wording.pgh_event_model.objects.filter(template=name).select_related("changed_by").order_by("-pgh_id")
    return list(events[:20])
