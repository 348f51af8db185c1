"""Who may open the judging desk and the results: judges their own nominations, the advocacy team the results."""

from awards.models import Winner
from tests.access import Row, everyone, only, signed_in

DESK = only("judge", "team")
OWN_NOMINATION = signed_in(403, judge=200, team=404)
OWN_STEP = signed_in(403, judge=302, team=404)
RESULTS = only("team")
STEP = only("team", status=302)


def own(world):
    return (world.assignment.pk,)


def program(world):
    return (world.judged_program.slug,)


def judge(world):
    return world.judged_program.slug, world.assignment.judge_id


def entry(world):
    return world.judged_program.slug, world.judged_nomination.entries.get().pk


def winner(world):
    entry = world.judged_nomination.entries.get()
    entry.status = "selected"
    entry.save()
    chosen = Winner.objects.get_or_create(entry=entry, defaults={"category": entry.category, "chosen_by": world.team})[0]
    return world.judged_program.slug, chosen.pk


def announced(world):
    program = world.judged_program
    program.announced_at = world.now
    program.save()
    return (program.slug,)


def accepted_winner(world):
    slug, pk = winner(world)
    Winner.objects.filter(pk=pk).update(status="accepted")
    return slug, pk


def public_winner(world):
    announced(world)
    return accepted_winner(world)


WINNER_PAGES = [
    "winner",
    "winner-picture",
    "winner-badge-svg",
    "winner-badge-png",
    "winner-certificate-pdf",
    "winner-certificate-svg",
]
# Before the announcement: the nomination's CSM, and the team.
PREPARES = everyone(404, csm=200, team=200)

ROWS = [
    Row("winners", everyone(200), args=announced),
    Row("winners", everyone(404), args=program, note="not announced"),
    Row("winners-picture", everyone(200), args=announced),
    Row("winners-picture", everyone(404), args=program, note="not announced"),
    *[Row(name, everyone(200), args=public_winner) for name in WINNER_PAGES],
    *[Row(name, PREPARES, args=accepted_winner, note="not announced") for name in WINNER_PAGES],
    *[Row(name, everyone(404), args=winner, note="not accepted") for name in WINNER_PAGES],
    Row("judging-queue", DESK),
    Row("judging-assignment", OWN_NOMINATION, args=own),
    Row("judging-assignment", OWN_STEP, args=own, method="post"),
    Row("judging-recuse", OWN_STEP, args=own, method="post", data=lambda world: {"reason": "My brother works there."}),
    Row("judging-abstain", OWN_STEP, args=own, method="post"),
    Row("judging-reopen", OWN_STEP, args=own, method="post"),
    Row("judging-progress", RESULTS, args=program),
    Row("judging-share-out", STEP, args=program, method="post", data=lambda world: {"assignment_mode": "everyone"}),
    Row("judging-assign", STEP, args=lambda world: (*program(world), world.judged_nomination.pk), method="post"),
    Row("judging-take", STEP, args=lambda world: (*program(world), world.assignment.pk), method="post"),
    Row("judging-categories", STEP, args=judge, method="post"),
    Row("judging-remove", RESULTS, args=judge),
    Row("judging-remove", STEP, args=judge, method="post", data=lambda world: {"reason": "New job."}),
    Row("judging-nudge", STEP, args=judge, method="post"),
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
