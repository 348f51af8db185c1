"""Who sits at the judging desk: one of us, with all own appointments, or a guest, with one."""

from dataclasses import dataclass

from django.urls import reverse

from awards.actors import Actor
from awards.models import Assignment, Judge


@dataclass(frozen=True)
class Seat:
    actor: Actor

    @property
    def is_guest(self):
        return isinstance(self.actor, Judge)

    @property
    def key(self):
        """Names this person in the browser's own store, where answers wait that are not sent yet."""
        return f"guest{self.actor.pk}" if self.is_guest else f"user{self.actor.pk}"

    @property
    def assignments(self):
        return Assignment.objects.of(self.actor)

    @property
    def appointments(self):
        judges = Judge.objects.present().select_related("program", "user")
        return judges.filter(pk=self.actor.pk) if self.is_guest else judges.filter(user=self.actor)

    def address(self, page, *args):
        """The same page has an address of its own for each kind of judge."""
        return reverse(f"{'guest' if self.is_guest else 'judging'}-{page}", args=args)
