"""What the page of an announcement's mails shows, gathered in a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from advocacy.workflow import history_of
from awards import emails
from awards.services.announcement import chosen, not_in_the_result, what_is_missing, why_not_yet
from awards.services.announcement_mails import announcement_mails, not_selected
from awards.services.correction_mails import corrections
from nominations.models import Program
from outbox.models import Message

GROUPS = [
    (emails.WON, _("To the winners")),
    (emails.WON_COLLEAGUE, _("To colleagues of the winners")),
    (emails.NOT_SELECTED, _("To nominees who were not selected")),
    (emails.NOT_SELECTED_COLLEAGUE, _("To colleagues whose nominations were not selected")),
]


@dataclass(frozen=True)
class Group:
    label: str
    mails: list[Message]

    @property
    def held(self):
        return sum(mail.state == Message.State.HELD for mail in self.mails)


class AnnouncementPage:
    def __init__(self, program: Program, *, now):
        self.program = program
        self.now = now
        self.mails = list(self._listed(announcement_mails(program)))
        self.corrections = list(self._listed(corrections(program)))

    @staticmethod
    def _listed(messages):
        return messages.only("pk", "kind", "recipient", "subject", "state", "sent_at", "last_error")

    @property
    def groups(self):
        found = [Group(label, [mail for mail in self.mails if mail.kind == kind]) for kind, label in GROUPS]
        return [group for group in found if group.mails]

    @property
    def held(self):
        return [mail for mail in self.mails if mail.state == Message.State.HELD]

    @property
    def held_corrections(self):
        return [mail for mail in self.corrections if mail.state == Message.State.HELD]

    @property
    def newest(self):
        return max((mail.pk for mail in self.mails), default=0)

    @property
    def newest_correction(self):
        return max((mail.pk for mail in self.corrections), default=0)

    @property
    def was_sent(self):
        return any(mail.state not in {Message.State.HELD, Message.State.CANCELLED} for mail in self.mails)

    @property
    def may_send(self):
        return bool(self.held) and bool(self.program.announced_at)

    @cached_property
    def winners(self):
        return list(chosen(self.program))

    @cached_property
    def missing(self):
        """What stands between here and preparing; nothing any more once it is announced."""
        if self.program.announced_at:
            return []
        return [*what_is_missing(self.program, self.winners, self.now), *not_in_the_result(self.program, self.winners)]

    @property
    def not_yet(self):
        return why_not_yet(self.program, self.now)

    @cached_property
    def without_address(self):
        return [
            winner for winner in self.winners if winner.entry.nomination.nominee and not winner.entry.nomination.nominee.email
        ]

    @cached_property
    def others(self):
        return not_selected(self.program, self.winners).count()

    @cached_property
    def log(self):
        """Who sent what, when."""
        phases = [Program.Phase.ANNOUNCED, Program.Phase.JUDGED]
        return list(history_of(self.program).filter(to_status__in=phases).exclude(why=""))
