"""The place a winner leaves goes to the next reserve of the frozen result."""

from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import move, record_change
from awards import emails, reserves
from awards.models import Result, Winner
from nominations.models import Entry, Nomination, Program
from nominations.services.programs import team_of


def newest_result(program: Program) -> Result | None:
    return Result.objects.newest_of(program)


def give_place(
    *, entry: Entry, rank: int | None, chosen_by: User, by: User | None, now: datetime, reason: str = "", why: str = ""
) -> Winner:
    """Make an entry a winner, to be offered the place; `reason` says why the order was not followed.

    Call it in a transaction that holds the program.
    """
    why = reason or why
    move(entry, to=Entry.Status.SELECTED, by=by, why=why, changed_at=now)
    facts = {"category": entry.category, "rank": rank, "reason": reason, "chosen_by": chosen_by, "chosen_at": now}
    winner, is_new = Winner.objects.get_or_create(entry=entry, defaults=facts)
    if is_new:
        record_change(winner, from_status="", to_status=Winner.Status.OFFERED, by=by, why=why, changed_at=now)
        return winner
    for field, value in facts.items():
        setattr(winner, field, value)
    winner.save(update_fields=list(facts))
    move(winner, to=Winner.Status.OFFERED, by=by, why=why, changed_at=now)
    return winner


def fill_place(*, winner: Winner, now: datetime) -> Winner | None:
    """Put the next reserve forward for the place `winner` left, and tell the team; None where nobody is left.

    The offer itself waits for a person to send it: its days to answer count from then. Before the result
    is frozen there are no reserves, and nothing happens. Call it in a transaction that holds the program.
    """
    program = winner.category.program
    result = newest_result(program)
    if result is None:
        return None
    following = _next_entry(result, winner.category_id)
    if following:
        why = _("Reserve of result %(number)s: the place of %(winner)s is free.") % {
            "number": result.number,
            "winner": winner.entry.nomination,
        }
        rank = _rank_of(result, following)
        following = give_place(entry=following, rank=rank, why=why, chosen_by=result.frozen_by, by=None, now=now)
    for person in team_of(program):
        emails.place_became_free(winner, following, person, now=now)
    return following


def chosen_outside_result(program: Program, winners: list[Winner]) -> list[Winner]:
    """Standing winners that the newest frozen result does not account for; none before there is one."""
    result = newest_result(program)
    if result is None:
        return []
    categories = [one for one in result.categories if one["id"]]
    free = set(_free_entries([pk for one in categories for pk in one["reserves"]]).values_list("pk", flat=True))
    known = {winner.entry_id for winner in winners}
    outside = {winner.entry_id for winner in winners if winner.category_id not in {one["id"] for one in categories}}
    for category in categories:
        chosen = [winner.entry_id for winner in winners if winner.category_id == category["id"]]
        outside.update(
            reserves.outside(winners=category["winners"], reserves=category["reserves"], chosen=chosen, free=free - known)
        )
    return [winner for winner in winners if winner.entry_id in outside]


def _next_entry(result, category_id):
    order = next((one["reserves"] for one in result.categories if one["id"] == category_id), [])
    free = {entry.pk: entry for entry in _free_entries(order).select_related("category", "nomination")}
    return free.get(reserves.next_reserve(order, free))


def _free_entries(pks):
    return Entry.objects.filter(
        pk__in=pks,
        status__in=[Entry.Status.ENTERED, Entry.Status.SHORTLISTED],
        nomination__status=Nomination.Status.SUBMITTED,
    )


def _rank_of(result, entry):
    places = (place for category in result.categories for place in category["order"])
    return next((place["rank"] for place in places if place["entry"] == entry.pk), None)
