from datetime import datetime

from django.db import transaction

from advocacy.models import ActivityType, Advocate, User, Verification
from advocacy.services import set_willingness, verify_section


@transaction.atomic
def update_profile(*, advocate: Advocate, by: User, now: datetime, answers: dict[ActivityType, str], **fields) -> Advocate:
    """The CSM writes down what changed: `fields` of the person, and an answer (or "") for each activity.

    What was written counts as checked: the sections role and willingness are verified.
    """
    for name, value in fields.items():
        setattr(advocate, name, value)
    advocate.save(update_fields=list(fields))
    known = {row.activity_type_id: row for row in advocate.willingness.all()}
    for activity_type, answer in answers.items():
        _record_answer(advocate, activity_type, answer, known.get(activity_type.pk))
    method = Verification.Method.CSM if advocate.account and advocate.account.csm_id == by.pk else Verification.Method.TEAM
    for section in (Verification.Section.ROLE, Verification.Section.WILLINGNESS):
        verify_section(advocate=advocate, section=section, method=method, by=by, now=now)
    return advocate


def _record_answer(advocate, activity_type, answer, known):
    if answer and (known is None or known.answer != answer):
        set_willingness(advocate=advocate, activity_type=activity_type, answer=answer, cap=known.cap if known else None)
    elif not answer and known:
        known.delete()
