"""Judging in the demo: one program announced, one with offers out, one in the middle of judging."""

from datetime import timedelta
from decimal import Decimal

from advocacy.models import User
from awards import emails
from awards.models import Assignment, Criterion, Winner
from awards.services import (
    abstain,
    announce,
    appoint_judge,
    choose_winner,
    freeze_result,
    open_judging,
    record_acceptance,
    record_scores,
    recuse,
    send_offer,
)
from awards.services.announcement_mails import announcement_mails
from awards.services.logos import set_logo
from awards.services.scores import components_of
from awards.services.winners import why_out_of_order
from awards.standings import tables_of
from outbox.models import Message
from portal.demo import aftermath
from portal.demo.files import logo
from portal.demo.guests import invite_guests, remind
from portal.demo.mails import went_out
from portal.demo.nominations import add_program, nominate

COMMENTS = [
    "The number is measured the same way before and after. Convincing.",
    "A good story; I would like to know how long it lasted.",
    "The people come through. The baseline is a little soft.",
    "",
]
ACCEPTED = ["public_award", "use_name_title", "use_company_name", "use_quote", "reference_contact"]


def add_announced_program(people, now):
    """Last season's: twelve nominations, six judges, a winner in each category."""
    program = add_program(
        name=f"Customer Impact Awards {now.year - 1}",
        slug=f"customer-impact-{now.year - 1}",
        season=f"{now.year - 1}",
        now=now,
        opens=-330,
        closes=-290,
        judging_opens=-280,
        judging_closes=-250,
        announces=-235,
        categories=3,
    )
    nominate(program, people[1:60:5], told_index=0, replies=False)
    _judge(program, _judges()[:6], finished=lambda number: 100)
    _accept_and_announce(program)
    aftermath.settle_last_season(program, now)


def add_recent_program(people, now):
    """Announced six weeks ago: seven nominations, two winners, and the asks that follow."""
    program = add_program(
        name=f"Everyday Impact Awards {now.year}",
        slug=f"everyday-impact-{now.year}",
        season=f"{now.year}",
        now=now,
        opens=-150,
        closes=-115,
        judging_opens=-108,
        judging_closes=-75,
        announces=-46,
        categories=2,
    )
    nominate(program, _for_recent(people), told_index=1, replies=False)
    _judge(program, _judges()[:4], finished=lambda number: 100)
    _accept_and_announce(program, logos=True)
    aftermath.settle_recent_program(program, now)


def _for_recent(people):
    """One strong customer of the sign-in page's CSM and one of somebody else; the others are weaker."""
    mine = next(person for person in people if person.account.name == "Pohjola Paper Machines" and person.status == "active")
    others = [
        person
        for person in people[2::4]
        if person.status == "active" and (person.account.health_score or 0) >= 70 and person.account.csm != mine.account.csm
    ]
    *weak, strong = sorted(set(others) - set(people[3:80:9]), key=lambda person: (_story_of(person.account), person.pk))
    return [weak[0], strong, mine, *weak[1:5]]


def add_program_with_offers(people, now):
    """Judged a while ago: one winner has accepted and prepares, one has not answered yet, and the reserves wait."""
    program = add_program(
        name=f"Regional Impact Awards {now.year}",
        slug=f"regional-impact-{now.year}",
        season=f"{now.year}",
        now=now,
        opens=-110,
        closes=-70,
        judging_opens=-60,
        judging_closes=-14,
        announces=20,
        categories=2,
    )
    nominate(program, people[3:80:9], told_index=1)
    _judge(program, _judges()[:4], finished=lambda number: 100)
    by, _closed = _choose(program)
    first, *_others = _offer(program, by, now - timedelta(days=11))
    accepted = now - timedelta(days=9)
    record_acceptance(winner=first, by=by, evidence="Mail of the same week", scope=ACCEPTED, now=accepted, method="mail")
    aftermath.prepare_in_part(first, accepted)


def add_program_in_judging(people, now):
    """This season's: forty nominations in four categories, twelve judges who are not equally far."""
    program = add_program(
        name=f"Customer Impact Awards {now.year}",
        slug=f"customer-impact-{now.year}",
        season=f"{now.year}",
        now=now,
        opens=-75,
        closes=-25,
        judging_opens=-16,
        judging_closes=6,
        announces=35,
        story_floor=Decimal("2.5"),
        partnership_floor=Decimal("2.5"),
    )
    nominate(program, people[0:160:4], told_index=1)
    invite_guests(program, program.judging_opens_at + timedelta(hours=1))
    _judge(program, _judges(), finished=lambda number: [100, 85, 60, 30, 75, 100, 45, 10, 90, 55, 100, 0][number % 12])
    remind(program, now)


def _judges():
    """The judge of the sign-in page is fourth, with a third of the work done; one of the team judges too."""
    demo = User.objects.get(email="judge@demo.laurel.example")
    others = list(User.objects.role("judge").exclude(pk=demo.pk))
    team = User.objects.get(name="Priscilla Nakamura")
    return [*others[:3], demo, *others[3:], team][:12]


def _judge(program, users, *, finished):
    """Each judge scores the given percentage of their queue, in the first days of judging."""
    by = User.objects.role("advocacy_team").first()
    opening = program.judging_opens_at + timedelta(hours=1)
    judges = [appoint_judge(program=program, user=user, by=by, now=opening) for user in users]
    open_judging(program=program, by=by, now=opening)
    for number, judge in enumerate(judges):
        queue = list(
            Assignment.objects.filter(judge=judge, status="open")
            .select_related("judge__program", "judge__user", "nomination__account")
            .order_by("pk")
        )
        components = list(components_of(judge))
        for place, assignment in enumerate(queue[: len(queue) * finished(number) // 100]):
            _decide(number, place, assignment, components, opening + timedelta(hours=6 * place % 300))


def _decide(number, place, assignment, components, now):
    if (number + place) % 41 == 40:
        recuse(assignment=assignment, reason="I helped this team with its rollout.", by=assignment.judge.user, now=now)
    elif (number + place) % 43 == 42:
        abstain(assignment=assignment, reason="I cannot judge this trade.", by=assignment.judge.user, now=now)
    else:
        answers = {component.pk: _score(number, place, assignment, component) for component in components}
        record_scores(assignment=assignment, answers=answers, comment=COMMENTS[(number + place) % 4], now=now)


def _score(number, place, assignment, component):
    """Good nominations are good for most judges; some judges are stricter; now and then a question does not apply."""
    index = component.position
    if (number * 7 + place * 3 + index) % 47 == 46:
        return None
    account = assignment.nomination.account
    quality = _story_of(account) if component.criterion == Criterion.STORY else 2.2 + _number_of(account) * 5 % 13 / 5
    strictness = (-0.5, 0, 0.2, 0.6)[number % 4]
    swing = ((number + place * 2 + index * 3) % 5 - 2) / 3
    return max(1, min(5, round(quality + strictness + swing)))


def _story_of(account):
    """How good the company's story is, from 1 to 5."""
    return 2.1 + _number_of(account) * 7 % 11 / 4


def _number_of(account):
    return int(account.external_id.removeprefix("CRM-"))


def _choose(program):
    by = User.objects.role("advocacy_team").first()
    now = program.judging_closes_at + timedelta(days=1)
    for table in tables_of(program):
        row = next(row for row in table.ranked if row.is_free)
        reason = (
            "Equal in rank; this customer offered to speak at the conference." if why_out_of_order(row, table, program) else ""
        )
        choose_winner(entry=row.entry, by=by, reason=reason, now=now)
    return by, now


def _offer(program, by, now):
    """Freeze and send the offers; returns the winners in the order of the categories."""
    freeze_result(program=program, by=by, now=now)
    winners = [send_offer(winner=winner, by=by, now=now) for winner in Winner.objects.filter(category__program=program)]
    went_out(Message.objects.filter(kind__in=[emails.OFFER, emails.OFFER_COLLEAGUE], not_before=now), now)
    return winners


def _accept_and_announce(program, *, logos=False):
    by, now = _choose(program)
    for winner in _offer(program, by, now):
        record_acceptance(
            winner=winner,
            by=by,
            evidence="Phone call, then a mail the same day",
            scope=[*ACCEPTED, *(["use_logo"] if logos else [])],
            now=now + timedelta(days=2),
        )
        if logos:
            set_logo(winner=winner, upload=logo(winner.entry.nomination.account.name))
    announce(program=program, by=by, now=program.announces_at)
    went_out(announcement_mails(program), program.announces_at)
