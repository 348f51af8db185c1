"""The worker of the trial: Celery's own, and on request without the claim, to show that the trial can fail."""

import os
import sys

from config.celery import app


def without_claim():
    """Look first, write later, as if nobody else were there."""
    import django  # noqa: PLC0415

    django.setup()
    from outbox import delivery  # noqa: PLC0415
    from outbox.models import Message  # noqa: PLC0415

    def careless(messages, *, now):
        message = messages.claimable(now).order_by("not_before").first()
        if message:
            message.state, message.attempts, message.claimed_at = Message.State.IN_FLIGHT, message.attempts + 1, now
            message.save(update_fields=["state", "attempts", "claimed_at"])
        return message

    delivery._claim = careless


if __name__ == "__main__":
    if os.environ.get("TRIAL_WITHOUT_CLAIM"):
        without_claim()
    app.worker_main(sys.argv[1:])
