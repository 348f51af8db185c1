from django import template

from outbox.models import OutboxSettings

register = template.Library()


@register.inclusion_tag("admin/outbox/_on_hold.html", takes_context=True)
def mail_on_hold(context):
    """For every page of the admin: whoever can change it is told as long as no mail goes out."""
    user = context.get("user")
    may_know = user and user.is_active and user.has_perm("outbox.change_outboxsettings")
    return {"settings": OutboxSettings.current() if may_know else None}
