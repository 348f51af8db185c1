"""What people switch together on their page of mails."""

from django.utils.translation import gettext_lazy as _

from outbox.kinds import Group

ACCOUNT = Group("account", _("Your account"))
REFERENCES = Group("references", _("Reference requests"))
NOMINATIONS = Group("nominations", _("Nominations"))
JUDGING = Group("judging", _("Judging"))
AWARDS = Group("awards", _("Awards"))
PROFILES = Group("profiles", _("Customer profiles"))
RECRUITING = Group("recruiting", _("Recruiting"))
NEWS = Group("news", _("News about references"))
