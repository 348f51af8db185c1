from csp.decorators import csp
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from outbox import mailings
from outbox.admin.base import MAIL_POLICY, ReadOnlyAdmin
from outbox.exceptions import MailingRefused
from outbox.masking import mask_secrets
from outbox.models import Mailing, Message

PAGE = 100
STAYS = [Message.State.CANCELLED, Message.State.MERGED]


@admin.register(Mailing)
class MailingAdmin(ReadOnlyAdmin):
    """Mails to many: how many get one, what each reads, and the two buttons."""

    list_display = ["title", "state", "recipients", "stay_home", "prepared_at", "prepared_by", "decided_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["prepared_by", "decided_by"]
    search_fields = ["title"]
    list_per_page = 50
    change_form_template = "admin/outbox/mailing/change_form.html"
    change_list_template = "admin/outbox/mailing/change_list.html"

    def get_queryset(self, request):
        stays = Q(messages__state__in=STAYS)
        counts = {"recipient_count": Count("messages", filter=~stays), "home_count": Count("messages", filter=stays)}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("recipients"), ordering="recipient_count")
    def recipients(self, mailing):
        return mailing.recipient_count

    @admin.display(description=_("stay home"), ordering="home_count")
    def stay_home(self, mailing):
        return mailing.home_count

    def get_urls(self):
        def page(address, view, name):
            return path(f"<int:pk>/{address}", self.admin_site.admin_view(view), name=f"outbox_mailing_{name}")

        return [
            page("mails/<int:mail>/", self.mail_view, "mail"),
            page("mails/<int:mail>/html/", self.html_view, "mail_html"),
            page("release/", self.release_view, "release"),
            page("cancel/", self.cancel_view, "cancel"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, (extra_context or {}) | {"title": self.name_of_list})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The recipients, a page at a time."""
        mailing = self.get_object(request, object_id)
        return super().change_view(
            request, object_id, form_url, (extra_context or {}) | (self._facts(request, mailing) if mailing else {})
        )

    def _facts(self, request, mailing):
        wanted = request.GET.get("q", "").strip()
        mails = mailing.messages.filter(recipient__icontains=wanted).order_by("pk").defer("text", "html", "attachments")
        keeper = mailings.keeper_of(mailing)
        return {
            "title": _("Mailing"),
            "mails": Paginator(mails, PAGE).get_page(request.GET.get("p")),
            "wanted": wanted,
            "held": mailing.messages.held().count(),
            "may_cancel": mailing.state == Mailing.State.PREPARED or mailing.messages.waiting().exists(),
            "why_not": mailings.why_not(mailing, timezone.now()),
            "page_of_its_own": keeper and keeper.page(mailing),
            "may_decide": _may_decide(request.user),
            "is_over": mailing.state == Mailing.State.CANCELLED,
        }

    # One mail ---------------------------------------------------------------------------------

    def mail_view(self, request, pk, mail):
        """A mail as its recipient will see it, but for the links that are theirs alone."""
        mailing, message = self._find(request, pk, mail)
        around = mailing.messages.order_by("pk").values_list("pk", flat=True)
        context = {
            "title": message.subject,
            "mailing": mailing,
            "message": message,
            "text": mask_secrets(message.text),
            "before": around.filter(pk__lt=message.pk).last(),
            "after": around.filter(pk__gt=message.pk).first(),
        }
        return self.page(request, "mail", **context)

    @method_decorator([csp(MAIL_POLICY), xframe_options_sameorigin])
    def html_view(self, request, pk, mail):
        _mailing, message = self._find(request, pk, mail)
        return HttpResponse(mask_secrets(message.html))

    def _find(self, request, pk, mail):
        if not self.has_view_permission(request):
            raise PermissionDenied
        mailing = get_object_or_404(self.get_queryset(request), pk=pk)
        return mailing, get_object_or_404(mailing.messages, pk=mail)

    # Deciding ---------------------------------------------------------------------------------

    def release_view(self, request, pk):
        """Ask once more, with the number; then let the held mails go that stood there when it was asked."""
        mailing = self._to_decide(request, pk)
        held = mailing.messages.held()
        if request.method == "POST":
            try:
                released = mailings.release_mailing(
                    mailing=mailing, by=request.user, now=timezone.now(), newest=_number(request.POST.get("newest"))
                )
                self._tell_released(request, mailing, released)
            except MailingRefused as error:
                messages.warning(request, str(error))
            return redirect(_page_of(mailing))
        sentence = mailings.why_not(mailing, timezone.now())
        newest = held.order_by("pk").last()
        return self.page(
            request,
            "release",
            title=_("Release this mailing?"),
            mailing=mailing,
            held=held.count(),
            newest=newest,
            why_not=sentence,
        )

    def cancel_view(self, request, pk):
        mailing = self._to_decide(request, pk)
        if request.method == "POST":
            stopped = mailings.cancel_mailing(mailing=mailing, by=request.user, now=timezone.now())
            self.log_change(request, mailing, gettext("Cancelled."))
            told = ngettext("%(n)s mail was stopped.", "%(n)s mails were stopped.", stopped.stopped) % {"n": stopped.stopped}
            gone = ngettext("%(n)s had gone already.", "%(n)s had gone already.", stopped.gone) % {"n": stopped.gone}
            messages.success(request, f"{told} {gone}" if stopped.gone else told)
            return redirect(_page_of(mailing))
        waiting = mailing.messages.waiting().count()
        return self.page(request, "cancel", title=_("Cancel this mailing?"), mailing=mailing, waiting=waiting)

    def _to_decide(self, request, pk):
        if not _may_decide(request.user):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _tell_released(self, request, mailing, released):
        if not released.sent:
            messages.info(request, _("Nothing was left to release: somebody has released it already."))
            return
        self.log_change(request, mailing, gettext("Released."))
        told = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", released.sent)
        messages.success(request, told % {"n": released.sent})


def _may_decide(user):
    return user.has_perm("outbox.change_mailing")


def _page_of(mailing):
    return reverse("admin:outbox_mailing_change", args=[mailing.pk])


def _number(text):
    """The last mail that was on the page; without one, nothing was looked at."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
