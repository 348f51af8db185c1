from anymail.signals import tracking
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self):
        autodiscover_modules("mail_kinds", "rules")
        from outbox.webhooks import take_report  # noqa: PLC0415 - its models come after the apps

        tracking.connect(take_report, dispatch_uid="outbox")
