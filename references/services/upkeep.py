from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

from advocacy.links import end_links_of_profile
from advocacy.models import ActivityType, Advocate, Topic, User, Verification
from advocacy.profile_checks import confirm_sections
from advocacy.services import activate_advocate, pause_advocate, retire_advocate, set_willingness

SECTION_OF = {
    Verification.Section.CONTACT: {"name", "email", "languages", "time_zone"},
    Verification.Section.ROLE: {"title", "level", "function", "bio", "topics"},
    Verification.Section.WILLINGNESS: {"max_asks_per_quarter"},
}


@transaction.atomic
def update_profile(
    *,
    advocate: Advocate,
    by: User,
    now: datetime,
    answers: dict[ActivityType, tuple[str, int | None]],
    topics: Iterable[Topic] | None = None,
    checked: Collection[str] = (),
    **fields,
) -> Advocate:
    """The CSM writes down what changed: `fields` of the person, and for each activity an answer (or "") and own limit.

    The sections in `checked`, and those in which something changed, count as checked now.
    """
    before = {name: getattr(Advocate.objects.get(pk=advocate.pk), name) for name in fields}
    changed = {name for name, value in fields.items() if before[name] != value}
    for name, value in fields.items():
        setattr(advocate, name, value)
    advocate.save(update_fields=list(fields))
    if "email" in changed:
        end_links_of_profile(advocate, now)
    if topics is not None and set(topics) != set(advocate.topics.all()):
        advocate.topics.set(topics)
        changed.add("topics")
    if _record_answers(advocate, answers):
        changed.add("max_asks_per_quarter")
    sections = [section for section, names in SECTION_OF.items() if section in checked or names & changed]
    confirm_sections(advocate=advocate, sections=sections, by=by, now=now)
    return advocate


def _record_answers(advocate, answers):
    """True when any of them is new."""
    known = {row.activity_type_id: row for row in advocate.willingness.all()}
    changed = False
    for activity_type, (answer, cap) in answers.items():
        row = known.get(activity_type.pk)
        if (answer, cap if answer else None) == ((row.answer, row.cap) if row else ("", None)):
            continue
        changed = True
        if answer:
            set_willingness(advocate=advocate, activity_type=activity_type, answer=answer, cap=cap)
        else:
            row.delete()
    return changed


def change_status(*, advocate: Advocate, to: str, until: date | None, why: str, by: User, now: datetime) -> Advocate:
    """Pause, retire or bring back somebody, with the reason; raises ForbiddenMove."""
    who = {"advocate": advocate, "by": by, "now": now, "why": why}
    if to == Advocate.Status.PAUSED:
        return pause_advocate(until=until, **who)
    if to == Advocate.Status.RETIRED:
        return retire_advocate(**who)
    return activate_advocate(**who)
