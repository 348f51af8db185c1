"""The worker of the trial: Celery's own, and on request without the claim, to show that the trial can fail."""

import os
import sys

from config.celery import app


def without_claim():
    """Hand a mail over first and mark its row afterwards, as if nobody else were there."""
    import django  # noqa: PLC0415

    django.setup()
    from outbox import delivery  # noqa: PLC0415
    from outbox.models import Message  # noqa: PLC0415

    Message.TRANSITIONS[Message.State.QUEUED] |= {Message.State.SENT, Message.State.FAILED, Message.State.UNKNOWN}
    delivery._claim = lambda only, *, now: (
        Message.objects.claimable(now).filter(**({"pk": only} if only else {})).order_by("not_before").first()
    )
    delivery._is_still_ours = lambda message: True


if __name__ == "__main__":
    if os.environ.get("TRIAL_WITHOUT_CLAIM"):
        without_claim()
    app.worker_main(sys.argv[1:])
