"""What stands around the form of a draft: files, colleagues, one's other drafts."""

from django.utils import timezone

from nominations.models import Nomination
from nominations.sections import SECTIONS
from nominations.services.sections import links_of

MOST = 20


def beside_the_form(nomination, user):
    others = Nomination.objects.drafts().filter(nominator=user).exclude(pk=nomination.pk)
    return {
        "attachments": nomination.attachments.all(),
        "may_change_files": True,
        "section_requests": _section_requests(nomination),
        "other_drafts": others.select_related("program", "account", "nominee").order_by("-updated_at", "-pk")[:MOST],
    }


def landed(nomination, form):
    """Answers of colleagues that came in after the page was shown."""
    knows = form.known_answers()
    if knows is None:
        return []
    answered = nomination.section_requests.answered().select_related("colleague")
    return [_labelled(asked) for asked in answered if str(asked.pk) not in knows]


def _section_requests(nomination):
    requests = [_labelled(asked) for asked in nomination.section_requests.select_related("colleague")]
    live = set(links_of(requests).filter(expires_at__gt=timezone.now()).values_list("object_id", flat=True))
    for asked in requests:
        asked.is_open = asked.pk in live
    return requests


def _labelled(asked):
    asked.label = SECTIONS.get(asked.section, asked.section)
    return asked
