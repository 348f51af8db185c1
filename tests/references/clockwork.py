"""The clocks of references, run at a moment. Each returns how many it told or moved."""

from references import rules  # noqa: F401 - registers them
from tests.clocks import run_rule

REMINDERS = ["approval_awaited", "step_overdue", "answer_late"]
CHORES = ["request_decided", "request_lapsed", "request_keepers", "request_left"]


def run(code, now):
    return run_rule(code, now)


def run_clocks(now):
    return sum(run(code, now) for code in [*REMINDERS, *CHORES])


def remind_approvers(now):
    return run("approval_awaited", now)


def escalate_overdue(now):
    return run("step_overdue", now)


def ask_after_calls(now):
    return run("debrief_wanted", now)


def tell_of_wins(now):
    return run("deal_won", now)


def mail_new_matches(now):
    return run("new_matches", now)
