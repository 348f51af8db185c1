from django.db import models


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state=self.model.State.QUEUED, not_before__lte=now)
