from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists
from django.db.models.functions import Coalesce


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state=self.model.State.QUEUED, not_before__lte=now, is_gathered=False)

    def claimable(self, now):
        """Those a worker may take on: due, and mail is not held."""
        settings = apps.get_model("outbox", "OutboxSettings").objects
        return self.due(now).filter(~Exists(settings.filter(is_on_hold=True)))

    def gathered(self, now):
        """Those whose mail of the day is due."""
        return self.filter(state=self.model.State.QUEUED, not_before__lte=now, is_gathered=True)

    def held(self):
        """Written, and waiting for a person to read them."""
        return self.filter(state=self.model.State.HELD)

    def waiting(self):
        """Not gone out yet, and still to be stopped."""
        return self.filter(state__in=[self.model.State.HELD, self.model.State.QUEUED])

    def with_fate(self):
        """Each with the state its words are in: a part of a digest has that of the digest."""
        return self.annotate(fate=Coalesce("merged_into__state", "state"))

    def of_model(self, model):
        """Mails about any object of one kind."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def about(self, instance):
        return self.filter(content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk)
