"""Addresses of the judging desk, which has one for staff and one for guests."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def at_desk(context, page, *args):
    return context["seat"].address(page, *args)
