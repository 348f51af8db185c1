"""Setting judging up: rubric, judges, assignments and the seal over the results."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy import roles
from advocacy.models import User
from advocacy.workflow import record_change
from awards import rubric
from awards.exceptions import JudgeNotAppointed, JudgingNotOpen, JudgingStillOpen, ReasonMissing, RubricFixed, SealStays
from awards.models import Assignment, Judge, RubricComponent, Score
from awards.services.assigning import assign_judges, lock
from awards.services.stopping import stop_reminding_of_judging
from nominations.models import Program

APPOINTED = "appointed"
SEALED = "sealed"
SEAL_LIFTED = "seal_lifted"


def copy_rubric(*, program: Program) -> None:
    """Give the program its own copy of the default rubric, unless it has one."""
    with transaction.atomic():
        lock(program)
        if not program.rubric.exists():
            RubricComponent.objects.bulk_create(rubric.components_for(program))


def rubric_is_fixed(program: Program, now: datetime) -> bool:
    return now >= program.judging_opens_at or Score.objects.filter(component__program=program).exists()


def save_component(*, component: RubricComponent, now: datetime) -> None:
    _refuse_once_fixed(component.program, now)
    component.save()


def remove_component(*, component: RubricComponent, now: datetime) -> None:
    _refuse_once_fixed(component.program, now)
    component.delete()


def _refuse_once_fixed(program, now):
    if rubric_is_fixed(program, now):
        raise RubricFixed(_("The rubric is fixed since judging opened: every nomination is measured alike."))


def appoint_judge(
    *, program: Program, user: User, by: User, now: datetime, scores_story: bool = True, scores_partnership: bool = True
) -> Judge:
    """Make `user` a judge, let them into the desk and, once judging is open, hand out their nominations."""
    refuse_appointment(program=program, user=user, now=now)
    criteria = {"scores_story": scores_story, "scores_partnership": scores_partnership}
    with transaction.atomic():
        judge, is_new = Judge.objects.get_or_create(program=program, user=user, defaults=criteria)
        if is_new:
            user.groups.add(Group.objects.get(name=roles.JUDGE))
            record_change(judge, from_status="", to_status=APPOINTED, by=by, changed_at=now)
            if program.rubric.exists():
                assign_judges(program=program, now=now)
    return judge


def refuse_appointment(*, program: Program, user: User, now: datetime) -> None:
    if not user.is_active:
        raise JudgeNotAppointed(_("%(name)s may not sign in and cannot judge.") % {"name": user})
    if now > program.judging_closes_at:
        raise JudgeNotAppointed(_("Judging of %(program)s has closed.") % {"program": program})


def open_judging(*, program: Program, by: User | None, now: datetime) -> int:
    """Copy the rubric where there is none and put every submitted nomination before every judge.

    Returns the number of new assignments; again and again is safe. Raises JudgingNotOpen outside the dates.
    """
    if not program.in_judging(now):
        raise JudgingNotOpen(_("Judging of %(program)s is not open on this date.") % {"program": program})
    with transaction.atomic():
        lock(program)
        is_first = not Assignment.objects.filter(judge__program=program).exists()
        copy_rubric(program=program)
        added = assign_judges(program=program, now=now)
        if is_first and added:
            record_change(program, from_status=Program.Phase.CLOSED, to_status=Program.Phase.JUDGING, by=by, changed_at=now)
    return added


def close_judging(*, program: Program, by: User, now: datetime) -> None:
    """End judging before its date. A judge with work left cannot, because closing would lift the seal for them."""
    if not program.in_judging(now):
        raise JudgingNotOpen(_("Judging of %(program)s is not open.") % {"program": program})
    if Judge.objects.filter(program=program).sealing(by, now).exists():
        raise JudgingStillOpen(_("You still have nominations to judge; somebody without own assignments has to close."))
    with transaction.atomic():
        lock(program)
        program.judging_closes_at = now
        program.save(update_fields=["judging_closes_at"])
        stop_reminding_of_judging(program)
        record_change(program, from_status=Program.Phase.JUDGING, to_status=Program.Phase.JUDGED, by=by, changed_at=now)


def lift_seal(*, judge: Judge, by: User, why: str, now: datetime) -> None:
    """Let a judge see results before their own scores are in; who allowed it and why stays on record."""
    if judge.is_guest:
        raise SealStays(_("A guest never sees results."))
    if not by.runs_program or by.pk == judge.user_id:
        raise SealStays(_("Somebody else of the advocacy team has to lift the seal."))
    if not why.strip():
        raise ReasonMissing(_("Say why this judge may see the results early."))
    with transaction.atomic():
        judge = Judge.objects.select_for_update(of=("self",)).get(pk=judge.pk)
        if not judge.sees_results_early:
            judge.sees_results_early = True
            judge.save(update_fields=["sees_results_early"])
            record_change(judge, from_status=SEALED, to_status=SEAL_LIFTED, by=by, why=why.strip(), changed_at=now)
