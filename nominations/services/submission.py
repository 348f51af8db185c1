from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import walltime
from advocacy.models import Advocate, User
from advocacy.people import responsible_for
from advocacy.services import find_or_add_advocate
from advocacy.workflow import move
from advocacy.working_time import day_of
from nominations import emails, questions
from nominations.completeness import blocking, missing
from nominations.exceptions import NominationIncomplete, NomineeElsewhere, ProgramNotOpen
from nominations.models import Nomination, Program
from nominations.services.drafts import source_of
from nominations.services.sections import withdraw_sections
from nominations.services.stopping import stop_asking_for_customers, stop_reminding_of_draft

Source = Nomination.Source
# These come whole and are checked where they come in.
CHECKED_ELSEWHERE = {Source.SELF, Source.IMPORT}


def check_program_takes_nominations(*, program: Program, now: datetime, extended_until: datetime | None = None) -> None:
    """Raise ProgramNotOpen with the date before the call opens and after its close and grace.

    `extended_until` is the later deadline of one nomination; the grace counts after it too.
    """
    if program.takes_nominations(now, extended_until):
        return
    if now < program.opens_at:
        sentence, moment = _("Nominations open on %(moment)s."), program.opens_at
    else:
        sentence = _("Nominations closed on %(moment)s. What you wrote is kept as a draft.")
        moment = program.deadline(extended_until)
    raise ProgramNotOpen(sentence % {"moment": walltime.in_words(moment, program.time_zone)})


@transaction.atomic
def submit_nomination(*, nomination: Nomination, by: User | None, now: datetime) -> bool:
    """Hand the draft in and tell the customer's CSM. True when handed in now, False when it already was.

    Raises ProgramNotOpen, NominationIncomplete or NomineeElsewhere; the draft then stays as it is.
    A self-nomination was checked when it was sent. An import is taken at any time, as it stands, without a mail.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.refresh_from_db()
    if nomination.status != Nomination.Status.DRAFT:
        return False
    _check(nomination, by=by, now=now)
    _fill_in(nomination, by=by, now=now)
    move(nomination, to=Nomination.Status.SUBMITTED, by=by, changed_at=now)
    withdraw_sections(requests=nomination.section_requests.all(), now=now)
    stop_reminding_of_draft(nomination)
    stop_asking_for_customers(nomination.program, nomination.sponsor)
    if nomination.source != Source.IMPORT:
        tell_who_looks_after(nomination, now=now)
        questions.plan_question(nomination=nomination, now=now)
    return True


def expects_reading(nomination: Nomination, by: User | None) -> bool:
    """The reading of the partnership is asked of the customer's own CSM."""
    return bool(by and nomination.account and nomination.account.csm_id == by.pk)


def tell_who_looks_after(nomination: Nomination, *, now: datetime) -> None:
    """The customer's CSM hears of it before the customer does; without an account the advocacy team does."""
    write = emails.nomination_handed_over if nomination.account else emails.nomination_needs_account
    for person in responsible_for(nomination.account, day_of(now)):
        if person.pk != nomination.nominator_id:
            write(nomination, person)


def _check(nomination, *, by, now):
    if nomination.source in CHECKED_ELSEWHERE:
        return
    check_program_takes_nominations(program=nomination.program, now=now, extended_until=nomination.extended_until)
    found = missing(nomination, has_categories=nomination.entries.exists(), expects_reading=expects_reading(nomination, by))
    if blocking(found):
        raise NominationIncomplete(blocking(found))


def _fill_in(nomination, *, by, now):
    if nomination.nominee is None and nomination.nominee_as_given:
        nomination.nominee = _typed_nominee(nomination, by=by)
        nomination.nominee_as_given = {}
    nomination.submitted_at = now
    nomination.sponsor = nomination.account.csm if nomination.account else None
    if nomination.source not in CHECKED_ELSEWHERE:
        nomination.source = source_of(by=by, account=nomination.account)
    nomination.save(update_fields=["nominee", "nominee_as_given", "submitted_at", "sponsor", "source", "updated_at"])


def _typed_nominee(nomination, *, by) -> Advocate:
    advocate = find_or_add_advocate(account=nomination.account, by=by, **nomination.nominee_as_given)
    if advocate.account_id != nomination.account_id:
        # Says nothing about who it is: the nominator may not know that person.
        raise NomineeElsewhere(
            _("The nominee's e-mail address belongs to somebody we know at another company. Ask the advocacy team.")
        )
    return advocate
