from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.models import User
from advocacy.workflow import move
from nominations import walltime
from nominations.completeness import blocking, missing
from nominations.exceptions import NominationIncomplete, ProgramNotOpen
from nominations.models import Nomination, Program
from nominations.services.drafts import source_of

# These come whole and are checked where they come in.
CHECKED_ELSEWHERE = {Nomination.Source.SELF, Nomination.Source.IMPORT}


def check_program_takes_nominations(*, program: Program, now: datetime) -> None:
    """Raise ProgramNotOpen with the date before the call opens and after its close and grace."""
    if program.takes_nominations(now):
        return
    if now < program.opens_at:
        sentence = _("Nominations open on %(moment)s.")
        moment = program.opens_at
    else:
        sentence = _("Nominations closed on %(moment)s. Your draft is kept.")
        moment = program.closes_at
    raise ProgramNotOpen(sentence % {"moment": walltime.in_words(moment, program.time_zone)})


@transaction.atomic
def submit_nomination(*, nomination: Nomination, by: User | None, now: datetime) -> bool:
    """Hand the draft in. True when it was handed in now, False when it already was.

    Raises ProgramNotOpen or NominationIncomplete; the draft then stays as it is. An import is taken at any
    time and as it stands.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    if nomination.status != Nomination.Status.DRAFT:
        return False
    _check(nomination, by=by, now=now)
    _fill_in(nomination, by=by, now=now)
    move(nomination, to=Nomination.Status.SUBMITTED, by=by, changed_at=now)
    return True


def expects_reading(nomination: Nomination, by: User | None) -> bool:
    """The reading of the partnership is asked of the customer's own CSM."""
    return bool(by and nomination.account and nomination.account.csm_id == by.pk)


def _check(nomination, *, by, now):
    if nomination.source != Nomination.Source.IMPORT:
        check_program_takes_nominations(program=nomination.program, now=now)
    if nomination.source in CHECKED_ELSEWHERE:
        return
    found = missing(nomination, has_categories=nomination.entries.exists(), expects_reading=expects_reading(nomination, by))
    if blocking(found):
        raise NominationIncomplete(blocking(found))


def _fill_in(nomination, *, by, now):
    nomination.submitted_at = now
    nomination.sponsor = nomination.account.csm if nomination.account else None
    if nomination.source not in CHECKED_ELSEWHERE:
        nomination.source = source_of(by=by, account=nomination.account)
    nomination.save(update_fields=["submitted_at", "sponsor", "source", "updated_at"])
