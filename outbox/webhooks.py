"""What the mail provider reports of mails after it took them: django-anymail reads it, and this writes it down."""

import logging
from datetime import datetime

from anymail import urls as provider_urls
from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from outbox.handover import digest
from outbox.hardness import is_hard, is_of_the_address
from outbox.models import Message
from outbox.recipients import mark_complained, mark_undeliverable

logger = logging.getLogger(__name__)
State = Message.State

NOT_DELIVERED = {EventType.REJECTED, EventType.FAILED}
# A soft bounce is noted, and the provider goes on trying.
FOR_NOW = {EventType.DEFERRED, EventType.BOUNCED}
# It went out there, so it had been taken.
WENT_OUT = FOR_NOW | {EventType.SENT, EventType.DELIVERED, EventType.OPENED, EventType.CLICKED}
OF_INTEREST = WENT_OUT | NOT_DELIVERED | {EventType.COMPLAINED}
AFTER_HAND_OVER = [State.IN_FLIGHT, State.SENT, State.UNKNOWN, State.BOUNCED]


class TooEarly(Exception):
    """A report of a mail whose hand-over is not written down yet."""


@csrf_exempt
def reports(request, provider):
    """The address a provider calls; open to the provider in use alone, and only with the secret."""
    if provider != settings.MAIL_PROVIDER or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404
    try:
        return _view_of(provider)(request)
    except AnymailWebhookValidationFailure:
        return HttpResponseForbidden("The secret is missing or wrong.\n", content_type="text/plain")
    except TooEarly:
        return HttpResponse(
            "This mail is still being handed over: report it again later.\n", status=503, content_type="text/plain"
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        logger.warning("A report of the mail provider could not be read: %s.", type(error).__name__)
        return HttpResponseBadRequest("This is no report that we can read.\n", content_type="text/plain")


def take_report(sender, event, esp_name, **kwargs) -> None:
    """The receiver of django-anymail's signal; raises TooEarly."""
    if message := _message_of(event):
        try:
            note(message, event, esp_name, now=timezone.now())
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise RuntimeError("A report could be read, and not written down.") from error


@transaction.atomic
def note(message: Message, event: AnymailTrackingEvent, esp_name: str, *, now: datetime) -> None:
    """Write down what became of a mail; the same report again changes nothing."""
    kind = event.event_type
    if kind in OF_INTEREST and message.state == State.IN_FLIGHT:
        raise TooEarly
    if kind == EventType.COMPLAINED:
        if _end(message, _("The recipient called it spam."), event):
            mark_complained(message.recipient, now)
    elif kind in NOT_DELIVERED or (kind == EventType.BOUNCED and is_hard(event, esp_name)):
        if _end(message, _("It came back."), event) and is_of_the_address(event):
            mark_undeliverable(message.recipient, _words(event), now)
    elif kind in WENT_OUT:
        _went_out(message, event)


def _end(message, sentence, event) -> bool:
    words = f"{sentence} {_words(event)}".strip()
    before = [State.SENT, State.UNKNOWN]
    return bool(Message.objects.filter(pk=message.pk, state__in=before).update(state=State.BOUNCED, last_error=words))


def _went_out(message, event):
    fields = {"sent_at": message.claimed_at, "provider_id": message.provider_id or event.message_id or ""}
    Message.objects.filter(pk=message.pk, state=State.UNKNOWN).update(state=State.SENT, last_error="", **fields)
    if event.event_type in FOR_NOW:
        words = f"{_('Not delivered for now.')} {_words(event)}".strip()
        Message.objects.filter(pk=message.pk, state=State.SENT).exclude(last_error=words).update(last_error=words)


def _message_of(event) -> Message | None:
    """By the provider's number, or by ours, which it sends back; None for a mail that is not ours."""
    rows = Message.objects.filter(state__in=AFTER_HAND_OVER)
    if event.recipient:
        rows = rows.filter(recipient__iexact=event.recipient)
    if event.message_id and (found := rows.filter(provider_id=str(event.message_id)).first()):
        return found
    ours = (event.metadata or {}).get("laurel") if isinstance(event.metadata, dict) else None
    number, _dash, key = str(ours or "").partition("-")
    if not number.isdecimal() or len(number) > 18:
        return None
    found = rows.filter(pk=int(number)).first()
    # Another installation may use the same account, with numbers of its own.
    return found if found and digest(found) == key else None


def _words(event) -> str:
    reason = "" if event.reject_reason in (None, RejectReason.OTHER) else event.reject_reason
    return str(event.mta_response or event.description or reason or "")[:500]


def _view_of(provider):
    names = f"{provider}_tracking_webhook", f"{provider}_webhook"
    found = next((pattern for pattern in provider_urls.urlpatterns if pattern.name in names), None)
    if found is None:
        raise Http404
    return found.callback
