from django.db import transaction


def after_commit(task, *args):
    """Queue a task once the change is kept; with the broker away the change stays and the sweep makes up for it.

    A function and no `partial`: Django names the callback by `__qualname__` when it logs its failure.
    """

    def queue():
        task.delay(*args)

    transaction.on_commit(queue, robust=True)
