"""The reports, each with what it answers."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.models import User


@dataclass(frozen=True)
class Report:
    name: str  # of its URL
    label: str
    answers: str
    for_nominators: bool = False

    @property
    def url(self):
        return reverse(self.name)


REPORTS = [
    Report("coverage", _("Supply and demand"), _("Which deals have nobody to speak for us, and whom to recruit.")),
    Report("load", _("Who carries the asks"), _("Who is asked too much, who never was, and what each got in return.")),
    Report("freshness", _("How current the profiles are"), _("Who was checked, what is in doubt, and what falls due next.")),
    Report("outcomes", _("What references did for deals"), _("Used, influenced and won: three numbers, and who shares in them.")),
    Report("needs", _("Needs nobody met"), _("What sales looked for in vain, and which deals were lost for want of it.")),
    Report("jobs", _("Long work"), _("Which imports, rebuilds, lists and announcements run, and what came of them.")),
    Report("standings", _("Standings of nominators"), _("Whose nominations were shortlisted and won."), for_nominators=True),
]


def reports_for(user: User) -> list[Report]:
    return [report for report in REPORTS if not report.for_nominators or user.has_perm("advocacy.nominate")]
