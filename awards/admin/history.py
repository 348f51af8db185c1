"""The page of all recorded changes, which superusers have: closed to whoever still has scores to give."""

from django.contrib import admin
from django.utils import timezone
from pghistory import config
from pghistory.admin import EventsAdmin

from awards.models import Judge

Events = config.admin_queryset().model


class SealedEventsAdmin(EventsAdmin):
    def has_view_permission(self, request, obj=None):
        sealed = Judge.objects.sealing(request.user, timezone.now()).exists()
        return not sealed and super().has_view_permission(request, obj)

    def has_module_permission(self, request):
        return self.has_view_permission(request)


if admin.site.is_registered(Events):
    admin.site.unregister(Events)
admin.site.register(Events, SealedEventsAdmin)
