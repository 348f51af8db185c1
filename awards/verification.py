"""Checks a frozen result against itself: the hash, and every figure and rank computed anew from its scores. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from awards import freezing, scoring
from awards.standings import rules_in


def faults(payload: dict, digest: str) -> Iterator[str]:
    """Sentences, one for each thing that is not as it was frozen."""
    found = freezing.digest_of(payload)
    if found != digest:
        yield _("The seal is broken: SHA-256 is %(found)s, sealed was %(sealed)s.") % {"found": found, "sealed": digest}
    try:
        yield from _wrong_figures(payload)
        yield from _wrong_orders(payload)
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        yield _("The payload cannot be read: %(error)s.") % {"error": repr(error)}


def _wrong_figures(payload):
    stored = {one["id"]: one for one in payload["nominations"]}
    for pk, standing in standings_in(payload).items():
        anew = freezing.figures_of([standing])[0]
        for name in ["story", "partnership", "total"]:
            if anew[name] != stored[pk][name]:
                words = {"nomination": pk, "name": name, "anew": anew[name], "stored": stored[pk][name]}
                yield _("Nomination %(nomination)s: %(name)s is %(anew)s by the scores, %(stored)s in the result.") % words


def _wrong_orders(payload):
    standings, rules = standings_in(payload), rules_in(payload)
    chair = {one["entry"]: one["place"] for one in payload.get("tie_decisions", [])}
    for category in payload["categories"]:
        entries = {place["nomination"]: place["entry"] for place in category["order"]}
        outside = {place["nomination"]: _outside(place) for place in category["order"]}
        contenders = [
            scoring.standing_of(pk, {"story": standings[pk].story, "partnership": standings[pk].partnership}, rules, outside[pk])
            for pk in entries
        ]
        decided = {pk: chair[entry] for pk, entry in entries.items() if entry in chair}
        anew = [freezing.place_of(one, entries[one.nomination]) for one in scoring.rank(contenders, rules, decided)]
        if anew != category["order"]:
            yield _difference(category, anew)


def _difference(category, anew):
    first = next(
        (pair for pair in zip(anew, category["order"], strict=False) if pair[0] != pair[1]),
        (None, None),
    )
    words = {"category": category["id"], "anew": first[0], "stored": first[1]}
    return _("Category %(category)s: the order is another by the scores, first at %(anew)s; the result has %(stored)s.") % words


def _outside(place):
    return tuple(
        scoring.Reason(one["code"], one["criterion"], Fraction(*one["have"]), Fraction(*one["need"]))
        for one in place["reasons"]
        if one["code"] not in scoring.FROM_SCORES
    )


def standings_in(payload: dict) -> dict[int, scoring.Standing]:
    """Nomination id to its figures, from the scores of the payload alone."""
    components = [scoring.Component(one["id"], one["criterion"], one["weight"]) for one in payload["components"]]
    answers = defaultdict(lambda: defaultdict(dict))
    for judge, nomination, component, value in score_rows_in(payload):
        answers[nomination][judge][component] = value
    return {
        one["id"]: scoring.standing(
            one["id"],
            [scoring.Sheet(judge, given) for judge, given in sorted(answers[one["id"]].items())],
            components,
            rules_in(payload),
        )
        for one in payload["nominations"]
    }


def score_rows_in(payload: dict) -> list[list]:
    scores = payload["scores"]
    if isinstance(scores, list):  # version 1
        return [[one[name] for name in freezing.SCORE_COLUMNS] for one in scores]
    return scores["rows"]


def changed_scores(payload: dict, today: list[list]) -> Iterator[str]:
    """Sentences on scores that are no longer what the payload holds; `today` are rows like its own."""
    then, now = ({tuple(row[:3]): row[3] for row in rows} for rows in (score_rows_in(payload), today))
    for key in sorted(then.keys() | now.keys()):
        if then.get(key, _MISSING) != now.get(key, _MISSING):
            judge, nomination, component = key
            words = {
                "judge": judge,
                "nomination": nomination,
                "component": component,
                "then": _value(then, key),
                "now": _value(now, key),
            }
            yield (
                _("Judge %(judge)s, nomination %(nomination)s, component %(component)s: %(then)s in the result, %(now)s now.")
                % words
            )


_MISSING = object()


def _value(scores, key):
    if key not in scores:
        return _("nothing")
    return _("not applicable") if scores[key] is None else scores[key]
