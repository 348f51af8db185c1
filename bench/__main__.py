"""`make bench`: every benchmark, or the one named, as a table and as var/bench.json."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path

PARTS = ["search", "coverage", "awards", "imports", "reservations", "outbox", "freshness", "clocks"]


def main(names):
    unknown = set(names) - set(PARTS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}.")
    prepare()
    results = [result for name in names or PARTS for result in import_module(f"bench.{name}").run()]
    show(results)
    write(results)


def prepare():
    """The servers, then Django, then the static files its pages name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import embedded  # noqa: PLC0415 - the servers come before the settings

    try:
        embedded.hold(embedded.var())
    except embedded.EmbeddedError as error:
        sys.exit(str(error))
    import django  # noqa: PLC0415

    django.setup()
    from config.staticfiles import collect_if_changed  # noqa: PLC0415

    collect_if_changed()


def show(results):
    width = max(len(result["name"]) for result in results)
    for result in results:
        bound = "" if result["bound"] is None else f"at most {result['bound']:g}"
        holds = "" if result["bound"] is None else ("ok" if result["holds"] else "TOO MUCH")
        print(f"{result['name']:<{width}}  {result['value']:>10.1f} {result['unit']:<8} {bound:<14} {holds}".rstrip())  # noqa: T201


def write(results):
    """Keep the results of the parts that did not run this time."""
    from django.conf import settings  # noqa: PLC0415

    path = Path(settings.VAR_DIR) / "bench.json"
    before = json.loads(path.read_text()) if path.exists() else []
    names = {result["name"] for result in results}
    path.write_text(json.dumps([old for old in before if old["name"] not in names] + results, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
