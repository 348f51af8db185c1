"""A reminder tells that its judge is not done: sealed from the others like the assignments it speaks of."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone

from awards.models import Judge
from awards.services import announcement_mails, correction_mails
from outbox.admin import MailboxMessageAdmin, MessageAdmin
from outbox.admin.mailings import MailingAdmin
from outbox.admin.rules import RuleRunAdmin
from outbox.handover import message_id
from outbox.mailings import register_keeper
from outbox.models import MailboxMessage, Mailing, Message, RuleRun

admin.site.unregister([Message, MailboxMessage, Mailing, RuleRun])
OF_AWARDS = (announcement_mails, correction_mails)
for mails in OF_AWARDS:
    register_keeper(mails.KEEPER)


OF_JUDGES = {"content_type__app_label": "awards", "content_type__model": "judge"}


def sealed_judges(user, now):
    """The other judges of programs that `user` still judges."""
    sealing = Judge.objects.sealing(user, now)
    return Judge.objects.filter(program__in=sealing.values("program")).exclude(user=user)


def sealed_messages(user, now):
    """Mails about the other judges of programs that `user` still judges."""
    told = Message.objects.filter(**OF_JUDGES, object_id__in=sealed_judges(user, now).values("pk"))
    # The mail of the day says what the mails in it say.
    return Message.objects.filter(Q(pk__in=told.values("pk")) | Q(merged__in=told.values("pk")))


@admin.register(Message)
class SealedMessageAdmin(MessageAdmin):
    def get_queryset(self, request):
        return super().get_queryset(request).exclude(pk__in=sealed_messages(request.user, timezone.now()).values("pk"))


@admin.register(MailboxMessage)
class SealedMailboxMessageAdmin(MailboxMessageAdmin):
    def get_queryset(self, request):
        sealed = sealed_messages(request.user, timezone.now())
        return super().get_queryset(request).exclude(message_id__in=[message_id(message) for message in sealed.only("key")])


@admin.register(Mailing)
class SealedMailingAdmin(MailingAdmin):
    """An announcement tells who won, and a correction too: not to somebody who still judges."""

    def get_queryset(self, request):
        sealed = Judge.objects.sealing(request.user, timezone.now()).values_list("program", flat=True).distinct()
        hidden = Q()
        for program in sealed:
            for mails in OF_AWARDS:
                hidden |= Q(key__startswith=f"{mails.PREFIX}{program}:")
        return super().get_queryset(request).exclude(hidden) if hidden else super().get_queryset(request)


@admin.register(RuleRun)
class SealedRuleRunAdmin(RuleRunAdmin):
    def occurrences_of(self, request, rule):
        """Whom a reminder went to tells who is not done."""
        others = sealed_judges(request.user, timezone.now()).values("pk")
        return super().occurrences_of(request, rule).exclude(**OF_JUDGES, object_id__in=others)
