from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.services import keep_suggestions_current


class Command(BaseCommand):
    help = "Suggests eligible customers as advocates, a few for each CSM, and takes back what does not hold any more."

    def handle(self, **options):
        gone, new = keep_suggestions_current(now=timezone.now())
        self.stdout.write(_("%(new)s new suggestions, %(gone)s taken back.") % {"new": new, "gone": gone})
