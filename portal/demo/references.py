"""Twenty-five reference requests, in every state a request can be in."""

from datetime import timedelta
from itertools import cycle

from advocacy.catalogue import REFERENCE_CALL
from advocacy.exceptions import AdvocateUnavailable
from advocacy.models import ActivityType, Advocate, Opportunity, User
from outbox.models import Message
from portal.demo.mails import went_out
from references.models import Candidate
from references.services import (
    answer_debrief,
    approve_candidate,
    ask_by_laurel,
    cancel_request,
    complete_request,
    decline_candidate,
    note_no_show,
    offer_times,
    open_request,
    queue_candidates,
    schedule_request,
    settle_lapsed,
    thank_advocate,
)
from references.services.due import earliest_day

# state, how many days ago it was asked
PLAN = [
    *[("completed", days) for days in (80, 72, 64, 57, 50, 43, 36, 30)],
    *[("expired", 41), ("declined", 33), ("passed_on", 12), ("cancelled", 18), ("no_show", 9)],
    *[("scheduled", 7), ("scheduled", 6), ("scheduled", 5)],
    *[("approved", 4), ("approved", 3), ("approved", 2)],
    *[("proposed", 0.9), ("proposed", 0.6), ("proposed", 0.4), ("proposed", 0.2)],
    *[("open", 1.5), ("open", 0.3)],
]
QUESTIONS = [
    "How long the rollout took and who was needed for it.",
    "Whether the works council was a hurdle and what helped.",
    "What happened to the old system and its data.",
    "How many people look after it now, in hours a week.",
    "What the finance team made of the numbers.",
]
OUTCOMES = [
    "Forty minutes, mostly about the rollout. They moved to contract talks the week after.",
    "Good call. The prospect asked for the migration checklist and got it.",
    "Honest about the first two rough months; that convinced them.",
]
REFUSAL = "They are in the middle of a move this month."
INFLUENCED = [True, None, False]
DEBRIEFS = [
    ("They asked about the first weeks, not about features.", "Send me their questions a day before."),
    ("That they run the same old system as we did.", ""),
]
THANKS = "Thank you for the time you took. They told us how much it helped to hear from somebody who has done it."
LEVELS = ["director", "c_level", "vp", "manager"]
CONCERNS = [
    "Whether people give up their spreadsheets.",
    "Cost in the second year.",
    "",
    "How long two systems run side by side.",
]
PROSPECTS = [("Head of IT", "Ada"), ("CFO", "Brice"), ("VP Operations", "Chiyo"), ("Process Manager", "Dragan")]


def add_requests(people, now):
    sellers = cycle(User.objects.role("sales"))
    demo_seller = User.objects.get(email="sales@demo.laurel.example")
    waiting = iter(_in_order(now))
    for number, (state, days) in enumerate(PLAN):
        requester = demo_seller if number % 3 == 0 else next(sellers)
        _make(number, state, requester, waiting, now - timedelta(days=days))
    settle_lapsed(now=now)
    over = Candidate.objects.exclude(request__status__in=["open", "proposed", "approved", "scheduled"])
    went_out(Message.objects.of_model(Candidate).waiting().filter(object_id__in=over.values("pk")), now)


def _in_order(now):
    """Advocates of the sign-in page's CSM alternate with the others, so that some requests wait for her."""
    active = Advocate.objects.active().select_related("account__csm").order_by("pk")
    mine = [person for person in active if person.account.csm and person.account.csm.email == "csm@demo.laurel.example"]
    others = [person for person in active if person not in mine]
    while others or mine:
        yield from (line.pop(0) for line in (others, others, mine) if line)


def _make(number, state, requester, waiting, asked):
    if state == "open":
        return _ask(number, requester, None, asked)
    needed_by = earliest_day(asked, requester) if state == "declined" else None
    request = _ask_somebody_free(number, requester, waiting, asked, needed_by)
    candidate = request.candidates.get()
    csm = candidate.advocate.account.csm or User.objects.role("advocacy_team").first()
    answered = asked + timedelta(hours=20)
    if state == "proposed":
        queue_candidates(request=request, advocates=_two_others(candidate.advocate), by=requester, now=asked)
    elif state == "passed_on":
        decline_candidate(candidate=candidate, by=csm, note=REFUSAL, now=answered)
    elif state == "declined":
        _decline_to_the_end(request, csm)
    elif state == "cancelled":
        cancel_request(request=request, by=requester, now=answered, why="The prospect decided without a call.")
    elif state != "expired":
        approve_candidate(candidate=candidate, by=csm, now=answered)
        _after_approval(state, number, request, csm, answered)
    return request


def _decline_to_the_end(request, csm):
    """Each answer comes at the last minute, until there is no time left for another."""
    while candidate := request.candidates.filter(state="proposed").first():
        decline_candidate(candidate=candidate, by=csm, note=REFUSAL, now=candidate.ask.held_until - timedelta(minutes=1))


def _two_others(advocate):
    """They wait in line; sales may know their names or not."""
    return list(Advocate.objects.active().exclude(account=advocate.account).order_by("-nps", "-pk")[:2])


def hold_call(*, advocate, requester, asked):
    """A reference call with this advocate for an open deal, from the question to its outcome four days later."""
    request = _ask(0, requester, advocate, asked)
    csm, answered = advocate.account.csm, asked + timedelta(hours=20)
    approve_candidate(candidate=request.candidates.get(), by=csm, now=answered)
    _after_approval("completed", 0, request, csm, answered)


def _after_approval(state, number, request, csm, answered):
    if state == "approved":
        _ask_the_customer(number, request, csm, answered)
        return
    day = answered + timedelta(days=9 if state == "scheduled" else 3)
    meets = day.replace(hour=13, minute=0, second=0, microsecond=0)
    schedule_request(request=request, at=meets, by=csm, now=answered + timedelta(hours=4))
    if state == "completed":
        outcome = OUTCOMES[number % len(OUTCOMES)]
        over = meets + timedelta(hours=2)
        complete_request(request=request, by=request.requester, outcome=outcome, influenced=INFLUENCED[number % 3], now=over)
        _look_back(number, request, over)
    elif state == "no_show":
        note_no_show(request=request, by=request.requester, now=meets + timedelta(hours=1), why="The customer fell ill.")


def _ask_the_customer(number, request, csm, answered):
    """One is asked by mail and has not answered, one offers times, one is still to be asked."""
    candidate = request.candidates.get(state="approved")
    if number % 3 == 2:
        return
    ask_by_laurel(candidate=candidate, by=csm, now=answered)
    if number % 3 == 1:
        morning = (answered + timedelta(days=6)).replace(hour=9, minute=0, second=0, microsecond=0)
        starts = [morning + timedelta(days=day) for day in range(3)]
        offer_times(candidate=candidate, starts=starts, zone="Europe/Berlin", by=None, now=answered + timedelta(hours=5))


def _look_back(number, request, over):
    candidate = request.candidates.get(state="approved")
    told = {"candidate": candidate, "now": over + timedelta(days=1), "went_well": 4 + number % 2}
    mattered, next_time = DEBRIEFS[number % len(DEBRIEFS)]
    answer_debrief(side="advocate", by=None, mattered=mattered, next_time=next_time, shares=number % 2 == 0, **told)
    if number % 2:
        answer_debrief(side="prospect", by=request.requester, mattered="To hear of the rough weeks too.", **told)
        thank_advocate(request=request, text=THANKS, by=request.requester, now=over + timedelta(days=2))


def _ask_somebody_free(number, requester, waiting, asked, needed_by):
    for person in waiting:
        try:
            return _ask(number, requester, person, asked, needed_by)
        except AdvocateUnavailable:
            continue
    raise AssertionError("The demo has too few advocates who are free.")


def _ask(number, requester, advocate, asked, needed_by=None):
    title, first_name = PROSPECTS[number % len(PROSPECTS)]
    deals = Opportunity.objects.open()
    return open_request(
        requester=requester,
        activity_type=ActivityType.objects.get(code=REFERENCE_CALL),
        opportunity=deals[number % deals.count()],
        advocate=advocate,
        wants_to_hear=QUESTIONS[number % len(QUESTIONS)],
        needed_by=needed_by or (asked + timedelta(days=14)).date(),
        prospect_name=f"{first_name} at the prospect",
        prospect_title=title,
        prospect_level=LEVELS[number % len(LEVELS)],
        concerns=CONCERNS[number % len(CONCERNS)],
        prospect_email=f"{first_name.lower()}@prospect.example",
        now=asked,
    )
