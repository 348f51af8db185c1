from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from outbox import holding, services
from outbox.admin.base import ReadOnlyAdmin
from outbox.admin.filters import GroupFilter, KindFilter
from outbox.exceptions import CannotSettle
from outbox.kinds import label_of
from outbox.masking import mask_secrets
from outbox.models import Message, OutboxSettings
from outbox.waiting import Outlook

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
    "copy": {
        "title": _("Send this mail once more?"),
        "explanation": _("The same words go to the same address once more. A link in it that was used, or has ended, stays so."),
        "button": _("Send once more"),
        "done": _("Queued as a mail of its own: it goes out within a minute."),
        "service": lambda message: holding.send_copy(message=message, now=timezone.now()),
    },
}
# What may be done with many mails in doubt at once.
FOR_MANY = ["arrived", "again"]
PAGE = 50


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "kind_in_words", "state_in_words", "when"]
    list_filter = ["state", GroupFilter, KindFilter]
    list_select_related = ["merged_into"]
    search_fields = ["recipient", "subject"]
    search_help_text = _("A whole address, how an address begins, or words of a subject.")
    list_per_page = PAGE
    actions = ["they_arrived", "send_them_again"]
    fieldsets = [
        (None, {"fields": ["state", "outlook", "digest", "recipient", "reply_to", "subject", "masked_text", "attached"]}),
        (_("Delivery"), {"fields": ["not_before", "attempts", "claimed_at", "sent_at", "last_error", "history"]}),
        (_("Origin"), {"fields": ["kind_in_words", "about", "mailing", "key", "created_at"]}),
    ]
    change_form_template = "admin/outbox/message/change_form.html"
    change_list_template = "admin/outbox/message/change_list.html"

    # The list ---------------------------------------------------------------------------------

    def get_search_results(self, request, queryset, search_term):
        """A whole address finds that address and no longer one."""
        term = search_term.strip().strip("<>").lower()
        if not term:
            return queryset, False
        if "@" in term and Message.objects.filter(recipient=term).exists():
            return queryset.filter(recipient=term), False
        return queryset.filter(Q(recipient__startswith=term) | Q(subject__icontains=search_term.strip())), False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, message):
        return label_of(message.kind)

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, message):
        if not message.merged_into:
            return message.get_state_display()
        return format_html('<a href="{}">{}</a>', _page_of(message.merged_into), message.get_state_display())

    @admin.display(description=_("sent, or not before"), ordering=Coalesce("sent_at", "not_before"))
    def when(self, message):
        return message.sent_at or message.not_before

    def has_settle_permission(self, request):
        return _may_settle(request.user)

    @admin.action(description=_("They arrived (mails in doubt)"), permissions=["settle"])
    def they_arrived(self, request, queryset):
        return self._settle_many(request, queryset, "arrived")

    @admin.action(description=_("Send again (mails in doubt)"), permissions=["settle"])
    def send_them_again(self, request, queryset):
        return self._settle_many(request, queryset, "again")

    def _settle_many(self, request, queryset, outcome):
        """A page that asks first; what is not in doubt is left alone and counted."""
        chosen = list(queryset.order_by("pk"))
        doubtful = [message for message in chosen if message.state == Message.State.UNKNOWN]
        decision = SETTLEMENTS[outcome]
        if "confirmed" not in request.POST:
            return self.page(
                request,
                "settle_many",
                title=decision["button"],
                decision=decision,
                chosen=chosen,
                doubtful=doubtful,
                action=request.POST["action"],
            )
        settled = sum(self._settle(request, message, decision) for message in doubtful)
        told = ngettext("%(number)s mail: %(done)s", "%(number)s mails: %(done)s", settled)
        self.message_user(request, told % {"number": settled, "done": decision["done"]})
        if left := len(chosen) - settled:
            left_alone = ngettext("%(number)s was not in doubt.", "%(number)s were not in doubt.", left)
            self.message_user(request, left_alone % {"number": left}, messages.WARNING)
        return None

    def _settle(self, request, message, decision):
        try:
            decision["service"](message)
        except CannotSettle:
            return False
        self.log_change(request, message, str(decision["done"]))
        return True

    # One mail ---------------------------------------------------------------------------------

    @admin.display(description=_("what happens next"))
    def outlook(self, message):
        return Outlook.at([message], timezone.now()).why(message) or "–"

    @admin.display(description=_("mail of the day"))
    def digest(self, message):
        parts = [message.merged_into] if message.merged_into else list(message.merged.order_by("pk"))
        return format_html_join(", ", '<a href="{}">{}</a>', ((_page_of(part), part.subject) for part in parts)) or "–"

    @admin.display(description=_("text"))
    def masked_text(self, message):
        return render_to_string("admin/outbox/message/text.html", {"text": mask_secrets(message.text)})

    @admin.display(description=_("about"))
    def about(self, message):
        return str(message.about or "–")

    @admin.display(description=_("attached"))
    def attached(self, message):
        return ", ".join(attachment["name"] for attachment in message.attachments) or "–"

    @admin.display(description=_("what happened"))
    def history(self, message):
        return render_to_string("admin/outbox/message/history.html", {"events": _events_of(message)})

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("next/", view(self.next_view), name="outbox_message_next"),
            path("<int:pk>/settle/<str:outcome>/", view(self.settle_view), name="outbox_message_settle"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_settle = {"may_settle": _may_settle(request.user), "done_with": holding.DONE_WITH}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | may_settle)

    def changelist_view(self, request, extra_context=None):
        in_doubt = self.get_queryset(request).filter(state=Message.State.UNKNOWN).count()
        context = {"in_doubt": in_doubt, "title": self.name_of_list}
        return super().changelist_view(request, (extra_context or {}) | context)

    def next_view(self, request):
        """What is not out yet, in the order in which it goes, each with the reason."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        states = [Message.State.HELD, Message.State.QUEUED, Message.State.IN_FLIGHT]
        waiting = (
            self.get_queryset(request).filter(state__in=states).select_related("mailing").defer("text", "html", "attachments")
        )
        page = Paginator(waiting.order_by("not_before", "pk"), PAGE).get_page(request.GET.get("page"))
        outlook = Outlook.at(page.object_list, timezone.now())
        rows = [(message, label_of(message.kind), outlook.why(message)) for message in page.object_list]
        title = gettext("What goes out next, and why")
        return self.page(request, "next", title=title, page=page, rows=rows, settings=OutboxSettings.current())

    def settle_view(self, request, pk, outcome):
        """Ask for confirmation, then write what a person knows of a mail in doubt."""
        if not _may_settle(request.user):
            raise PermissionDenied
        message = get_object_or_404(self.get_queryset(request), pk=pk)
        decision = SETTLEMENTS.get(outcome)
        if decision is None:
            return redirect(_page_of(message))
        if request.method == "POST":
            if self._settle(request, message, decision):
                messages.success(request, decision["done"])
            else:
                messages.warning(request, gettext("This mail is not in doubt any more: look at its state."))
            return redirect(_page_of(message))
        return self.page(request, "settle", title=decision["title"], message=message, decision=decision)


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
