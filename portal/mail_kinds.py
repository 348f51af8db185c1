from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import ACCOUNT
from outbox.kinds import Kind, register

register(Kind("account", _("Sign-in and your account"), ACCOUNT, must=True))
