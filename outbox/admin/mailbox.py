from csp.decorators import csp
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox.admin.base import MAIL_POLICY, ReadOnlyAdmin
from outbox.models import MailboxMessage

IN_USE = "outbox.mailbox.MailboxBackend"


@admin.register(MailboxMessage)
class MailboxMessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipients", "delivered_at"]
    search_fields = ["recipients", "subject"]
    list_per_page = 50
    change_form_template = "admin/outbox/mailboxmessage/change_form.html"
    change_list_template = "admin/outbox/mailboxmessage/change_list.html"

    def get_urls(self):
        page = path("<int:pk>/html/", self.admin_site.admin_view(self.html_view), name="outbox_mailboxmessage_html")
        file = path("<int:pk>/files/<int:number>/", self.admin_site.admin_view(self.file_view), name="outbox_mailboxmessage_file")
        return [page, file, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {"title": self.name_of_list, "is_in_use": settings.EMAIL_BACKEND == IN_USE}
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
