"""A program in judging with people around it, as the judging tests need it."""

from datetime import timedelta

from advocacy.workflow import move
from awards import services
from awards.models import Assignment, Judge, Score, Winner
from nominations.models import Category
from tests.factories import NOW, make_account, make_advocate, make_judge, make_nomination, make_program, make_user, numbers

CLOSED = NOW + timedelta(days=40)


def make_judging(judges=2, nominations=2, **fields):
    """A program whose judging is open at NOW, with everything handed out."""
    program = make_program(now=NOW, phase="judging", **fields)
    for _number in range(judges):
        make_judge(program)
    for _number in range(nominations):
        make_nomination(program)
    services.open_judging(program=program, by=None, now=NOW)
    return program


def make_guest(program, **fields):
    """A guest judge of the story from a company we know nothing of."""
    number = next(numbers)
    facts = {"guest_name": f"Gus Guest {number}", "guest_email": f"gus{number}@elsewhere.example", "guest_kind": "analyst"}
    return Judge.objects.create(program=program, scores_partnership=False, **facts | fields)


def assignment_of(judge, nomination):
    return Assignment.objects.get(judge=judge, nomination=nomination)


def every_answer(assignment, value=4):
    return {component.pk: value for component in assignment.judge.program.rubric.all()}


def score(assignment, value=4, now=NOW, **by_code):
    """All answers `value`, except for components named by their code with underscores."""
    by_code = {code.replace("_", "-"): answer for code, answer in by_code.items()}
    answers = {
        component.pk: by_code.get(component.code, value)
        for component in assignment.judge.program.rubric.filter(criterion__in=assignment.judge.criteria)
    }
    return services.record_scores(assignment=assignment, answers=answers, now=now)


def score_all(program, values=None, now=NOW):
    """Every open assignment is done, as `record_scores` leaves it; `values` gives the number for each nomination in order, else 4."""
    order = list(program.nominations.order_by("pk").values_list("pk", flat=True))
    given = dict(zip(order, values or [4] * len(order), strict=False))
    components = list(program.rubric.all())
    done = list(Assignment.objects.filter(judge__program=program).open().select_related("judge__user"))
    Score.objects.bulk_create(
        Score(assignment=assignment, component=component, value=given[assignment.nomination_id])
        for assignment in done
        for component in components
        if component.criterion in assignment.judge.criteria
    )
    for assignment in done:
        move(assignment, to=Assignment.Status.DONE, by=assignment.judge.user, changed_at=now)
    Assignment.objects.filter(pk__in=[assignment.pk for assignment in done]).update(decided_at=now)


def make_judged(values=(5, 3), judges=2, **fields):
    """A program whose judging has closed, with nominations in the order of `values`."""
    program = make_judging(judges=judges, nominations=len(values), **fields)
    score_all(program, values)
    return program


def entry_of(nomination):
    return nomination.entries.get()


def second_category(program):
    return Category.objects.create(program=program, name="Best return", position=1)


def make_team():
    return make_user("advocacy_team")


def make_public_winner(program=None, now=NOW, **fields):
    """Somebody who accepted, in a program announced an hour before `now`; nothing may be shown of them yet."""
    program = program or make_program(now=now, phase="judged")
    program.announced_at = now - timedelta(hours=1)
    program.save()
    account = make_account(name="Harbour Mutual", domain="harbour.example")
    nominee = make_advocate(account=account, name="Ada Berg", title="Head of Operations")
    entry = make_nomination(program, nominee=nominee).entries.get()
    entry.status = "won"
    entry.save()
    return Winner.objects.create(
        **{
            "entry": entry,
            "category": entry.category,
            "status": "accepted",
            "chosen_by": make_team(),
            "shown_name": "Dr Ada Berg",
            "shown_title": "COO",
            "shown_company": "Harbour Mutual Group",
            "shown_quote": "We sleep again.",
            "wording": "Ada Berg of Harbour Mutual halved the queue.",
        }
        | fields
    )
