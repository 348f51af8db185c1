from django import template

from advocacy.models import Gap

register = template.Library()


@register.inclusion_tag("advocacy/_wanted_now.html")
def wanted_now(*, numbers: bool):
    """Of which customers we lack most, for a form that brings customers in; outside without our numbers."""
    return {"gaps": list(Gap.objects.all()), "numbers": numbers}
