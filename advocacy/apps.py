from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self):
        autodiscover_modules("job_kinds")
        from advocacy import catalogue, roles  # noqa: PLC0415 - models load after apps

        # Once a migrate, after the last app: only then does every permission exist.
        last = list(apps.get_app_configs())[-1]
        post_migrate.connect(roles.sync_roles, sender=last)
        post_migrate.connect(catalogue.sync_catalogue, sender=last)
        post_migrate.connect(catalogue.sync_tiers, sender=last)
        post_migrate.connect(catalogue.sync_policy, sender=last)
