"""The results as their reader may see them: labels before names, never an address."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.availability import Availability
from advocacy.models import Account, ActivityType, Advocate, Content, User
from advocacy.services import availabilities
from advocacy.working_time import day_of
from references.buttons import star, tick
from references.search.facets import FACETS
from references.search.finding import Found
from references.search.query import Search
from references.search.ranks import LOAD_DAYS
from references.sight import Sight, sight_of

WORDS = 8


@dataclass(frozen=True)
class AtHand:
    """Something that can be shown; outside only with a permission in force."""

    label: str
    outside: bool


@dataclass(frozen=True)
class Card:
    pk: int
    label: str
    names: str
    headline: str
    quote: str
    quote_outside: bool
    at_hand: list[AtHand]
    availability: Availability
    verified_at: datetime | None
    check_due: bool
    reasons: list[str]
    star: SafeString
    tick: SafeString


def cards_for(found: Found, search: Search, user: User, activity_type: ActivityType, now: datetime) -> list[Card]:
    """One card for each result of the page, in the order found."""
    on = day_of(now)
    advocates = _advocates(found.asks, user, on)
    free = availabilities(advocates, activity_type, now)
    words = _words_found(search.text, list(found.asks), user)
    reasons = Reasons(search, found, words)
    return [_card(advocate, user, free[advocate.pk], reasons, on) for advocate in advocates]


def _advocates(pks, user, on):
    """The rows with what their cards show; the additions by plain SQL, which costs half of what expressions do."""
    pks = list(pks)
    by_pk = Advocate.objects.select_related("account__industry", "search_row").in_bulk(pks)
    with connection.cursor() as cursor:
        cursor.execute(ADDITIONS, {"pks": pks, "user": user.pk, "on": on})
        for pk, headline, quote, measured, company, domain, verified_at, kinds, films_outside, is_kept in cursor.fetchall():
            if advocate := by_pk.get(pk):
                advocate.told = {"headline": headline, "quote": quote, "measured": measured} if headline is not None else {}
                advocate.told_at = company or "", domain or ""
                advocate.verified_at, advocate.content_kinds = verified_at, kinds
                advocate.films_outside, advocate.is_kept = films_outside, is_kept
    return [by_pk[pk] for pk in pks if pk in by_pk]


# The last story, the last check, what can be shown on the day, and whether the reader keeps them.
ADDITIONS = """
SELECT a.id, story.headline, story.quote, story.measured, company.name, company.domain, checked.last, shown.kinds, coalesce(film.given, false), EXISTS (
    SELECT 1 FROM references_favourite f WHERE f.advocate_id = a.id AND f.user_id = %(user)s
)
FROM advocacy_advocate a
LEFT JOIN LATERAL (
    SELECT headline, quote, account_id, CASE jsonb_typeof(results) WHEN 'array' THEN jsonb_array_length(results) ELSE 0 END AS measured
    FROM advocacy_story WHERE advocate_id = a.id ORDER BY created_at DESC, id DESC LIMIT 1
) story ON true
LEFT JOIN advocacy_account company ON company.id = story.account_id
CROSS JOIN LATERAL (SELECT max(verified_at) AS last FROM advocacy_verification WHERE advocate_id = a.id) checked
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(kind ORDER BY kind), '{}') AS kinds
    FROM advocacy_content WHERE advocate_id = a.id AND (expires_on IS NULL OR expires_on > %(on)s)
) shown
LEFT JOIN LATERAL (
    SELECT decision = 'given' AND (expires_on IS NULL OR expires_on > %(on)s) AS given
    FROM advocacy_consent WHERE advocate_id = a.id AND purpose = 'use_video' ORDER BY decided_at DESC, id DESC LIMIT 1
) film ON true
WHERE a.id = ANY (%(pks)s)
"""


def _card(advocate, user, availability, reasons, on):
    sight = sight_of(user, advocate, advocate.search_row, on)
    told = advocate.told or {}
    label = sight.label(advocate)
    return Card(
        pk=advocate.pk,
        label=label,
        names=sight.names(advocate),
        headline=sight.tell(told.get("headline", ""), advocate, advocate.told_at),
        quote=sight.tell(told.get("quote", ""), advocate, advocate.told_at),
        quote_outside=sight.quote_outside,
        at_hand=_at_hand(advocate, sight),
        availability=availability,
        verified_at=advocate.verified_at,
        check_due=advocate.search_row.fresh_until <= on,
        reasons=reasons.for_advocate(advocate),
        star=star(advocate.pk, advocate.is_kept),
        tick=tick(advocate.pk, label),
    )


def _at_hand(advocate: Advocate, sight: Sight) -> list[AtHand]:
    """The kinds of content, each with how many there are; a film needs a permission of its own."""
    locked = bool(advocate.account and advocate.account.publicity_status == Account.Publicity.LOCKED_DOWN)
    found = []
    for kind in dict.fromkeys(advocate.content_kinds):
        number = advocate.content_kinds.count(kind)
        label = str(Content.Kind(kind).label)
        allowed = advocate.films_outside and not locked if kind == Content.Kind.VIDEO else sight.quote_outside
        found.append(AtHand(label if number == 1 else f"{label} × {number}", allowed))
    return found


# Why it is there ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reasons:
    search: Search
    found: Found
    words: dict[int, dict[str, list[str]]]

    def for_advocate(self, advocate) -> list[str]:
        return [
            *self._words(advocate.pk),
            *self._facets(advocate.search_row),
            *self._story(advocate.told or {}),
            self._load(self.found.asks[advocate.pk]),
        ]

    def _words(self, pk):
        places = {
            "a": _("in the job title"),
            "b": _("in industry, products or topics"),
            "c": _("in the name"),
            "d": _("in the story"),
        }
        for place, words in self.words.get(pk, {}).items():
            yield " ".join([", ".join(f"“{word}”" for word in words), places[place]])

    def _facets(self, row):
        for name, selected in self.search.selected:
            facet = FACETS[name]
            value = getattr(row, facet.column)
            hit = set(value if facet.many else [value]) & set(selected)
            labels = [str(count.label) for count in self.found.counts[name] if count.value in hit]
            if labels:
                yield f"{facet.label}: {', '.join(labels)}"

    def _story(self, told):
        if measured := told.get("measured"):
            yield ngettext("%(n)s measured result", "%(n)s measured results", measured) % {"n": measured}
        elif told:
            yield _("Has told a story")

    def _load(self, asks):
        if not asks:
            return _("Not asked in the last %(days)s days") % {"days": LOAD_DAYS}
        words = ngettext("Asked once in the last %(days)s days", "Asked %(n)s times in the last %(days)s days", asks)
        return words % {"n": asks, "days": LOAD_DAYS}


def _words_found(text: str, pks: list[int], user: User) -> dict[int, dict[str, list[str]]]:
    """Advocate: place: the words of the search that stand there, read from the words this reader may know."""
    words = [word.strip('"') for word in text.split() if not word.startswith("-") and word.lower() != "or"][:WORDS]
    if not words or not pks:
        return {}
    sql = """
        SELECT advocate_id, place, array_agg(word ORDER BY number)
        FROM (
            SELECT advocate_id, CASE WHEN %(knows_all)s OR csm_id = %(user)s THEN full_vector ELSE known_vector END AS known
            FROM references_searchrow JOIN references_searchtext USING (advocate_id) WHERE advocate_id = ANY (%(pks)s)
        ) rows
        CROSS JOIN unnest(%(words)s) WITH ORDINALITY AS words (word, number)
        CROSS JOIN unnest('{a,b,c,d}'::"char"[]) AS place
        CROSS JOIN LATERAL (
            -- The last word counts as begun, as in the search itself.
            SELECT CASE WHEN number = cardinality(%(words)s) AND word ~ '^[[:alnum:]]+$'
                THEN to_tsquery('laurel', word || ':*') ELSE plainto_tsquery('laurel', word) END AS asked
        ) query
        WHERE ts_filter(known, ARRAY[place]) @@ asked
        GROUP BY advocate_id, place ORDER BY place
    """
    params = {"knows_all": user.has_perm("advocacy.view_all_advocates"), "user": user.pk, "pks": pks, "words": words}
    found = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for pk, place, words_there in cursor.fetchall():
            found[pk][place] = words_there
    return found
