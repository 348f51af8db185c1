"""What allauth does our way: no public sign-up, and mail through the outbox."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from outbox.services import absolute_url, write_message

# What happened, for the mail that tells the owner of an account so.
CHANGES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was set anew by a link from a mail."),
    "account/email/password_set": _("A password was set."),
    "mfa/email/totp_activated": _("A second factor was set up."),
    "mfa/email/totp_deactivated": _("The second factor was removed."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made."),
}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever typed the password a moment ago is not asked for it once more."""
        return super().is_reauthentication_required(app=app, **kwargs) and not _has_just_signed_in(self.request)

    def get_reset_password_from_key_url(self, key):
        """Built from SITE_URL, never from the Host header of whoever asked for the link."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return absolute_url(path.replace("UID-KEY", key))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        email = email or EmailAddress.objects.get_primary_email(user)
        self.send_mail(template_prefix, email, {"user": user, **(context or {})})

    def send_mail(self, template_prefix, email, context):
        write = _password_reset if template_prefix == "account/email/password_reset_key" else _account_changed
        write(context["user"], email, template_prefix, context)


def _has_just_signed_in(request):
    signed_in = [step["at"] for step in get_authentication_records(request, request.user) if step["method"] == "password"]
    return bool(signed_in) and time.time() - signed_in[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def _password_reset(person, email, template_prefix, context):
    _write(
        person,
        email,
        subject=_("Set a new password for Laurel"),
        template="account_password_reset",
        context={"link": context["password_reset_url"], "link_text": _("Set a new password")},
    )


def _account_changed(person, email, template_prefix, context):
    _write(
        person,
        email,
        subject=_("Your Laurel account was changed"),
        template="account_changed",
        context={
            "change": CHANGES.get(template_prefix, _("Something about it was changed.")),
            "link": absolute_url(reverse("account_reset_password")),
            "link_text": _("Set a new password"),
        },
    )


def _write(person, email, *, subject, template, context):
    write_message(
        kind="account",
        about=person,
        recipient=email,
        occurrence=get_random_string(16),
        subject=str(subject),
        template=template,
        context={"person": person, **context},
    )
