"""Preparing a winner: a checklist held by the CSM, and what the winner gets."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import Recognition, User
from advocacy.text import clean_line, clean_text
from advocacy.workflow import move, record_change
from advocacy.working_time import day_of
from awards.aftermath import PREPARATION, prepare_by
from awards.exceptions import WinnerNotChosen
from awards.models import PreparationItem, Winner
from awards.services.answers import donation_prizes, prizes_of

Status = Recognition.Status


def prepare_winner(*, winner: Winner, now: datetime) -> None:
    """Write the checklist and what the winner gets, once they have accepted. Again adds only what is new.

    Raises WinnerNotChosen where they have not accepted.
    """
    with transaction.atomic():
        winner = (
            Winner.objects.select_for_update(of=("self",))
            .select_related("category__program", "entry__nomination")
            .get(pk=winner.pk)
        )
        if winner.status != Winner.Status.ACCEPTED:
            raise WinnerNotChosen(_("There is nothing to prepare before the winner accepts."))
        if not winner.preparation.exists():
            _write_checklist(winner, day_of(now))
        _plan_prizes(winner)


def _write_checklist(winner, today):
    announced_on = day_of(winner.category.program.announces_at)
    purposes = recognitions_of(winner).filter(kind=Recognition.Kind.DONATION).exclude(purpose="")
    purpose_is_open = donation_prizes(winner).count() > purposes.count()
    PreparationItem.objects.bulk_create(
        PreparationItem(
            winner=winner, kind=kind, what=what, due_on=prepare_by(announced_on, days_before, today), position=position
        )
        for position, (kind, what, days_before) in enumerate(PREPARATION)
        if kind != PreparationItem.Kind.DONATION or purpose_is_open
    )


def _plan_prizes(winner):
    """One row a prize of the program; the customer may have chosen a donation's purpose before."""
    for prize in prizes_of(winner):
        Recognition.objects.get_or_create(
            source_key=f"winner:{winner.pk}:prize:{prize.pk}",
            defaults={
                "advocate": winner.entry.nomination.nominee,
                "kind": prize.kind,
                "what": prize.what,
                "cost": prize.planned_cost,
                "currency": prize.currency,
            },
        )


def recognitions_of(winner: Winner):
    return Recognition.objects.filter(source_key__startswith=f"winner:{winner.pk}:")


def add_item(*, winner: Winner, what: str, due_on: date | None) -> PreparationItem:
    """Something else to prepare; the same words again are the same item."""
    last = winner.preparation.order_by("-position").values_list("position", flat=True).first() or 0
    return PreparationItem.objects.get_or_create(
        winner=winner,
        kind=PreparationItem.Kind.OTHER,
        what=clean_line(what),
        defaults={"due_on": due_on, "position": last + 1},
    )[0]


def tick_item(*, item: PreparationItem, note: str, by: User, now: datetime) -> None:
    """Done; the first who says so stays on record."""
    if item.done_at is None:
        item.done_at, item.done_by = now, by
    item.note = clean_text(note)
    item.save(update_fields=["done_at", "done_by", "note"])


def untick_item(*, item: PreparationItem) -> None:
    item.done_at, item.done_by = None, None
    item.save(update_fields=["done_at", "done_by"])


def move_recognition(*, recognition: Recognition, to: str, by: User, now: datetime, why: str = "") -> bool:
    """Promised, delivered or dropped; raises ForbiddenMove."""
    return move(recognition, to=to, by=by, why=clean_line(why), changed_at=now)


def change_recognition(
    *, recognition: Recognition, cost: Decimal | None, currency: str, purpose: str, due_on: date | None, by: User, now: datetime
) -> None:
    """Cost, purpose and date; the change is on record, since money and promises are."""
    recognition.cost, recognition.currency = cost, clean_line(currency).upper()[:3]
    recognition.purpose, recognition.due_on = clean_line(purpose), due_on
    recognition.save(update_fields=["cost", "currency", "purpose", "due_on"])
    record_change(
        recognition,
        from_status=recognition.status,
        to_status=recognition.status,
        by=by,
        why=_("Details changed."),
        changed_at=now,
    )
