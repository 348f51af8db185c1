"""Finds profiles that may be one person, and lets a person decide. A pair decided on is never offered again."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.exceptions import CannotMerge
from advocacy.models import Advocate, PersonMatch, Position, User
from advocacy.person_likeness import (
    ALIKE,
    NOT_PERSONAL,
    RARE,
    SHORTEST_LOCAL_PART,
    Traits,
    compare,
    name_likeness,
    spellings,
)
from advocacy.workflow import move, record_beginnings

Decision = PersonMatch.Decision
# What one person can work through; the next night brings more.
MOST_OPEN = 500
LATELY = timedelta(days=3)
LOOKED_UP = 300  # new people a night whose name is compared letter by letter; all others by the folded name
NEAREST = 40
# pg_trgm: the share of three-letter pieces two names have in common. "Jürgen Müller" and "Jurgen Muller" reach 0.4.
SIMILAR = 0.38

# The folded name of everybody in one pass: 3 s for 300,000. Beyond RARE the name needs something beside it; what
# this finds is alike enough for `compare`, or the same pairs would come back each night and leave no room for others.
SAME_NAMES = """
WITH named AS MATERIALIZED (
    SELECT id, lower(title) AS title, lower(unaccent(name)) AS folded,
        CASE WHEN strpos(email, '@') > %(shortest)s AND split_part(lower(email), '@', 1) <> ALL (%(not_personal)s)
            THEN split_part(lower(email), '@', 1) ELSE '' END AS address
    FROM advocacy_advocate WHERE name ~ '[[:alnum:]]{2}.*[ ,.-].*[[:alnum:]]{2}'
), shared AS MATERIALIZED (
    SELECT folded, count(*) AS namesakes FROM named GROUP BY folded HAVING count(*) BETWEEN 2 AND 50
)
SELECT one.id, other.id, namesakes FROM shared
JOIN named AS one USING (folded) JOIN named AS other USING (folded)
WHERE one.id < other.id
    AND (namesakes <= %(rare)s
        OR (one.address <> '' AND one.address = other.address)
        OR (one.title <> '' AND one.title = other.title))
    AND NOT EXISTS (SELECT FROM advocacy_personmatch AS known WHERE known.advocate_id = one.id AND known.other_id = other.id)
    AND NOT EXISTS (SELECT FROM advocacy_personmatch AS merged
                    WHERE merged.other_id IN (one.id, other.id) AND merged.decision = 'same')
ORDER BY namesakes, other.id DESC LIMIT %(most)s
"""


def find_matches(*, now: datetime) -> int:
    """Look at everybody by folded name, and at the newest letter by letter; returns how many pairs are new.

    Safe to run twice and side by side. Stops while more pairs are open than anybody reads.
    """
    room = MOST_OPEN - PersonMatch.objects.open().count()
    if room <= 0:
        return 0
    with connection.cursor() as cursor:
        values = {"rare": RARE, "most": room, "shortest": SHORTEST_LOCAL_PART, "not_personal": list(NOT_PERSONAL)}
        cursor.execute(SAME_NAMES, values)
        pairs = cursor.fetchall()
    found = _write(pairs, now)
    newest = Advocate.objects.filter(created_at__gte=now - LATELY).order_by("-created_at", "-pk")
    return found + sum(look_for_person(advocate=advocate, now=now) for advocate in newest[:LOOKED_UP])


def look_for_person(*, advocate: Advocate, now: datetime) -> int:
    """Compare one person with those of a similar name, nicknames and typing errors included; returns how many pairs are new."""
    if " " not in advocate.name.strip():
        return 0
    near = [pk for pk in _of_similar_name(advocate) if pk != advocate.pk]
    people = Advocate.objects.in_bulk(near)
    alike = [person for person in people.values() if name_likeness(person.name, advocate.name)]
    return _write([(*sorted((advocate.pk, person.pk)), len(alike) + 1) for person in alike], now)


def _of_similar_name(advocate):
    """Through the trigram index of names; the nearest first. The threshold is that of this statement alone."""
    names = spellings(advocate.name)
    similar = Q()
    for name in names:
        similar |= Q(name__trigram_similar=name)
    merged = PersonMatch.objects.filter(decision=Decision.SAME).values("other")
    with transaction.atomic(), connection.cursor() as cursor:
        # Not current_setting(): a new connection does not know the name before it has used the extension.
        cursor.execute("SELECT show_limit()::text")
        [usual] = cursor.fetchone()
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(SIMILAR)])
        found = list(Advocate.objects.filter(similar).exclude(pk__in=merged).order_by().values_list("pk", "name")[: 50 * NEAREST])
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [usual])
    return [pk for pk, name in found if name_likeness(name, advocate.name)][:NEAREST]


def _write(pairs, now):
    """Keep those of (lower key, higher key, namesakes) that are alike enough and not known yet."""
    traits = _traits({pk for one, other, _namesakes in pairs for pk in (one, other)})
    rows = []
    for one, other, namesakes in pairs:
        likeness, reasons = compare(traits[one], traits[other], namesakes=namesakes)
        if likeness >= ALIKE:
            rows.append(PersonMatch(advocate_id=one, other_id=other, likeness=likeness, reasons=reasons, created_at=now))
    known = _known_pairs(rows)
    new = [row for row in rows if (row.advocate_id, row.other_id) not in known]
    # A pair somebody writes at the same moment is left to them.
    PersonMatch.objects.bulk_create(new, ignore_conflicts=True)
    made = PersonMatch.objects.filter(created_at=now, other__in=[row.other_id for row in new], decided_at=None)
    record_beginnings(PersonMatch, made.values_list("pk", flat=True), changed_at=now)
    return len(new)


def _known_pairs(rows):
    some = PersonMatch.objects.filter(advocate__in=[row.advocate_id for row in rows], other__in=[row.other_id for row in rows])
    return set(some.values_list("advocate_id", "other_id"))


def _traits(pks):
    former = defaultdict(set)
    for pk, account in Position.objects.filter(advocate__in=pks, account__isnull=False).values_list("advocate", "account"):
        former[pk].add(account)
    rows = Advocate.objects.filter(pk__in=pks).values_list("pk", "name", "email", "title", "account")
    return {
        pk: Traits(name=name, email=email, title=title, account=account, former=frozenset(former[pk]))
        for pk, name, email, title, account in rows
    }


@transaction.atomic
def keep_apart(*, match: PersonMatch, by: User, now: datetime) -> PersonMatch:
    """They are two people; the pair is not offered again. Raises CannotMerge, ForbiddenMove."""
    match = PersonMatch.objects.select_for_update(of=("self",)).get(pk=match.pk)
    if match.decision == Decision.SAME:
        raise CannotMerge(_("Somebody joined these two meanwhile."))
    if move(match, to=Decision.DIFFERENT, by=by, changed_at=now):
        match.decided_by, match.decided_at = by, now
        match.save(update_fields=["decided_by", "decided_at"])
    return match


def profile_kept(advocate: Advocate) -> Advocate:
    """The profile that stands for this person: itself, or the one it was joined with."""
    seen = set()
    while advocate.pk not in seen:
        seen.add(advocate.pk)
        joined = PersonMatch.objects.filter(other=advocate, decision=Decision.SAME).select_related("advocate").first()
        if joined is None:
            break
        advocate = joined.advocate
    return advocate
