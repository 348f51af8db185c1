"""People at the demo's customers: what they are willing to do, what they allowed, when it was last checked."""

from collections import defaultdict
from datetime import timedelta

from django.utils.text import slugify

from advocacy import catalogue
from advocacy.consent_texts import TEXTS
from advocacy.models import Account, ActivityType, Consent, Topic, User
from advocacy.services import (
    activate_advocate,
    add_story,
    find_or_add_advocate,
    pause_advocate,
    record_consent,
    retire_advocate,
    set_willingness,
    verify_section,
)
from portal.demo.people import NAMES, TITLES
from portal.demo.stories import STORIES

HOW_MANY = 160
LANGUAGES = {"DE": ["German", "English"], "AT": ["German", "English"], "FR": ["French", "English"], "ES": ["Spanish", "English"]}
WILLING = [catalogue.REFERENCE_CALL, "testimonial-quote", "case-study", "speaking", "review"]


def add_advocates(now):
    """Two or three people for each customer, in turn active, candidate, paused or retired."""
    names = {country: iter(people) for country, people in NAMES.items()}
    accounts = list(Account.objects.filter(lifecycle="customer").select_related("csm", "industry"))
    topics = list(Topic.objects.all())
    team = User.objects.role("advocacy_team").first()
    people = []
    while len(people) < HOW_MANY:
        for account in accounts:
            name = next(names[account.country], None)
            if name and len(people) < HOW_MANY:
                people.append(_add_person(len(people), name, account, topics, team, now))
    return people


def _add_person(number, name, account, topics, team, now):
    by = account.csm or team
    title, level, function = TITLES[number * 3 % len(TITLES)]
    person = find_or_add_advocate(
        account=account, name=name, email=f"{slugify(name).replace('-', '.')}@{account.domain}", title=title, level=level, by=by
    )
    person.function = function
    person.languages = LANGUAGES.get(account.country, ["English"])
    person.nps = 7 if number % 17 == 8 else 9 + number % 2
    person.nps_on = (now - timedelta(days=30 + number)).date()
    person.passion, person.self_promotion, person.relationship = 2 + number % 4, 1 + number % 5, 3 + number % 3
    person.bio = f"{title} at {account.name}; with us since the first rollout."
    person.save(update_fields=["function", "languages", "nps", "nps_on", "passion", "self_promotion", "relationship", "bio"])
    person.topics.add(topics[number % len(topics)])
    if number % 5 != 4:
        _make_advocate(number, person, by, now)
    return person


def _make_advocate(number, person, by, now):
    since = now - timedelta(days=300 - number)
    activate_advocate(advocate=person, by=by, now=since)
    for place, code in enumerate(WILLING):
        answer = "no" if (number + place) % 9 == 8 else "ask_first" if (number + place) % 6 == 5 else "yes"
        set_willingness(advocate=person, activity_type=ActivityType.objects.get(code=code), answer=answer)
    for purpose in _allowed(number):
        record_consent(
            advocate=person,
            purpose=purpose,
            decision=Consent.Decision.GIVEN,
            given_by=person.name,
            method=Consent.Method.MAIL,
            text_shown=str(TEXTS[purpose]),
            evidence=f"Mail to {by.name}",
            recorded_by=by,
            expires_on=(now + timedelta(days=365 - number)).date(),
            now=since,
        )
    for section, age in _checked(number).items():
        verify_section(advocate=person, section=section, method="csm", by=by, now=now - timedelta(days=age))
    if number % 2 == 0:
        _tell_story(number, person, by)
    if number % 37 == 20:
        pause_advocate(advocate=person, until=(now + timedelta(days=25)).date(), by=by, now=now, why="Parental leave")
    if number % 53 == 30:
        retire_advocate(advocate=person, by=by, now=now - timedelta(days=20), why="Left the company")


def _allowed(number):
    """Most allow calls and quotes under their name; some allow calls alone."""
    allowed = [Consent.Purpose.REFERENCE_CONTACT]
    if number % 4:
        allowed += [Consent.Purpose.USE_NAME_TITLE, Consent.Purpose.USE_QUOTE]
    return allowed


def _checked(number):
    """Days since each section was checked: most are fresh, some due, a few left too long."""
    if number % 12 == 3:
        return {"contact": 190, "role": 188, "willingness": 100, "story": 120}
    if number % 25 == 7:
        return {"contact": 300, "role": 280, "story": 290}
    spoken = {"contact": 20 + number % 90, "role": 20 + number % 90, "willingness": 15 + number * 7 % 100}
    return spoken | {"consent": 25 + number % 70, "story": 40 + number * 3 % 300}


def _tell_story(number, person, by):
    told = STORIES[person.account.industry.name][number // 2 % 2]
    add_story(advocate=person, source_key=f"demo:{person.pk}", came_from=f"Interview by {by.name}", by=by, **story_fields(told))


def story_fields(told):
    return {
        "headline": told.headline,
        "challenge": told.before,
        "solution": told.how,
        "results_text": told.outcome,
        "results": results_of(told),
        "human_element": told.people,
        "quote": told.quote,
    }


def results_of(told):
    return [dict(zip(("measure", "before", "after", "unit", "period"), row, strict=True)) for row in told.results]


def by_account(people):
    grouped = defaultdict(list)
    for person in people:
        grouped[person.account_id].append(person)
    return grouped
