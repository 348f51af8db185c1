"""The steps of the guided path, in order, each with why it matters."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    why: str


STEPS = [
    Step(
        "name",
        _("Name and purpose"),
        _(
            "Customers put the name on their own page and read the purpose to decide whether the work of a nomination is worth it. "
            "A name that honours what they achieved makes the award theirs."
        ),
    ),
    Step(
        "categories",
        _("Categories"),
        _(
            "A category says which outcome we honour. It is worth having when a team of ours will use the story "
            "and an audience outside believes it."
        ),
    ),
    Step(
        "rules",
        _("How it is judged"),
        _(
            "The rules are set before anybody knows the nominations, and fixed once judging opens. "
            "That is what lets you explain the result to anyone a year later."
        ),
    ),
    Step(
        "calendar",
        _("Calendar"),
        _(
            "Six months from now to the announcement leave time to find customers, get their approvals and plan the event. "
            "Dates on working days mean that somebody answers when a form will not open."
        ),
    ),
    Step(
        "prizes",
        _("Prizes and recognition"),
        _(
            "Recognition that a customer can use, in front of their own people, outlasts a gift. "
            "Planning the cost now keeps what we promise within what we can give."
        ),
    ),
    Step(
        "team",
        _("Team and sponsors"),
        _(
            "Programs fail for want of an owner. An executive sponsor opens the doors that approvals get stuck at, "
            "and each team that is to use the winners has somebody who speaks for it."
        ),
    ),
    Step(
        "touch-points",
        _("Touch-points"),
        _("Customers hear of the program where they already are. Each occasion with its date is one the call cannot miss."),
    ),
    Step(
        "questions",
        _("Questions and answers"),
        _(
            "What customers ask every year, answered on the public page, is a mail less for their CSM and an excuse less for them."
        ),
    ),
    Step(
        "launch",
        _("Public page and launch"),
        _("The last look before customers see it: what they agree to, whom they can ask, and what is still open."),
    ),
]
BY_SLUG = {step.slug: step for step in STEPS}


def after(slug: str) -> Step | None:
    """The step that follows; None after the last."""
    place = STEPS.index(BY_SLUG[slug])
    return STEPS[place + 1] if place + 1 < len(STEPS) else None
