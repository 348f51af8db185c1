"""The clocks of references, run at a moment. Each returns how many it told or moved."""

from outbox import clocks
from references import rules  # noqa: F401 - registers them

REMINDERS = ["approval_awaited", "step_overdue", "answer_late"]
CHORES = ["request_decided", "request_lapsed", "request_keepers", "request_left"]


def run(code, now):
    return clocks.run(clocks.rule_of(code), now).written


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
