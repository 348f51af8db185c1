"""Clocks: what is due, for whom, until what ends it, and what is done about it. One registry, one run.

A rule finds what is due by a query with `now`, and says of each row which occurrence it is. The occurrence is
written with ON CONFLICT DO NOTHING in the transaction of what the rule does: two beats do it once, a missed
tick is made up by the next one, and a clock set back finds it done.

    def judges_with_open_work(now):  # rules.py of an app
        judges = Judge.objects.with_open_work().select_related("program")
        return before("program__judging_closes_at", judges, days=[7, 3, 1], rule="judging_ends_soon", now=now)

    register(
        Rule(
            code="judging_ends_soon",
            label=_("Judges with open assignments"),
            to=_("the judge"),
            distances=_("7, 3 and 1 days before judging closes"),
            ends=_("the judge is done, or judging closes"),
            find=judges_with_open_work,
            act=lambda due, now: emails.judging_ends_soon(due.about, due, now=now),
        )
    )

After a missed tick one reminder goes out, the nearest, and those before it are recorded as skipped. A deadline
that is a day becomes a moment by `EndOfDay` of outbox.functions, in the zone the day is meant in.
"""

from outbox.clocks.finding import LOOK_BACK, after, asked_again_of, before, due_of, is_still_due, moments, reached, unspoken
from outbox.clocks.objects import name_objects, register_objects
from outbox.clocks.registry import Chore, Due, Rule, all_rules, next_run_at, register, rule_of
from outbox.clocks.running import Tally, claim, current_occurrence, note, run, run_all, writing_for
from outbox.clocks.switching import switch

__all__ = [
    "LOOK_BACK",
    "Chore",
    "Due",
    "Rule",
    "Tally",
    "after",
    "all_rules",
    "asked_again_of",
    "before",
    "claim",
    "current_occurrence",
    "due_of",
    "is_still_due",
    "moments",
    "name_objects",
    "next_run_at",
    "note",
    "reached",
    "register",
    "register_objects",
    "rule_of",
    "run",
    "run_all",
    "switch",
    "unspoken",
    "writing_for",
]
