import os

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun
from django_structlog.celery.steps import DjangoStructLogInitStep

from config import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("laurel")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)
task_prerun.connect(logs.begin_task)
task_postrun.connect(logs.tell_task)


@setup_logging.connect
def _keep_the_logging_of_django(**_kwargs):
    """With a receiver, Celery sets up none of its own."""
