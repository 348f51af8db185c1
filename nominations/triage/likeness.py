"""Which nominations of a program look alike, and why."""

from collections import defaultdict
from itertools import combinations

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext_lazy as _

from nominations.models import DuplicateReview, Entry, Nomination, Program

# pg_trgm's similarity: the share of three-letter pieces two texts have in common. Two stories in the same words
# about the same work reach 0.5 and more, two stories of the same trade stay below 0.35.
ALIKE = 0.5
# More than anybody reads; where every text is the same, comparing all of them exactly would take minutes.
MOST = 2_000
CACHED_SECONDS = 24 * 3600

REASONS = {
    "account": _("The same account in the same category"),
    "person": _("The same person"),
    "story": _("A similar story"),
}

# similarity() of every pair would take minutes for 1,000 nominations. So the pieces of each text are first hashed
# into 2,048 bits; pairs whose bits overlap enough, with some to spare for collisions, are compared exactly.
SIMILAR_STORIES = """
WITH told AS MATERIALIZED (
    SELECT id, left(concat_ws(' ', headline, business_outcome, before_state, narrative), 800) AS words
    FROM nominations_nomination WHERE program_id = %(program)s AND status = 'submitted'
), hashed AS MATERIALIZED (
    SELECT id, bit_or(set_bit(repeat('0', 2048)::bit(2048), mod(abs(hashtext(piece)::bigint), 2048)::int, 1)) AS bits
    FROM told, unnest(show_trgm(words)) AS piece GROUP BY id
), counted AS MATERIALIZED (
    SELECT id, bits, bit_count(bits) AS size FROM hashed
), near AS MATERIALIZED (
    SELECT first.id AS first_id, second.id AS second_id
    FROM counted AS first JOIN counted AS second ON first.id < second.id
        AND bit_count(first.bits & second.bits) >= %(floor)s / (1 + %(floor)s) * (first.size + second.size)
    ORDER BY bit_count(first.bits & second.bits)::float / (first.size + second.size) DESC LIMIT %(most)s
)
SELECT first_id, second_id FROM near
JOIN told AS one ON one.id = first_id JOIN told AS other ON other.id = second_id
WHERE similarity(one.words, other.words) >= %(alike)s
"""


def likely_pairs(program: Program) -> dict[tuple[int, int], list[str]]:
    """Undecided pairs of submitted nominations, the lower key first, with the codes of REASONS."""
    found = defaultdict(list)
    for code, pairs in [("account", _same_account(program)), ("person", _same_person(program)), ("story", _same_story(program))]:
        for pair in pairs:
            found[pair].append(code)
    for pair in _decided(program):
        found.pop(pair, None)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _submitted(program):
    return Nomination.objects.submitted().filter(program=program)


def _same_account(program):
    rows = Entry.objects.filter(nomination__in=_submitted(program), nomination__account__isnull=False)
    groups = defaultdict(set)
    for account, category, nomination in rows.values_list("nomination__account_id", "category_id", "nomination_id"):
        groups[account, category].add(nomination)
    return _pairs_in(groups)


def _same_person(program):
    """The same advocate, address or name, whatever the case."""
    groups = defaultdict(set)
    rows = _submitted(program).filter(nominee__isnull=False)
    for pk, person, email, name in rows.values_list("pk", "nominee_id", "nominee__email", "nominee__name"):
        for mark in [("person", person), ("email", email.lower()), ("name", " ".join(name.lower().split()))]:
            if mark[1]:
                groups[mark].add(pk)
    return _pairs_in(groups)


def _pairs_in(groups):
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def _same_story(program):
    """Kept until a text of the program changes: a second of work for 1,000 nominations."""
    state = _submitted(program).aggregate(Count("pk"), Sum("pk"), Max("updated_at"))
    key = "alike:" + ":".join(str(value).replace(" ", "T") for value in [program.pk, *state.values()])
    pairs = cache.get(key)
    if pairs is None:
        with connection.cursor() as cursor:
            cursor.execute(SIMILAR_STORIES, {"program": program.pk, "alike": ALIKE, "floor": ALIKE * 0.8, "most": MOST})
            pairs = cursor.fetchall()
        cache.set(key, pairs, CACHED_SECONDS)
    return {tuple(pair) for pair in pairs}


def _decided(program):
    return DuplicateReview.objects.filter(first__program=program, undone_at=None).values_list("first_id", "second_id")
