"""What followed an award: preparing the winner, what they got, and the asks from light to heavy."""

from datetime import timedelta

from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import Recognition, User
from awards.models import Winner
from awards.services.follow_through import ask_step, drop_step, keep_steps_current, plan_follow_through, record_done
from awards.services.preparation import change_recognition, move_recognition, prepare_winner, recognitions_of, tick_item
from portal.demo.references import hold_call

Status = Recognition.Status
# Activity to the day after the announcement and what came of it, or the reason why it was dropped.
WHOLE_PATH = {
    "review": (16, "Five stars and three paragraphs on a public site."),
    "testimonial-quote": (30, "Two sentences, approved by their press office within a day."),
    "reference-call": (50, "Half an hour with a prospect of the same trade."),
    "case-study": (115, "Four pages, published with their numbers."),
    "speaking": "They do not speak in public before their next release.",
}
SHORT_PATH = {
    "review": (21, "A short review; the numbers are in it."),
    "testimonial-quote": "Their press office approves no quotes this year.",
    "reference-call": "They asked for a rest until the new plant runs.",
    "case-study": "They asked for a rest until the new plant runs.",
    "speaking": "They asked for a rest until the new plant runs.",
}
JUST_BEGUN = {
    "review": (15, "Five stars; it names the team that did the work."),
}
ONE_DUE = {
    "review": (20, "Four stars, and a wish list we can use."),
    "testimonial-quote": "Their press office approves no quotes this year.",
}


def settle_last_season(program, now):
    """Everything was given, and every ask has its end."""
    for number, winner in enumerate(_winners(program)):
        _prepare(winner, program.judging_closes_at + timedelta(days=4), left_open=())
        _give(winner, program.announces_at, promised=(), planned=())
        _follow(winner, WHOLE_PATH if number % 2 == 0 else SHORT_PATH)


def settle_recent_program(program, now):
    """Six weeks after the announcement one winner has held a call for a deal before the quote, which is due, was asked."""
    for winner in _winners(program):
        is_mine = _csm(winner).email == "csm@demo.laurel.example"
        _prepare(winner, program.judging_closes_at + timedelta(days=4), left_open=())
        _give(winner, program.announces_at, promised=[Recognition.Kind.TRIP], planned=[Recognition.Kind.DINNER])
        _follow(winner, JUST_BEGUN if is_mine else ONE_DUE)
        if is_mine:
            seller = User.objects.get(email="sales@demo.laurel.example")
            hold_call(advocate=winner.entry.nomination.nominee, requester=seller, asked=now - timedelta(days=7))
    keep_steps_current(now=now)


def prepare_in_part(winner, now):
    """An announcement in three weeks: two things are done, the travel is late."""
    _prepare(winner, now, left_open=["travel", "donation", "words"])


def _winners(program):
    return Winner.objects.for_list().filter(category__program=program, status=Winner.Status.ACCEPTED)


def _csm(winner):
    return winner.entry.nomination.account.csm or User.objects.role("advocacy_team").first()


def _prepare(winner, now, *, left_open):
    prepare_winner(winner=winner, now=now)
    for item in winner.preparation.exclude(kind__in=left_open):
        tick_item(item=item, note="Agreed on the phone.", by=_csm(winner), now=now + timedelta(days=1))
    for donation in recognitions_of(winner).filter(kind=Recognition.Kind.DONATION):
        change_recognition(
            recognition=donation,
            cost=donation.cost,
            currency=donation.currency,
            purpose="" if "donation" in left_open else "The children's library of their town",
            due_on=None,
            by=_csm(winner),
            now=now + timedelta(days=1),
        )


def _give(winner, announced_at, *, promised, planned):
    for recognition in recognitions_of(winner).exclude(kind__in=planned):
        facts = {"recognition": recognition, "by": _csm(winner)}
        move_recognition(to=Status.PROMISED, now=announced_at - timedelta(days=5), **facts)
        if recognition.kind not in promised:
            move_recognition(to=Status.DELIVERED, now=announced_at + timedelta(days=9), **facts)


def _follow(winner, plan):
    plan_follow_through(winner=winner)
    announced_at, by = winner.category.program.announced_at, _csm(winner)
    for step in winner.follow_through.select_related("activity_type"):
        what = plan.get(step.activity_type.code)
        if isinstance(what, str):
            drop_step(step=step, why=what, by=by, now=announced_at + timedelta(days=25))
        elif what:
            days, outcome = what
            _do(step, outcome, by, announced_at + timedelta(days=days - 4), announced_at + timedelta(days=days))


def _do(step, outcome, by, asked, done):
    try:
        ask_step(step=step, by=by, now=asked)
    except AdvocateUnavailable as error:
        drop_step(step=step, why=str(error), by=by, now=asked)
        return
    step.refresh_from_db()
    record_done(step=step, outcome=outcome, by=by, now=done)
