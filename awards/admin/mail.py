"""A reminder tells that its judge is not done: sealed from the others like the assignments it speaks of."""

from django.contrib import admin
from django.utils import timezone

from awards.models import Judge
from outbox.admin import MailboxMessageAdmin, MessageAdmin
from outbox.handover import message_id
from outbox.models import MailboxMessage, Message

admin.site.unregister([Message, MailboxMessage])


def sealed_messages(user, now):
    """Mails about the other judges of programs that `user` still judges."""
    sealing = Judge.objects.sealing(user, now)
    others = Judge.objects.filter(program__in=sealing.values("program")).exclude(user=user)
    return Message.objects.filter(
        content_type__app_label="awards", content_type__model="judge", object_id__in=others.values("pk")
    )


@admin.register(Message)
class SealedMessageAdmin(MessageAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).exclude(pk__in=sealed_messages(request.user, timezone.now()).values("pk"))


@admin.register(MailboxMessage)
class SealedMailboxMessageAdmin(MailboxMessageAdmin):
    def get_queryset(self, request):
        sealed = sealed_messages(request.user, timezone.now())
        return super().get_queryset(request).exclude(message_id__in=[message_id(message) for message in sealed.only("key")])
