"""People on their way to becoming advocates, a few in each state, and one whom we know twice."""

from datetime import timedelta
from uuid import UUID

from advocacy import services
from advocacy.links import issue_link
from advocacy.models import Account, ActivityType, Advocate, Introduction, SecretLink, User
from advocacy.recruiting.words import CONSENTS, INTRODUCTION
from advocacy.services.interviews import Told
from outbox.models import Message
from portal.demo.advocates import story_fields
from portal.demo.mails import went_out
from portal.demo.stories import STORIES

WHYS = [
    "Told the whole user group how they got rid of their spreadsheets, without being asked.",
    "Answers every question of other customers in the forum, often before we do.",
    "Wants to speak at the spring event and has slides already.",
    "Called us to say thank you. Who does that?",
    "Convinced two sister companies to look at us.",
    "Has numbers for everything and likes to show them.",
    "Their board asked for the story; it is half written.",
    "Brings two colleagues to each workshop.",
]
INTRODUCED = [
    ("Runa Eikeland", "Finance Director", "We closed the year in four days. I would tell that to anybody who asks."),
    ("Caspar Wohlleben", "Head of Logistics", "I was the loudest sceptic. Let me tell the other sceptics what changed my mind."),
]


def add_recruits(now):
    """After everything else: whom nobody works with yet is free for it."""
    services.keep_suggestions_current(now=now)
    waiting = iter(_candidates())
    sellers, helpers = list(User.objects.role("sales")), list(User.objects.role("colleague"))
    maya = User.objects.get(email="csm@demo.laurel.example")
    for number, days in enumerate((9, 6, 3, 1)):
        found = services.put_forward(
            advocate=next(waiting), by=helpers[number % 2], why=WHYS[number], now=now - timedelta(days=days)
        )
    services.put_forward(advocate=found.advocate, by=sellers[0], why=WHYS[4], now=now)
    for number, days in enumerate((-3, -1, 2)):
        _plan(next(waiting), helpers[number % 2], WHYS[number + 4], now - timedelta(days=days), days, now)
    for number in range(3):
        _interview(next(waiting), sellers[number % 2], number, now - timedelta(days=6 + number))
    recruitment = _interview(next(waiting), helpers[0], 3, now - timedelta(days=20))
    services.make_active(recruitment=recruitment, by=maya, now=now - timedelta(days=18))
    _not_now(next(waiting), sellers[1], now)
    _introduce(now)
    _know_twice(now)
    went_out(Message.objects.filter(kind__in=["put_forward", "recruit_outcome"], not_before__lt=now), now)


def _candidates():
    """Those of the sign-in page's CSM and the others in turn, so that her pages show each state."""
    free = Advocate.objects.filter(status=Advocate.Status.CANDIDATE, recruitments=None, account__csm__isnull=False)
    people = list(free.select_related("account__csm", "account__industry").order_by("pk"))
    mine = [person for person in people if person.account.csm.email == "csm@demo.laurel.example"]
    others = [person for person in people if person not in mine]
    while mine or others:
        yield from (line.pop(0) for line in (mine, others) if line)


def _plan(advocate, by, why, moment, days, now):
    """An interview so many days from now; one that lies behind us was planned before it."""
    csm = advocate.account.csm
    begun = min(now, moment) - timedelta(days=4)
    recruitment = services.put_forward(advocate=advocate, by=by, why=why, now=begun)
    at = (now - timedelta(days=days)).replace(hour=13, minute=0, second=0, microsecond=0)
    return services.plan_interview(
        recruitment=recruitment, interviewer=csm, planned_for=at, by=csm, now=begun + timedelta(hours=2)
    )


def _interview(advocate, by, number, when):
    csm = advocate.account.csm
    recruitment = services.put_forward(advocate=advocate, by=by, why=WHYS[number], now=when - timedelta(days=8))
    interview = services.begin_interview(recruitment=recruitment, by=csm, now=when)
    call, talk = (ActivityType.objects.get(code=code) for code in ("reference-call", "speaking"))
    told = Told(
        held_at=when,
        profile={"passion": 3 + number % 3, "self_promotion": 2 + number, "languages": ["English"]},
        interview={
            "tenure_years": 2 + number,
            "breadth": "company" if number % 2 else "department",
            "limits": "No calls in the last week of a quarter.",
        },
        willingness={call: ("yes", 1), talk: ("ask_first", None)},
        story=story_fields(STORIES[advocate.account.industry.name][number % 2]),
        consents={"reference_contact": str(CONSENTS["reference_contact"])},
        consent_evidence=f"Call with {csm}",
        sections=["contact"],
    )
    services.save_interview(interview=interview, told=told, by=csm, now=when)
    recruitment.refresh_from_db()
    return recruitment


def _not_now(advocate, by, now):
    recruitment = services.put_forward(advocate=advocate, by=by, why=WHYS[6], now=now - timedelta(days=12))
    services.not_now(
        recruitment=recruitment,
        until=(now + timedelta(days=70)).date(),
        why="A merger is under way; the press office answers nothing until it is through.",
        by=advocate.account.csm,
        now=now - timedelta(days=10),
    )


def _introduce(now):
    """One whose company we know, one whose company somebody has to link."""
    known = Account.objects.filter(csm__email="csm@demo.laurel.example").order_by("pk").first()
    for number, (name, title, why) in enumerate(INTRODUCED):
        company, domain = ("Eikeland Havbruk", "eikeland.example") if number else (known.name, known.domain)
        kept = Introduction.objects.create(
            name=name,
            email=f"{name.lower().replace(' ', '.')}@{domain}",
            company=company,
            title=title,
            why=why,
            consent_text=str(INTRODUCTION),
            form_key=UUID(int=number + 1),
            created_at=now - timedelta(days=2),
        )
        kept.activities.set(ActivityType.objects.filter(code__in=["speaking", "reference-call"]))
        purpose = SecretLink.Purpose.CONFIRM_INTRODUCTION
        token = issue_link(purpose=purpose, about=kept, expires_at=now + timedelta(days=5))
        services.confirm_introduction(token=token, now=now - timedelta(days=1))


def _know_twice(now):
    """An advocate who started somewhere else, where a colleague has put them forward."""
    before = Advocate.objects.active().filter(account__csm__isnull=False).order_by("pk")[3]
    account = Account.objects.exclude(pk=before.account_id).filter(csm__email="csm@demo.laurel.example").order_by("-pk").first()
    services.put_forward_person(
        account=account,
        name=before.name,
        email=f"{before.email.partition('@')[0]}@{account.domain}",
        title="Chief Digital Officer",
        why="New in the job, and the first thing they did was to ask for us.",
        by=User.objects.role("sales").first(),
        now=now - timedelta(days=2),
    )
