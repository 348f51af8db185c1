"""Who acts on an assignment: one of us, a guest judge without an account, or the system (None)."""

from advocacy.models import User
from awards.models import Judge

Actor = User | Judge | None


def is_judge(actor: Actor, judge: Judge) -> bool:
    """Whether `actor` sits in this judge's seat."""
    if actor is None:
        return False
    return actor == judge if isinstance(actor, Judge) else actor.pk == judge.user_id


def as_user(actor: Actor) -> User | None:
    """For the columns that name one of us; a guest is named by the assignment itself."""
    return None if isinstance(actor, Judge) else actor


def runs_program(actor: Actor) -> bool:
    return isinstance(actor, User) and actor.runs_program
