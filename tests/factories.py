"""Functions that make one valid row each. Every argument can be overridden; nothing is random."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from advocacy.availability import CONSENTS, VERIFIED_SECTIONS
from advocacy.models import Account, ActivityType, Advocate, Industry, Opportunity, Product, Story, User, Verification
from advocacy.services import record_consent, set_willingness
from awards.models import Assignment, Judge
from nominations.models import Category, Entry, Nomination, Program
from outbox.models import Message

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

numbers = count(1)


def make_user(role="", **fields):
    number = next(numbers)
    password = fields.pop("password", None)
    fields = {"email": f"{role or 'person'}{number}@laurel.example", "name": f"{(role or 'person').title()} {number}"} | fields
    user = User.objects.create_user(password=password, **fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_industry(name="Healthcare", **fields):
    return Industry.objects.get_or_create(name=name, defaults=fields)[0]


def make_product(name="Insight", **fields):
    return Product.objects.get_or_create(name=name, defaults=fields)[0]


def make_account(**fields):
    number = next(numbers)
    return Account.objects.create(
        **{
            "name": f"Account {number}",
            "domain": f"account{number}.example",
            "country": "DE",
            "segment": "enterprise",
            "lifecycle": "customer",
            "customer_since": (timezone.now() - timedelta(days=800)).date(),
            "usage_active": True,
            "health_score": 85,
            "metrics_as_of": timezone.now().date(),
        }
        | fields
    )


def make_advocate(**fields):
    number = next(numbers)
    if "account" not in fields:
        fields["account"] = make_account()
    return Advocate.objects.create(
        **{
            "name": f"Advocate {number}",
            "email": f"advocate{number}@customer.example",
            "title": "Head of Operations",
            "level": "director",
            "nps": 10,
            "nps_on": timezone.now().date(),
            "relationship": 4,
            "status": "active",
        }
        | fields
    )


def make_reference(code="reference-call", now=None, **fields):
    """An advocate who is free for an activity: willing, with the consent it needs, and lately verified."""
    now = now or timezone.now()
    advocate = make_advocate(**fields)
    set_willingness(advocate=advocate, activity_type=activity(code), answer="yes")
    Verification.objects.bulk_create(
        Verification(advocate=advocate, section=section, method="csm", verified_at=now) for section in VERIFIED_SECTIONS
    )
    if code in CONSENTS:
        record_consent(
            advocate=advocate,
            purpose=CONSENTS[code],
            decision="given",
            given_by=advocate.name,
            method="mail",
            text_shown="You may call me.",
            now=now,
        )
    return advocate


def make_opportunity(**fields):
    number = next(numbers)
    return Opportunity.objects.create(**{"external_id": f"OPP-{number}", "name": f"Deal {number}", "stage": "Proposal"} | fields)


def activity(code="reference-call"):
    return ActivityType.objects.get(code=code)


def make_story(advocate=None, **fields):
    advocate = advocate or make_advocate()
    return Story.objects.create(
        **{
            "advocate": advocate,
            "account": advocate.account,
            "headline": "Claims settled in two days instead of nine",
            "challenge": "Claims waited nine days.",
            "solution": "One queue for all branches.",
            "quote": "We sleep again.",
        }
        | fields
    )


def make_program(now=None, phase="open", **fields):
    """A program in a phase: planned, open, judging, judged."""
    number = next(numbers)
    now = now or timezone.now()
    days_since_opening = {"planned": -10, "open": 10, "judging": 50, "judged": 80}[phase]
    opens_at = now - timedelta(days=days_since_opening)
    program = Program.objects.create(
        **{
            "name": f"Impact Awards {number}",
            "slug": f"impact-{number}",
            "is_public": True,
            "opens_at": opens_at,
            "closes_at": opens_at + timedelta(days=30),
            "judging_opens_at": opens_at + timedelta(days=40),
            "judging_closes_at": opens_at + timedelta(days=70),
            "announces_at": opens_at + timedelta(days=90),
        }
        | fields
    )
    Category.objects.create(program=program, name="Measurable impact")
    return program


def make_nomination(program=None, categories=None, **fields):
    program = program or make_program()
    if "nominee" not in fields:
        fields["nominee"] = make_advocate(status="candidate", **({"account": fields["account"]} if "account" in fields else {}))
    nominee = fields["nominee"]
    nomination = Nomination.objects.create(
        **{
            "program": program,
            "source": "csm",
            "status": "submitted",
            "submitted_at": program.opens_at + timedelta(days=1),
            "account": nominee.account if nominee else None,
            "headline": "Claims settled in two days instead of nine",
            "business_outcome": "Claims are settled in 2 days instead of 9.",
            "before_state": "Nine days and three systems.",
            "narrative": "One queue for all branches.",
            "human_element": "The night shift went home on time.",
            "publicity_interest": "open",
            "confidence": 4,
            "comfort": 4,
            "responsiveness": 4,
            "shared_success": 4,
        }
        | fields
    )
    for category in categories or program.categories.all()[:1]:
        Entry.objects.create(nomination=nomination, category=category)
    return nomination


def make_judge(program, user=None, **fields):
    return Judge.objects.create(program=program, user=user or make_user("judge"), **fields)


def make_assignment(judge, nomination, **fields):
    return Assignment.objects.create(judge=judge, nomination=nomination, **fields)


def make_eligible(name, csm, **fields):
    """A customer worth nominating."""
    today = NOW.date()
    account = make_account(
        name=name,
        csm=csm,
        **{
            "customer_since": today - timedelta(days=400),
            "health_score": 90,
            "usage_active": True,
            "metrics_as_of": today + timedelta(days=5),
            "lifecycle": "customer",
        }
        | fields,
    )
    make_advocate(account=account, nps=10, nps_on=today, relationship=5)
    return account


def make_message(**fields):
    number = next(numbers)
    return Message.objects.create(
        **{
            "key": f"note:advocacy.user.{number}:reader{number}@laurel.example:once",
            "kind": "note",
            "recipient": f"reader{number}@laurel.example",
            "subject": f"Note {number}",
            "text": "Something to read.\n",
            "html": "<p>Something to read.</p>",
            "not_before": NOW,
        }
        | fields
    )
