"""Taking a category out, and where its nominations go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominations.exceptions import CategoryInUse
from nominations.models import Category, Entry, SelfNomination

# Before a choice was made; later the entry belongs to a result.
MOVABLE = {Entry.Status.ENTERED, Entry.Status.SHORTLISTED}


def count_in(category: Category) -> int:
    """Nominations in a category, drafts and those that wait for their confirmation included."""
    return category.entries.count() + _unconfirmed(category).count()


def why_it_stays(category: Category) -> str:
    """The sentence on why a category cannot be removed, with the way out; empty when it can."""
    number = count_in(category)
    return (
        number
        and ngettext(
            "“%(category)s” has one nomination in it. Move it to another category, or rename this one.",
            "“%(category)s” has %(number)s nominations in it. Move them to another category, or rename this one.",
            number,
        )
        % {"category": category, "number": number}
        or ""
    )


@transaction.atomic
def remove_category(*, category: Category) -> None:
    """Raises CategoryInUse while there are nominations in it."""
    Category.objects.select_for_update(of=("self",)).get(pk=category.pk)
    if sentence := why_it_stays(category):
        raise CategoryInUse(sentence)
    category.delete()


@transaction.atomic
def move_nominations(*, category: Category, to: Category, now: datetime) -> int:
    """Put every nomination of `category` into `to`; one that is in both already stays once. Returns how many left.

    Raises CategoryInUse once judging has opened: a category then has judges, and later an order.
    """
    list(Category.objects.select_for_update(of=("self",)).filter(pk__in=[category.pk, to.pk]).order_by("pk"))
    if to.program_id != category.program_id or to.pk == category.pk:
        raise CategoryInUse(_("Choose another category of the same program."))
    if now >= category.program.judging_opens_at:
        raise CategoryInUse(_("Judging has opened: nominations stay in their categories. You can still rename this one."))
    if category.entries.exclude(status__in=MOVABLE).exists():
        raise CategoryInUse(_("A winner was chosen in this category: it stays."))
    moved = count_in(category)
    category.entries.filter(nomination__in=to.entries.values("nomination")).delete()
    for entry in category.entries.all():
        entry.category = to
        entry.save(update_fields=["category"])
    for waiting in _unconfirmed(category):
        waiting.category_ids = [to.pk if pk == category.pk else pk for pk in waiting.category_ids]
        waiting.save(update_fields=["category_ids"])
    return moved


def _unconfirmed(category):
    return SelfNomination.objects.unconfirmed().filter(program=category.program_id, category_ids__contains=[category.pk])
