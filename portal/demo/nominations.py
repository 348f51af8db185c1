"""Programs with their dates and categories, and nominations handed in for them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from advocacy.models import UseCase, User
from nominations import questions
from nominations.models import Category, Program
from nominations.services import record_reply, save_draft, submit_nomination
from outbox.models import Message
from portal.demo.advocates import results_of
from portal.demo.calls import add_call
from portal.demo.mails import went_out
from portal.demo.stories import STORIES

ZONE = "Europe/Berlin"
PURPOSE = (
    "We honour customers whose work with us changed something that can be counted, and the people who did it. "
    "Winners are celebrated at our spring conference and choose a charity for a donation in their name."
)
PROCESS = (
    "At least two judges read every nomination. They score the strength of the story and the strength of the partnership "
    "from 1 to 5 against a rubric in words. Whoever is close to a customer does not judge that customer. "
    "A clear small result counts more than a vague large one."
)
PRIZES = "Every nominee hears from us, whatever the judges decide."
CATEGORIES = [
    ("Measurable impact", "A number that moved and stayed there", "Sales", "Finance directors", "roi"),
    ("Better days at work", "Work that became lighter for the people who do it", "Customer success", "Team leads", "application"),
    ("Service to citizens and patients", "Something got better for the public", "Marketing", "Public bodies", "industry"),
    ("Bold simplicity", "A small change with a wide effect", "Product", "Architects", "innovation"),
]


def add_program(*, name, slug, season, now, opens, closes, judging_opens, judging_closes, announces, categories=4, **fields):
    """A program whose dates are days from now, at nine in the morning of its own zone."""
    dates = {"opens_at": opens, "closes_at": closes, "judging_opens_at": judging_opens}
    dates |= {"judging_closes_at": judging_closes, "announces_at": announces}
    program = Program.objects.create(
        series="Customer Impact Awards",
        season=season,
        name=name,
        slug=slug,
        is_public=True,
        purpose=PURPOSE,
        process_text=PROCESS,
        prizes=PRIZES,
        time_zone=ZONE,
        contact=User.objects.role("advocacy_team").first(),
        chair=User.objects.get(email="manager@demo.laurel.example"),
        selection_factors=[Program.Factor.SAVINGS, Program.Factor.TIME, Program.Factor.QUALITY],
        **{field: _morning(now, days) for field, days in dates.items()},
        **fields,
    )
    for position, (title, outcome, inside, outside, axis) in enumerate(CATEGORIES[:categories]):
        Category.objects.create(
            program=program,
            name=title,
            outcome=outcome,
            inside_audience=inside,
            outside_audience=outside,
            axis=axis,
            position=position,
        )
    add_call(program)
    return program


def _morning(now, days):
    day = (now + timedelta(days=days)).astimezone(ZoneInfo(ZONE)).date()
    return datetime.combine(day, time(9), tzinfo=ZoneInfo(ZONE))


def nominate(program, people, *, told_index, replies=True):
    """Each person's CSM hands in a nomination; every fifth stands in two categories."""
    categories = list(program.categories.all())
    team = User.objects.role("advocacy_team").first()
    sellers = list(User.objects.role("sales"))
    nominations = []
    for number, person in enumerate(people):
        by = (person.account.csm or team) if number % 6 else sellers[number % len(sellers)]
        now = program.opens_at + timedelta(days=2 + number % 20, hours=number % 7)
        entered = [categories[number % len(categories)]] + (
            [categories[(number + 1) % len(categories)]] if number % 5 == 0 else []
        )
        nomination = save_draft(program=program, by=by, data=_told(person, number, told_index) | {"categories": entered})
        submit_nomination(nomination=nomination, by=by, now=now)
        if replies and number % 4 != 3:
            _reply(nomination, by, now + timedelta(days=2))
        elif replies and not questions.why_not_sent(nomination):
            _ask(nomination, now + timedelta(days=2))
        nominations.append(nomination)
    return nominations


def _ask(nomination, now):
    """By mail, which nobody has answered."""
    questions.release_question(nomination=nomination, by=None, now=now)
    went_out(Message.objects.about(nomination.reply), now)


def _reply(nomination, by, now):
    record_reply(
        nomination=nomination,
        answer="yes",
        scope=["use_name_title", "use_company_name", "use_quote", "public_award", "reference_contact"],
        evidence=f"Mail to {by.name}, {now:%d %B %Y}",
        by=by,
        now=now,
    )


def _told(person, number, told_index):
    told, other = STORIES[person.account.industry.name][:: 1 if (number + told_index) % 2 == 0 else -1]
    if person.stories.filter(headline=told.headline).exists():
        told = other
    interest = ["eager", "open", "open", "unsure", "unlikely"][number % 5]
    return told_of(person.account, person, told) | {"publicity_interest": interest} | _reading(number)


def told_of(account, person, told):
    """A story as the fields of a nomination."""
    return {
        "account": account,
        "nominee": person,
        "headline": told.headline,
        "business_outcome": told.outcome,
        "use_case": account.use_cases.first() or UseCase.objects.first(),
        "before_state": told.before,
        "narrative": told.how,
        "human_element": told.people,
        "results": results_of(told),
        "quote": told.quote,
        "publicity_interest": "open",
    }


def _reading(number):
    return {
        "confidence": 3 + number % 3,
        "confidence_evidence": "They moved two more teams to us this year without being asked.",
        "comfort": 2 + number % 4,
        "comfort_evidence": "Spoke on a panel last autumn and enjoyed it."
        if number % 4 > 1
        else "Their press office wants to read every line first.",
        "responsiveness": 2 + number * 3 % 4,
        "responsiveness_evidence": "Answers within a day, also when the answer is no.",
        "shared_success": 3 + number % 2,
        "shared_success_evidence": "Our field team copied their way of training new colleagues.",
    }


READING = _reading(2)
