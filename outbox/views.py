from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from outbox import emails, preferences
from outbox.exceptions import LinkExpired, LinkUnknown
from outbox.forms import WishesForm
from outbox.kinds import label_of
from outbox.models import Message
from outbox.recipients import bounce_of, mark_deliverable, zone_of

NEXT_SHOWN = 20


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_mails(request):
    """What somebody with an account wants of our mails."""
    return _mails(request, request.user.email, is_colleague=True, again=redirect("my-mails"), names_mails=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mails_by_link(request, token):
    """The same for whoever got a mail: the link is the key. Reading changes nothing."""
    now = timezone.now()
    try:
        link = preferences.read_token(token, purpose=preferences.CHOOSE, now=now)
    except (LinkUnknown, LinkExpired) as error:
        return _private(_no_way_in(request, error, now))
    is_colleague = get_user_model().objects.filter(email__iexact=link.address, is_active=True).exists()
    again = redirect("mails-by-link", token=token)
    return _private(_mails(request, link.address, is_colleague=is_colleague, again=again, names_mails=False))


@csrf_exempt  # One-click unsubscribe (RFC 8058): mail programs post without a cookie; the signed address is the key.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request, token):
    """Switches the groups of a link off; opening it shows a button and changes nothing."""
    now = timezone.now()
    try:
        link = preferences.read_token(token, purpose=preferences.STOP, now=now)
    except (LinkUnknown, LinkExpired) as error:
        return _private(_no_way_in(request, error, now))
    groups = preferences.stop(link, now=now) if request.method == "POST" else preferences.groups_of(link)
    page = {
        "groups": groups,
        "is_done": preferences.are_off(link.address, groups),
        "choose": preferences.link_to_choose(link.address, now=now),
    }
    return _private(render(request, "outbox/stop.html", page))


def _mails(request, address, *, is_colleague, again, names_mails):
    """`names_mails`: whether what waits is told by its subject. A link goes along when a mail is passed on, and a subject
    names customers, and winners whom nobody may know yet."""
    now = timezone.now()
    if "works_again" in request.POST:
        mark_deliverable(address)
        messages.success(request, _("Noted. Mail is sent to this address again from now on."))
        return again
    wishes = preferences.wishes_of(address, is_colleague=is_colleague)
    form = WishesForm(request.POST or None, address=address, wishes=wishes)
    if form.is_valid():
        form.save(now=now)
        messages.success(request, _("Kept. It holds from the next mail on."))
        return again
    zone, _starts, _ends = zone_of(address)
    mine = Message.objects.filter(recipient=address.lower(), state=Message.State.QUEUED, is_gathered=True)
    page = {
        "address": address,
        "form": form,
        "bounce": bounce_of(address),
        "zone": zone,
        "waiting": [
            (message.subject if names_mails else label_of(message.kind), message.not_before)
            for message in mine.order_by("not_before", "pk")[:NEXT_SHOWN]
        ],
    }
    return render(request, "outbox/mails.html", page)


def _no_way_in(request, error, now):
    """An expired link sends a new one to its own address; a foreign one leads to the sign-in."""
    link = getattr(error, "link", None)
    is_sent = bool(link) and request.method == "POST"
    if is_sent:
        emails.new_link(link.address, now=now)
    page = {"sentence": error, "may_renew": bool(link), "is_sent": is_sent}
    return render(request, "outbox/no_way_in.html", page, status=200 if is_sent else 410 if link else 404)


def _private(response):
    # The address is the key to the page. Not `no-referrer`: then browsers send `Origin: null` with the answer.
    response["Referrer-Policy"] = "same-origin"
    return response
