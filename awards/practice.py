"""The practice nomination: an invented customer, and how we would score it with our reasons.

Nothing of it counts and nothing of it is kept. Only questions of the default rubric have a worked
score; what a program asks besides is left out of the practice.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards import rubric
from awards.story import Story


@dataclass(frozen=True)
class Worked:
    """How we would answer one question, and why neither higher nor lower."""

    value: int
    reason: str


@dataclass(frozen=True)
class Reading:
    value: int
    sentence: str


def story() -> Story:
    return Story(
        label=_("Practice: Mara Lindqvist, Harbour Line"),
        is_masked=False,
        person=_("Mara Lindqvist"),
        title=_("Head of Dispatch"),
        company=_("Harbour Line (invented)"),
        industry=_("Shipping"),
        country=_("Sweden"),
        use_case=_("Planning"),
        headline=_("Late containers down from 19 to 7 in a hundred"),
        narrative=_(
            "Dispatch used to plan on paper and call every driver. Mara's team moved the plan into one screen in spring, "
            "depot by depot, and dropped the paper after six weeks."
        ),
        business_outcome=_(
            "In the first half of the year 7 of 100 containers left late, where it had been 19 in the half year before. "
            "Penalties fell as well."
        ),
        before_state=_("Planning was manual and slow. Drivers waited at the gate."),
        human_element=_(
            "Mara slept with her phone under the pillow, because a driver might call at three. She was afraid the new plan "
            "would fail on a Monday. It did, once; the team fixed it before noon. The phone now stays in the kitchen."
        ),
        quote=_("“I read to my daughter again. That is my number.”"),
        results=[
            {
                "measure": _("Late containers"),
                "before": "19",
                "after": "7",
                "unit": _("of 100"),
                "period": _("half a year"),
            }
        ],
    )


def readings() -> dict[str, Reading]:
    """What the CSM says of the partnership; insiders alone see and score it."""
    return {
        rubric.CONFIDENCE: Reading(4, _("Spoke for us at a user meeting in May. The renewal is signed.")),
        rubric.COMFORT: Reading(3, _("Mara would like it. The company's press office has not been asked yet.")),
        rubric.RESPONSIVENESS: Reading(5, _("Answers within a day and sends ideas unasked.")),
        rubric.SHARED_SUCCESS: Reading(3, _("We built the depot view together with her team.")),
    }


def worked() -> dict[str, Worked]:
    """Component code to our own answer."""
    return {
        rubric.MEASURABLE_OUTCOME: Worked(
            4,
            _(
                "A measure with before, after and time span: somebody could check it. Not 5, because the penalties have "
                "no figure and the method is not told."
            ),
        ),
        rubric.BEFORE_STATE: Worked(
            2,
            _(
                "“Manual and slow” hints at a problem. Who had it and what it cost is missing, so not 3. A low score here is no harm to the rest."
            ),
        ),
        rubric.HUMAN_ELEMENT: Worked(
            5, _("A person we would remember and retell, what she feared, and words of her own. Nothing more is asked for.")
        ),
        rubric.CONFIDENCE: Worked(4, _("The CSM vouches for her and names one occasion. For 5 there would be more than one.")),
        rubric.COMFORT: Worked(3, _("Open to it, but the approval is still to be asked. Her own wish alone does not make it 4.")),
        rubric.RESPONSIVENESS: Worked(5, _("She comes to us first, with ideas. That is what 5 says.")),
        rubric.SHARED_SUCCESS: Worked(
            4, _("Both sides changed something: the depot view is ours, the process hers. No plan for what comes next, so not 5.")
        ),
    }


def components_with_example(components):
    """Those of a program's questions that the example answers."""
    known = worked()
    return [component for component in components if component.code in known]


def compare(components, answers) -> list[dict]:
    """Each question with the judge's own answer, ours and the reason. Answers are 1-5, None, or missing."""
    known = worked()
    return [
        {
            "component": component,
            "is_answered": component.pk in answers,
            "own": answers.get(component.pk),
            "worked": known[component.code],
            "apart": _apart(answers.get(component.pk), known[component.code].value),
            "lower": -_apart(answers.get(component.pk), known[component.code].value),
        }
        for component in components
    ]


def _apart(own, value):
    """How much higher than ours; 0 where the judge gave no number."""
    return 0 if own is None else own - value
