from django.utils.translation import gettext_lazy as _

from advocacy.mail_groups import ACCOUNT
from outbox.kinds import Group, Kind, register

SUMMARIES = Group("summaries", _("Summaries of the week and the month"))

register(
    Kind("account", _("Sign-in and your account"), ACCOUNT, must=True),
    Kind("weekly_summary", _("Your week: what needs you"), SUMMARIES),
    Kind("monthly_news", _("Who is new to call on"), SUMMARIES),
    Kind("monthly_standing", _("The month in numbers"), SUMMARIES),
)
