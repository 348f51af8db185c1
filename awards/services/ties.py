"""The chair's word on equals, where the tie rule leaves it to the chair."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from awards import scoring, standings
from awards.exceptions import JudgingStillOpen, ReasonMissing, TieNotDecided
from awards.models import TieDecision
from nominations.models import Program


def decide_tie(
    *, program: Program, places: Mapping[int, int], by: User, reason: str, now: datetime, chair_name: str = ""
) -> list[TieDecision]:
    """Put equals in order: entry id to its place, 1 first. Decided again, the later word counts.

    The chair decides; somebody of the team may record it, with the name of the chair. Raises TieNotDecided,
    ReasonMissing, JudgingStillOpen.
    """
    reason, chair_name = reason.strip(), chair_name.strip()
    with transaction.atomic():
        locked = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        chair_name = _refuse_the_wrong_person(locked, by, chair_name)
        _refuse_the_wrong_moment(locked, now)
        if not reason:
            raise ReasonMissing(_("Say why: the reason is frozen with the result."))
        _refuse_what_is_no_tie(locked, places)
        TieDecision.objects.filter(entry__in=places).delete()
        return [
            TieDecision.objects.create(
                entry_id=entry, place=place, reason=reason, chair_name=chair_name, decided_by=by, decided_at=now
            )
            for entry, place in sorted(places.items(), key=lambda pair: pair[1])
        ]


def ties_for_the_chair(program: Program) -> list[tuple[standings.Order, list[standings.Place]]]:
    """The groups of equals in each category, as they are without the chair's word."""
    if program.tie_rule != Program.TieRule.CHAIR:
        return []
    groups = []
    for order in standings.live_orders(program):
        by_total = {}
        for place in order.places:
            if place.standing.rank is not None and order.category:
                by_total.setdefault(place.standing.total, []).append(place)
        groups += [(order, equals) for equals in by_total.values() if len(equals) > 1]
    return groups


def may_decide(program: Program, user: User) -> bool:
    return program.chair_id == user.pk or user.has_perm("advocacy.run_program")


def _refuse_the_wrong_person(program, by, chair_name):
    """The name to keep: empty where the chair decides in person."""
    if program.chair_id == by.pk:
        return ""
    if not may_decide(program, by):
        raise TieNotDecided(_("The chair decides ties, or somebody of the advocacy team records what the chair decided."))
    if not chair_name:
        raise TieNotDecided(_("You are not the chair: name who decided."))
    return chair_name


def _refuse_the_wrong_moment(program, now):
    if program.tie_rule != scoring.TIE_CHAIR:
        raise TieNotDecided(_("The tie rule of %(program)s is another: %(rule)s.") % _rule(program))
    if now <= program.judging_closes_at:
        raise JudgingStillOpen(_("Ties are decided when judging has closed."))
    if program.announced_at:
        raise TieNotDecided(_("The winners of %(program)s are announced.") % {"program": program})


def _rule(program):
    return {"program": program, "rule": program.get_tie_rule_display()}


def _refuse_what_is_no_tie(program, places):
    groups = [{place.runner.entry for place in equals} for _order, equals in ties_for_the_chair(program)]
    if set(places) not in groups:
        raise TieNotDecided(_("These are no equals any more, or not all of them. Look at the page again."))
    if sorted(places.values()) != list(range(1, len(places) + 1)):
        raise TieNotDecided(_("Give each of the equals a place of its own, from 1 to %(count)s.") % {"count": len(places)})
