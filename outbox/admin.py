from csp.decorators import csp
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox import services
from outbox.exceptions import CannotSettle
from outbox.masking import mask_secrets
from outbox.models import MailboxMessage, Message


class ReadOnlyAdmin(admin.ModelAdmin):
    """The machinery writes these rows; people read them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "kind", "state", "attempts", "not_before", "sent_at"]
    list_filter = ["state", "kind"]
    search_fields = ["recipient", "subject"]
    list_per_page = 50
    fieldsets = [
        (None, {"fields": ["state", "recipient", "reply_to", "subject", "masked_text", "attached"]}),
        (_("Delivery"), {"fields": ["not_before", "attempts", "claimed_at", "sent_at", "last_error", "history"]}),
        (_("Origin"), {"fields": ["kind", "key", "created_at"]}),
    ]
    change_form_template = "admin/outbox/message/change_form.html"
    change_list_template = "admin/outbox/message/change_list.html"

    class Media:
        css = {"all": ["css/outbox.css"]}

    @admin.display(description=_("text"))
    def masked_text(self, message):
        return render_to_string("admin/outbox/message/text.html", {"text": mask_secrets(message.text)})

    @admin.display(description=_("attached"))
    def attached(self, message):
        return ", ".join(attachment["name"] for attachment in message.attachments) or "–"

    @admin.display(description=_("what happened"))
    def history(self, message):
        return render_to_string("admin/outbox/message/history.html", {"events": _events_of(message)})

    def get_urls(self):
        settle = path(
            "<int:pk>/settle/<str:outcome>/", self.admin_site.admin_view(self.settle_view), name="outbox_message_settle"
        )
        return [settle, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_settle = {"may_settle": _may_settle(request.user)}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | may_settle)

    def settle_view(self, request, pk, outcome):
        """Ask for confirmation, then write what a person knows of a mail in doubt."""
        if not _may_settle(request.user):
            raise PermissionDenied
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        decision = SETTLEMENTS.get(outcome)
        if decision is None:
            return redirect(_page_of(message))
        if request.method == "POST":
            try:
                decision["service"](message)
                self.log_change(request, message, str(decision["done"]))
                messages.success(request, decision["done"])
            except CannotSettle as error:
                messages.warning(request, str(error))
            return redirect(_page_of(message))
        context = {
            **self.admin_site.each_context(request),
            "title": decision["title"],
            "message": message,
            "decision": decision,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/outbox/message/settle.html", context)


SETTLEMENTS = {
    "arrived": {
        "title": _("Mark this mail as arrived?"),
        "explanation": _("You asked the recipient, or saw it in the mail server's log. It will not be sent again."),
        "button": _("It arrived"),
        "done": _("Marked as sent."),
        "service": lambda message: services.mark_arrived(message=message),
    },
    "again": {
        "title": _("Send this mail again?"),
        "explanation": _("If the first one arrived after all, the recipient gets it twice."),
        "button": _("Send again"),
        "done": _("Queued: it goes out within a minute."),
        "service": lambda message: services.send_again(message=message, now=timezone.now()),
    },
    "bounced": {
        "title": _("Mark this mail as bounced?"),
        "explanation": _("It came back to our address. Whoever looks after the customer hears of it."),
        "button": _("It came back"),
        "done": _("Marked as bounced."),
        "service": lambda message: services.mark_bounced(message=message, why=gettext("It came back.")),
    },
}

IN_USE = "outbox.mailbox.MailboxBackend"

# A mail is shown as it is, inline styles and all, but can run nothing, load nothing and send nothing.
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@admin.register(MailboxMessage)
class MailboxMessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipients", "delivered_at"]
    search_fields = ["recipients", "subject"]
    list_per_page = 50
    change_form_template = "admin/outbox/mailboxmessage/change_form.html"
    change_list_template = "admin/outbox/mailboxmessage/change_list.html"

    class Media:
        css = {"all": ["css/outbox.css"]}

    def get_urls(self):
        page = path("<int:pk>/html/", self.admin_site.admin_view(self.html_view), name="outbox_mailboxmessage_html")
        file = path("<int:pk>/files/<int:number>/", self.admin_site.admin_view(self.file_view), name="outbox_mailboxmessage_file")
        return [page, file, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Mailbox"), "is_in_use": settings.EMAIL_BACKEND == IN_USE}
        return super().changelist_view(request, (extra_context or {}) | context)

    @method_decorator([csp(MAIL_POLICY), xframe_options_sameorigin])
    def html_view(self, request, pk):
        """The HTML of a mail alone, for the frame on its page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponse(get_object_or_404(self.get_queryset(request), pk=pk).html)

    def file_view(self, request, pk, number):
        """A file of a mail, to be saved: never shown by the browser."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        files = get_object_or_404(self.get_queryset(request), pk=pk).attachments
        if number >= len(files):
            raise Http404
        disposition = content_disposition_header(True, files[number]["name"])
        return HttpResponse(
            files[number]["text"], content_type=files[number]["type"], headers={"Content-Disposition": disposition}
        )


def _may_settle(user):
    return user.has_perm("outbox.change_message")


def _page_of(message):
    return reverse("admin:outbox_message_change", args=[message.pk])


def _events_of(message):
    """The states of a message in order, each with who caused it, where a person did."""
    events = list(message.events.select_related("pgh_context").order_by("pgh_id"))
    user_ids = {(event.pgh_context.metadata if event.pgh_context else {}).get("user") for event in events}
    people = get_user_model().objects.in_bulk(user_ids - {None})
    for event in events:
        user = (event.pgh_context.metadata if event.pgh_context else {}).get("user")
        event.by = people.get(user) or gettext("the system")
    return events
