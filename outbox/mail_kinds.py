from django.utils.translation import gettext_lazy as _

from outbox.kinds import Group, Kind, register

MAILS = Group("mails", _("Your mails"))
DAY_MAIL = Kind("day_mail", _("The mail of the day"), MAILS, must=True)

register(DAY_MAIL, Kind("mails_link", _("A new link to your mails"), MAILS, must=True))
