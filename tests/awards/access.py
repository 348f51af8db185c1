"""Who may open the judging desk and the results: judges their own nominations, the advocacy team the results."""

from awards.models import Winner
from tests.access import Row, only, signed_in

DESK = only("judge", "team")
OWN_NOMINATION = signed_in(403, judge=200, team=404)
OWN_STEP = signed_in(403, judge=302, team=404)
RESULTS = only("team")
STEP = only("team", status=302)


def own(world):
    return (world.assignment.pk,)


def program(world):
    return (world.judged_program.slug,)


def entry(world):
    return world.judged_program.slug, world.judged_nomination.entries.get().pk


def winner(world):
    entry = world.judged_nomination.entries.get()
    entry.status = "selected"
    entry.save()
    chosen = Winner.objects.get_or_create(entry=entry, defaults={"category": entry.category, "chosen_by": world.team})[0]
    return world.judged_program.slug, chosen.pk


ROWS = [
    Row("judging-queue", DESK),
    Row("judging-assignment", OWN_NOMINATION, args=own),
    Row("judging-assignment", OWN_STEP, args=own, method="post"),
    Row("judging-recuse", OWN_STEP, args=own, method="post", data=lambda world: {"reason": "My brother works there."}),
    Row("judging-abstain", OWN_STEP, args=own, method="post"),
    Row("judging-reopen", OWN_STEP, args=own, method="post"),
    Row("results-list", RESULTS),
    Row("results", RESULTS, args=program),
    Row("results-open-judging", STEP, args=program, method="post"),
    Row("results-copy-rubric", STEP, args=program, method="post"),
    Row("results-close-judging", RESULTS, args=program),
    Row("results-close-judging", STEP, args=program, method="post"),
    Row("results-announce", RESULTS, args=program),
    Row("results-announce", STEP, args=program, method="post"),
    Row("results-csv", RESULTS, args=program),
    Row("results-scores-csv", RESULTS, args=program),
    Row("results-choose", RESULTS, args=entry),
    Row("results-choose", RESULTS, args=entry, method="post", note="before the close"),
    Row("results-accept", RESULTS, args=winner),
    Row("results-accept", RESULTS, args=winner, method="post", note="a form without its fields"),
    Row("results-decline", RESULTS, args=winner),
    Row("results-decline", STEP, args=winner, method="post", data=lambda world: {"reason": "No."}),
    Row("results-take-back", RESULTS, args=winner),
    Row("results-take-back", RESULTS, args=winner, method="post", note="without a reason"),
]
