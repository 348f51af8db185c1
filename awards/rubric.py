"""The default rubric: seven questions, each answered from 1 to 5, each number described in words.

A program takes a copy and may change it until judging opens. `READINGS` says which of the CSM's
readings stands beside which component as evidence.
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from awards.models import Criterion, RubricComponent

MEASURABLE_OUTCOME = "measurable-outcome"
BEFORE_STATE = "before-state"
HUMAN_ELEMENT = "human-element"
CONFIDENCE = "csm-confidence"
COMFORT = "public-recognition"
RESPONSIVENESS = "responsiveness"
SHARED_SUCCESS = "shared-success"

READINGS = {
    CONFIDENCE: "confidence",
    COMFORT: "comfort",
    RESPONSIVENESS: "responsiveness",
    SHARED_SUCCESS: "shared_success",
}


@dataclass(frozen=True)
class Question:
    code: str
    criterion: str
    name: str
    question: str
    anchors: tuple[str, str, str, str, str]


DEFAULT = (
    Question(
        MEASURABLE_OUTCOME,
        Criterion.STORY,
        _("Specific, measurable outcome"),
        _(
            "Does the story say what changed, by how much and over what time? Specific counts before large: "
            "a small change that can be checked beats a big one that cannot."
        ),
        (
            _("No outcome is named, only praise or plans."),
            _("An outcome is named in general words, such as faster or better, with nothing to check."),
            _("An outcome with one number, but the measure, the start or the time span is missing."),
            _("A measure with before, after and time span; somebody could check it."),
            _("Several such measures, or one with its method and what it is worth to the business. Size alone earns nothing."),
        ),
    ),
    Question(
        BEFORE_STATE,
        Criterion.STORY,
        _("Clear before-state"),
        _("Would a stranger understand how things stood before, and what it cost?"),
        (
            _("Nothing is said about before."),
            _("A problem is hinted at, such as old or manual."),
            _("The problem is described, but not who had it or what it cost."),
            _("Who had the problem, how it showed in daily work and what it cost."),
            _("All of that with figures, and why earlier attempts did not solve it."),
        ),
    ),
    Question(
        HUMAN_ELEMENT,
        Criterion.STORY,
        _("Human element"),
        _("Are there people in the story whose day changed?"),
        (
            _("Only systems and departments; nobody appears."),
            _("People are mentioned as a group, such as users or staff."),
            _("One person or team is named, but not what changed for them."),
            _("We learn what somebody feared, tried or won, and how their day is different now."),
            _("A person we would remember and retell, in words of their own."),
        ),
    ),
    Question(
        CONFIDENCE,
        Criterion.PARTNERSHIP,
        _("CSM confidence"),
        _("Would those who know the customer put them in front of others, and be glad they did?"),
        (
            _("The CSM advises against it, or nobody knows the customer well."),
            _("Hopeful, with open questions about health, renewal or mood."),
            _("Sound relationship; the CSM sees no obstacle, and no proof yet."),
            _("The CSM vouches for them and names an occasion on which they spoke for us."),
            _(
                "They have spoken for us more than once and would carry the story further: a talk, an article, advice to their peers."
            ),
        ),
    ),
    Question(
        COMFORT,
        Criterion.PARTNERSHIP,
        _("Comfort with public recognition"),
        _("Can this customer be celebrated in public at all, and would they enjoy it?"),
        (
            _("No: company rules or the person's own wish stand against it."),
            _("Unlikely: it would need approvals nobody has asked for."),
            _("Open to it; approval for name, company or logo is still to be asked."),
            _("Approval is likely or given for name and company; the person is at ease with it."),
            _("Eager: name, company and logo may be used, and they would take the stage or speak with press."),
        ),
    ),
    Question(
        RESPONSIVENESS,
        Criterion.PARTNERSHIP,
        _("Responsiveness"),
        _("When we ask, do they answer, and do they do what they said?"),
        (
            _("They rarely answer, or promised and did not do it."),
            _("They answer after reminders."),
            _("They answer within a week or two, yes or no."),
            _("They answer in days and keep their word; they give feedback when asked."),
            _("They come to us first: with feedback, ideas, offers to join an event or a feedback loop."),
        ),
    ),
    Question(
        SHARED_SUCCESS,
        Criterion.PARTNERSHIP,
        _("Shared success"),
        _("Did both sides gain, and is there more to do together after the award?"),
        (
            _("A supplier and a buyer; nothing joint is described."),
            _("They use the product well, on their own."),
            _("They solved something together with our people."),
            _("Both sides changed something for the other, such as a feature, a process or a joint event."),
            _("A plan for what comes next together: thought leadership, advisory work, the next stage of the story."),
        ),
    ),
)


def components_for(program):
    """Unsaved copies of the default rubric for `program`."""
    return [
        RubricComponent(
            program=program,
            code=question.code,
            criterion=question.criterion,
            name=gettext(question.name),
            question=gettext(question.question),
            position=position,
            **{f"anchor_{value}": gettext(text) for value, text in enumerate(question.anchors, start=1)},
        )
        for position, question in enumerate(DEFAULT, start=1)
    ]
