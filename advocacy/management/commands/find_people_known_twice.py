from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.services import find_matches


class Command(BaseCommand):
    help = "Looks for profiles that may be one person, such as after a change of employer; a person decides on each pair."

    def handle(self, **options):
        self.stdout.write(_("%(new)s new pairs to decide on.") % {"new": find_matches(now=timezone.now())})
