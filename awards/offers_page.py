"""What the page of a program's offers shows, gathered in a fixed number of queries."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from advocacy.models import StatusChange
from awards import emails
from awards.models import Winner
from awards.services.offers import NOT_ARRIVED, why_not_offered
from awards.services.reserves import chosen_outside_result, newest_result
from outbox.models import Message


@dataclass(frozen=True)
class Offer:
    winner: Winner
    mail: Message | None
    last_change: StatusChange | None
    obstacle: str

    @property
    def did_not_arrive(self):
        return self.waits_for_answer and bool(self.mail) and self.mail.state in NOT_ARRIVED

    @property
    def is_standing(self):
        return self.winner.status in {Winner.Status.OFFERED, Winner.Status.ACCEPTED}

    @property
    def waits_for_answer(self):
        return self.winner.status == Winner.Status.OFFERED and not self.winner.category.program.announced_at

    @property
    def why(self):
        return self.last_change.why if self.last_change else ""


class OffersPage:
    def __init__(self, program, *, now):
        self.program = program
        self.now = now
        self.result = newest_result(program)
        winners = self._winners()
        standing = [winner for winner in winners if winner.status in {Winner.Status.OFFERED, Winner.Status.ACCEPTED}]
        outside = chosen_outside_result(program, standing)
        mails, changes = self._mails(winners), self._changes(winners)
        self.offers = [
            Offer(
                winner,
                mails.get(winner.pk),
                changes.get(winner.pk),
                why_not_offered(winner, result=self.result, outside=outside, mail=mails.get(winner.pk)),
            )
            for winner in winners
        ]

    @property
    def to_send(self):
        return [offer for offer in self.offers if not offer.obstacle]

    def _winners(self):
        winners = Winner.objects.filter(category__program=self.program).select_related(
            "category", "entry__nomination__nominee", "entry__nomination__account__csm"
        )
        for winner in winners:
            winner.category.program = self.program
        return list(winners)

    def _mails(self, winners):
        sent = Message.objects.filter(
            kind=emails.OFFER,
            content_type=ContentType.objects.get_for_model(Winner),
            object_id__in=[winner.pk for winner in winners],
        )
        return {message.object_id: message for message in sent.order_by("pk")}

    def _changes(self, winners):
        changes = StatusChange.objects.filter(
            content_type=ContentType.objects.get_for_model(Winner), object_id__in=[winner.pk for winner in winners]
        )
        return {change.object_id: change for change in changes.order_by("changed_at", "pk")}
