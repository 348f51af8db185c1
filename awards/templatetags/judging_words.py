"""What judges are asked, for the public page of a program."""

from django import template

from awards.models import Criterion
from awards.rubric import components_for

register = template.Library()


@register.simple_tag
def criteria_of(program):
    """The two criteria with weight and questions; until a program has its own rubric, the usual one, as it will get."""
    components = list(program.rubric.all()) or components_for(program)
    weights = {Criterion.STORY: program.story_weight, Criterion.PARTNERSHIP: program.partnership_weight}
    return [
        {
            "name": criterion.label,
            "weight": weights[criterion],
            "components": [component for component in components if component.criterion == criterion],
        }
        for criterion in Criterion
    ]
