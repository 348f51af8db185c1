"""A winner becomes an advocate with a story, from what the nomination already says."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import services as advocacy
from advocacy.catalogue import AWARD, REFERENCE_CALL
from advocacy.exceptions import AdvocateUnavailable, LedgerBusy
from advocacy.models import ActivityType, Advocate, Ask, Consent, Story, User, Verification, Willingness
from advocacy.workflow import record_change
from advocacy.working_time import day_of
from awards.exceptions import NomineeMissing
from awards.models import Winner
from nominations.models import Nomination, NomineeReply, Program

# Whoever accepts an award has just been spoken with: these sections are known to be right.
CONFIRMED = [
    Verification.Section.CONTACT,
    Verification.Section.ROLE,
    Verification.Section.STORY,
    Verification.Section.CONSENT,
]


def make_advocate(*, winner: Winner, by: User, now: datetime) -> Advocate:
    """Activate the winner's nominee, tell their story and enter the award in the ledger.

    Their consents stand since the nominee's yes was recorded. Again changes nothing but the story,
    which follows the nomination. Raises NomineeMissing.
    """
    nomination = winner.entry.nomination
    advocate = nomination.nominee
    if advocate is None:
        raise NomineeMissing(_("%(winner)s: add the nominee to the nomination first.") % {"winner": nomination})
    with transaction.atomic():
        if advocate.status == Advocate.Status.CANDIDATE:
            advocacy.activate_advocate(advocate=advocate, by=by, now=now)
            advocacy.note_recruited_by_award(advocate=advocate, by=by, program=str(nomination.program), now=now)
        _tell_story(nomination, advocate, by)
        _copy_use_case(nomination, advocate)
        if winner.ask is None:
            _confirm_profile(advocate, by, now)
            _enter_in_ledger(winner, advocate, by, now)
    return advocate


def keep_candidates(*, nominations: Iterable[Nomination]) -> int:
    """Keep the stories of nominees who did not win with them: they stay candidates, or what they are already.

    Again adds nothing. Returns how many stories are new.
    """
    kept = {_source_key(nomination): nomination for nomination in nominations if nomination.nominee}
    known = set(Story.objects.filter(source_key__in=kept).values_list("source_key", flat=True))
    told = [nomination for key, nomination in kept.items() if key not in known]
    Story.objects.bulk_create(
        Story(source_key=_source_key(one), advocate=one.nominee, came_from=_came_from(one), **_story_fields(one)) for one in told
    )
    return len(told)


def suggest_candidates(*, program: Program, nominations: Iterable[Nomination], now: datetime) -> int:
    """Nominees who did not win and did not say no are worth an interview; each CSM finds them in the list of recruits.

    Again adds nothing. Returns how many are new.
    """
    told = [one.nominee for one in nominations if one.nominee and not _said_no(one)]
    return advocacy.suggest_from_award(advocates=told, program=str(program), now=now)


def _said_no(nomination):
    reply = getattr(nomination, "reply", None)
    return reply is not None and reply.answer == NomineeReply.Answer.NO


def _tell_story(nomination, advocate, by):
    return advocacy.add_story(
        advocate=advocate,
        source_key=_source_key(nomination),
        came_from=_came_from(nomination),
        by=by,
        **_story_fields(nomination),
    )


def _source_key(nomination):
    return f"nomination:{nomination.pk}"


def _came_from(nomination):
    return _("Nomination for %(program)s") % {"program": nomination.program}


def _story_fields(nomination):
    return {
        "account": nomination.account or nomination.nominee.account,
        "headline": nomination.headline,
        "challenge": nomination.before_state,
        "solution": nomination.narrative,
        "results_text": nomination.business_outcome,
        "results": nomination.results,
        "human_element": nomination.human_element,
        "quote": nomination.quote,
    }


def _copy_use_case(nomination, advocate):
    account = nomination.account or advocate.account
    if account and nomination.use_case:
        account.use_cases.add(nomination.use_case)


def _confirm_profile(advocate, by, now):
    for section in CONFIRMED:
        advocacy.verify_section(advocate=advocate, section=section, method=Verification.Method.TEAM, by=by, now=now)
    speaks = Consent.objects.in_force(day_of(now)).filter(advocate=advocate, purpose=Consent.Purpose.REFERENCE_CONTACT)
    call = ActivityType.objects.get(code=REFERENCE_CALL)
    if speaks.exists() and not advocate.willingness.filter(activity_type=call).exists():
        # They said yes to speaking with prospects; nobody should have to type that again.
        advocacy.set_willingness(advocate=advocate, activity_type=call, answer=Willingness.Answer.YES)


def _enter_in_ledger(winner, advocate, by, now):
    """The award as an ask that is done: it counts on the giving side and blocks nothing."""
    try:
        ask = advocacy.reserve_ask(
            advocate=advocate,
            activity_type=ActivityType.objects.get(code=AWARD),
            asked_by=by,
            source=Ask.Source.AWARD,
            now=now,
        )
    except LedgerBusy:
        raise  # taken by nobody for good: the award is entered by the next try
    except AdvocateUnavailable as error:
        # Paused or retired people keep their award; the ledger stays as they wish it.
        record_change(winner, from_status=winner.status, to_status=winner.status, by=by, why=str(error), changed_at=now)
        return
    for state in (Ask.State.ASKED, Ask.State.ACCEPTED, Ask.State.DONE):
        advocacy.move_ask(ask=ask, to=state, by=by, now=now, outcome=str(winner.category))
    winner.ask = ask
    winner.save(update_fields=["ask"])
