from django import template

from references import buttons

register = template.Library()

register.simple_tag(buttons.star)
register.simple_tag(buttons.tick)
