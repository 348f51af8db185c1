from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo.seed import seed


class Command(BaseCommand):
    help = "Fill an empty system with the demo. Run again, it changes nothing."

    def handle(self, *args, **options):
        done = seed(now=timezone.now())
        self.stdout.write("The demo is loaded." if done else "The demo was loaded before; nothing changed.")
