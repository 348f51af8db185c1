from django.utils.translation import gettext_lazy as _

from outbox.kinds import Group, Kind, register

DAY_MAIL = Kind("day_mail", _("The mail of the day"), Group("day", _("The mail of the day")), must=True)

register(DAY_MAIL)
