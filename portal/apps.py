from celery.signals import task_postrun
from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal.monitors import note_consumption  # noqa: PLC0415 - models load after apps

        task_postrun.connect(note_consumption)
