"""One part of the benchmark of the outbox in a process of its own, with servers of its own: `python -m bench.outbox_own PART JSON`."""

import json
import os
import sys
from pathlib import Path


def main(part, options):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import embedded  # noqa: PLC0415 - the servers come before the settings

    var = Path(os.environ["LAUREL_VAR"])
    held = embedded.hold(var)
    try:
        import django  # noqa: PLC0415

        django.setup()
        print(json.dumps(_parts(var)[part](**options)))  # noqa: T201
    finally:
        held.release()


def _parts(var):
    from django.core.management import call_command  # noqa: PLC0415

    from bench.outbox_restart import restarts  # noqa: PLC0415
    from bench.outbox_speed import throughput, writing  # noqa: PLC0415
    from bench.outbox_trial import trial  # noqa: PLC0415
    from bench.outbox_world import OwnServers  # noqa: PLC0415
    from outbox.models import Message, Recipient  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    Message.objects.all().delete()
    Recipient.objects.all().delete()

    def faults(**options):
        return trial(servers=OwnServers(var), environment={}, **options)

    return {"faults": faults, "throughput": throughput, "writing": writing, "restarts": restarts}


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
