"""Two nominations of the same story: joined into one, or kept apart. Both can be undone until judging opens."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import move
from nominations.exceptions import PairDecided
from nominations.models import DuplicateReview, Entry, Nomination
from nominations.questions import plan_again
from nominations.services.replies import stop_mails

Status = Nomination.Status
Verdict = DuplicateReview.Verdict


@transaction.atomic
def keep_apart(*, first: Nomination, second: Nomination, by: User, now: datetime) -> DuplicateReview:
    """They are two stories: the pair is not offered again. Raises PairDecided."""
    first, second = _lock(first, second)
    _check_undecided(first, second)
    return DuplicateReview.objects.create(first=first, second=second, verdict=Verdict.KEPT, decided_by=by, decided_at=now)


@transaction.atomic
def join(*, kept: Nomination, other: Nomination, by: User, now: datetime) -> DuplicateReview:
    """One goes on. It gets the other's nominator and supporters, and the other's categories; the other stays readable.

    Raises PairDecided when somebody decided meanwhile, one was taken out, or judging has opened.
    """
    first, second = _lock(kept, other)
    _check_before_judging(first.program, now)
    _check_undecided(first, second)
    kept, other = (first, second) if first.pk == kept.pk else (second, first)
    undo = {
        "supporters": _add_supporters(kept, other),
        "entries": [entry.pk for entry in _add_entries(kept, other)],
        "moved": other.pk,
    }
    move(other, to=Status.DUPLICATE, by=by, why=_("Joined with %(other)s.") % {"other": kept}, changed_at=now)
    if reply := getattr(other, "reply", None):
        stop_mails(reply)
    return DuplicateReview.objects.create(
        first=first, second=second, verdict=Verdict.JOINED, kept=kept, undo=undo, decided_by=by, decided_at=now
    )


@transaction.atomic
def undo_review(*, review: DuplicateReview, by: User, now: datetime) -> None:
    """Put everything back as it was. Raises PairDecided when that is not possible any more."""
    first, second = _lock(review.first, review.second)
    review = DuplicateReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.undone_at:
        raise PairDecided(_("This was undone already."))
    if review.verdict == Verdict.JOINED:
        _check_before_judging(first.program, now)
        _part(review, first if review.kept_id == first.pk else second, by=by, now=now)
    review.undone_at = now
    review.save(update_fields=["undone_at"])


def _part(review, kept, *, by, now):
    other = Nomination.objects.get(pk=review.undo["moved"])
    if kept.status != Status.SUBMITTED or other.status != Status.DUPLICATE:
        raise PairDecided(_("One of the two was moved since. Undo the later step first."))
    kept.entries.filter(pk__in=review.undo["entries"]).delete()
    kept.supporters.remove(*review.undo["supporters"])
    move(other, to=Status.SUBMITTED, by=by, why=_("No longer joined with %(other)s.") % {"other": kept}, changed_at=now)
    plan_again(nomination=other, now=now)


def _add_supporters(kept, other):
    have = {kept.nominator_id, *kept.supporters.values_list("pk", flat=True)}
    wanted = {other.nominator_id, *other.supporters.values_list("pk", flat=True)} - have - {None}
    kept.supporters.add(*wanted)
    return sorted(wanted)


def _add_entries(kept, other):
    have = kept.entries.values("category")
    missing = other.entries.exclude(category__in=have).values_list("category_id", flat=True)
    return [Entry.objects.create(nomination=kept, category_id=category) for category in missing]


def _lock(one, other):
    """Both rows, the lower key first, so that two people with the same pair in hand come one after the other."""
    pks = sorted({one.pk, other.pk})
    list(Nomination.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))
    found = list(Nomination.objects.select_related("program", "account", "nominee", "reply").filter(pk__in=pks).order_by("pk"))
    if len(found) < 2 or found[0].program_id != found[1].program_id:
        raise PairDecided(_("Choose two nominations of the same program."))
    return found


def _check_undecided(first, second):
    if DuplicateReview.objects.filter(first=first, second=second, undone_at=None).exists():
        raise PairDecided(_("Somebody decided on these two meanwhile."))
    if {first.status, second.status} != {Status.SUBMITTED}:
        raise PairDecided(_("One of the two is not in the program any more."))


def _check_before_judging(program, now):
    if now >= program.judging_opens_at:
        raise PairDecided(_("Judging has opened: nominations are not joined or parted any more. You can mark one as duplicate."))
