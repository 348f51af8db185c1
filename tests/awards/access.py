"""Who may open the judging desk and the results: judges their own nominations, the advocacy team the results."""

from datetime import timedelta

from advocacy.links import issue_link
from advocacy.models import ActivityType, Recognition, SecretLink
from awards.invitations import issue_way_in
from awards.models import FollowThroughStep, PreparationItem, Result, Winner
from tests.access import Row, everyone, only, signed_in
from tests.awards.factories import make_guest
from tests.factories import make_message
from tests.nominations.helping_access import file_of

DESK = only("judge", "team")
OWN_NOMINATION = signed_in(403, judge=200, team=404)
OWN_STEP = signed_in(403, judge=302, team=404)
RESULTS = only("team")
STEP = only("team", status=302)
# Without an invitation opened in this browser nobody is a guest, signed in or not.
NO_GUEST = everyone(403)


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


def guest(world):
    return world.judged_program.slug, make_guest(world.judged_program).pk


def own_file(world):
    return world.assignment.pk, file_of(world.judged_nomination).pk


def secret(world):
    return (issue_way_in(make_guest(world.judged_program)).rstrip("/").rpartition("/")[2],)


def mail(world):
    slug, pk = winner(world)
    chosen = Winner.objects.get(pk=pk)
    message = make_message(kind="award_won", about=chosen, state="held", key=f"award_won:{pk}")
    return slug, message.pk


def foreign_mail(world):
    return program(world)[0], make_message(key="note").pk


def award(world):
    chosen = Winner.objects.get(pk=winner(world)[1])
    chosen.answer_by = world.now.date() + timedelta(days=9)
    chosen.save()
    until = world.now + timedelta(days=9)
    return (issue_link(purpose=SecretLink.Purpose.ACCEPT_AWARD, about=chosen, expires_at=until),)


def looked_after(world):
    return (accepted_winner(world)[1],)


def looked_after_item(world):
    pk = accepted_winner(world)[1]
    return pk, PreparationItem.objects.create(winner_id=pk, kind="event", what="Come to the event").pk


def looked_after_gift(world):
    pk = accepted_winner(world)[1]
    nominee = world.judged_nomination.nominee
    gift = Recognition.objects.get_or_create(source_key=f"winner:{pk}:prize:1", advocate=nominee, kind="swag", what="A mug")[0]
    return pk, gift.pk


def looked_after_step(world):
    pk, review = accepted_winner(world)[1], ActivityType.objects.get(code="review")
    step = FollowThroughStep.objects.get_or_create(winner_id=pk, activity_type=review, due_on=world.now.date())[0]
    return pk, step.pk


WINNER_FILES = [
    Row("winner-files", only("csm", "other_csm", "sales", "colleague", "team")),
    Row("winner-paths", only("team", "leader")),
    Row("winner-file", signed_in(404, csm=200, team=200), args=looked_after),
    Row("winner-prepare", signed_in(404, csm=302, team=302), args=looked_after, method="post"),
    Row("winner-add-item", signed_in(404, csm=302, team=302), args=looked_after, method="post"),
    Row("winner-tick", signed_in(404, csm=302, team=302), args=looked_after_item, method="post"),
    Row("winner-recognition", signed_in(404, csm=200, team=200), args=looked_after_gift),
    Row(
        "winner-recognition", signed_in(404, csm=200, team=200), args=looked_after_gift, method="post", note="without its fields"
    ),
    Row("winner-follow-up", signed_in(404, csm=302, team=302), args=looked_after_step, method="post"),
]


def frozen_result(world):
    known = {"payload": EMPTY_PAYLOAD, "digest": "0" * 64, "frozen_by": world.team}
    Result.objects.get_or_create(program=world.judged_program, number=1, defaults=known)
    return world.judged_program.slug, 1


EMPTY_PAYLOAD = {
    "method": {
        "story_weight": 50,
        "story_floor": [1, 1],
        "partnership_floor": [1, 1],
        "minimum_story_judges": 2,
        "minimum_partnership_judges": 2,
        "tie_rule": "story",
        "winners_per_category": 1,
    },
    "nominations": [],
    "categories": [],
}


RESULT_PAGES = [
    *[
        Row(f"results-{name}", RESULTS, args=program)
        for name in ["what-if", "without-judge", "discuss", "strong", "ties", "freeze", "frozen"]
    ],
    Row("results-what-if", RESULTS, args=program, query=lambda world: {"story_weight": "x"}, note="with a wrong number"),
    Row("results-ties", STEP, args=program, method="post", note="without equals"),
    Row("results-freeze", STEP, args=program, method="post", note="before the close"),
    Row("results-frozen-one", RESULTS, args=frozen_result),
    Row("results-frozen-json", RESULTS, args=frozen_result),
    Row("results-frozen-one", only("team", status=404), args=lambda world: (*program(world), 7), note="that does not exist"),
]

ROWS = [
    *WINNER_FILES,
    *RESULT_PAGES,
    Row("award", everyone(200), args=award),
    Row("award", everyone(302), args=award, method="post", data=lambda world: {"answer": "decline"}),
    Row("award", everyone(404), args=lambda world: ("nonsense",)),
    Row("results-offers", RESULTS, args=program),
    Row("results-offer", RESULTS, args=winner),
    Row("results-offer", STEP, args=winner, method="post", note="before the freeze"),
    Row("results-terms", RESULTS, args=winner),
    Row("results-terms", STEP, args=winner, method="post"),
    Row("results-revoke", RESULTS, args=winner),
    Row("results-revoke", RESULTS, args=winner, method="post", note="without a reason"),
    Row("results-announcement", RESULTS, args=program),
    Row("results-announcement-prepare", STEP, args=program, method="post"),
    Row("results-announcement-send", STEP, args=program, method="post"),
    Row("results-announcement-mail", RESULTS, args=mail),
    Row("results-announcement-mail", only("team", status=404), args=foreign_mail, note="about something else"),
    Row("winners", everyone(200), args=announced),
    Row("winners", everyone(404), args=program, note="not announced"),
    Row("winners-picture", everyone(200), args=announced),
    Row("winners-picture", everyone(404), args=program, note="not announced"),
    *[Row(name, everyone(200), args=public_winner) for name in WINNER_PAGES],
    Row("winner-logo", everyone(404), args=public_winner, note="without a logo"),
    Row("winner-logo-change", signed_in(403, csm=302, team=302), args=public_winner, method="post"),
    Row("winner-logo-change", signed_in(404, csm=302, team=302), args=accepted_winner, method="post", note="not announced"),
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
    Row("judging-answers", OWN_STEP | {"judge": 200}, args=own, method="post"),
    Row("judging-practice", OWN_NOMINATION, args=program),
    Row("judging-practice", OWN_STEP, args=program, method="post", data=lambda world: {"skip": "1"}),
    Row("judging-guests", RESULTS, args=program),
    Row("judging-guests", RESULTS, args=program, method="post", note="a form without its fields"),
    Row("judging-guest-again", STEP, args=guest, method="post"),
    Row("judging-guest-back", RESULTS, args=guest),
    Row("judging-guest-back", STEP, args=guest, method="post", data=lambda world: {"reason": "Asked to leave."}),
    Row("guest-queue", NO_GUEST),
    Row("guest-assignment", NO_GUEST, args=own),
    Row("guest-assignment", NO_GUEST, args=own, method="post"),
    Row("judging-file", OWN_NOMINATION, args=own_file),
    Row("guest-file", NO_GUEST, args=own_file),
    Row("guest-answers", NO_GUEST, args=own, method="post"),
    Row("guest-recuse", NO_GUEST, args=own, method="post"),
    Row("guest-abstain", NO_GUEST, args=own, method="post"),
    Row("guest-reopen", NO_GUEST, args=own, method="post"),
    Row("guest-practice", NO_GUEST, args=program),
    Row("guest-practice", NO_GUEST, args=program, method="post"),
    Row("guest-leave", everyone(200), method="post"),
    Row("guest-invitation", everyone(403, visitor=200), args=secret),
    Row("guest-invitation", everyone(403, visitor=302), args=secret, method="post"),
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
    Row("results-shortlist", STEP, args=entry, method="post"),
    Row("results-choose", RESULTS, args=entry),
    Row("results-choose", RESULTS, args=entry, method="post", note="before the close"),
    Row("results-accept", RESULTS, args=winner),
    Row("results-accept", RESULTS, args=winner, method="post", note="a form without its fields"),
    Row("results-decline", RESULTS, args=winner),
    Row("results-decline", STEP, args=winner, method="post", data=lambda world: {"reason": "No."}),
    Row("results-take-back", RESULTS, args=winner),
    Row("results-take-back", RESULTS, args=winner, method="post", note="without a reason"),
    Row("program-copy", RESULTS, args=program),
    Row("program-copy", RESULTS, args=program, method="post", note="without a name"),
]
