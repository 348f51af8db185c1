import logging

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def after_commit(task, *args):
    """Queue a task once the change is kept; with the broker away the change stays and the sweep makes up for it.

    A function and no `partial`: Django names the callback by `__qualname__` when it logs its failure.
    """

    def queue():
        try:
            task.delay(*args)
        except OperationalError:
            # One line without its traceback: each mail that is written meanwhile says it.
            logger.error("The broker is away: %s was not queued and waits for the next sweep.", task.name)

    transaction.on_commit(queue, robust=True)
