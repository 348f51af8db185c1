"""The nominee's yes before judging: asking by mail, and taking the answer on a page.

On submission the question gets a time, two working days of the CSM's zone later. The CSM sends it earlier or
asks in person; else the clock sends it. Answers by mail go to the CSM. A nomination without a mail address, taken
out, answered, or of a locked-down account whose company has not approved, is asked nothing.
"""

from nominations.questions.answers import answer_question, want_another_link
from nominations.questions.bounces import notice_bounces, open_bounce
from nominations.questions.people import contact_of, who_hears
from nominations.questions.sending import (
    hold_question,
    plan_again,
    plan_question,
    release_question,
    remind_nominee,
    send_due_questions,
    why_not_sent,
)

__all__ = [
    "answer_question",
    "contact_of",
    "hold_question",
    "notice_bounces",
    "open_bounce",
    "plan_again",
    "plan_question",
    "release_question",
    "remind_nominee",
    "send_due_questions",
    "want_another_link",
    "who_hears",
    "why_not_sent",
]
