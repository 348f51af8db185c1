from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from advocacy.models import PublicityApproval
from outbox.models import Message


class NomineeReplyQuerySet(models.QuerySet):
    def to_ask(self):
        """Not asked and not answered, of nominations whose nominee may be written to."""
        return self.filter(asked_at=None, answer="").reachable()

    def reachable(self):
        return (
            self.filter(nomination__status="submitted", nomination__program__announced_at=None)
            .filter(nomination__nominee__isnull=False)
            .exclude(nomination__nominee__email="")
            .exclude(nomination__nominee__status="retired")
            .cleared()
        )

    def cleared(self):
        """Without those of locked-down accounts whose company has not approved this recognition."""
        locked = Q(nomination__account__publicity_status="locked_down")
        key = Concat(Value("nomination:"), Cast(OuterRef("nomination_id"), models.CharField()))
        answers = PublicityApproval.objects.filter(source_key=key).exclude(answer="").order_by("-answered_at", "-pk")
        return self.annotate(last_word=Subquery(answers.values("answer")[:1])).filter(~locked | Q(last_word="approved"))

    def due(self, now):
        return self.to_ask().filter(goes_at__lte=now)

    def to_remind(self, *, asked_before, kind):
        """Asked by mail long enough ago, not answered, not reminded since, and the mail did not come back."""
        reminded = Message.objects.of_model(self.model).filter(kind=kind, object_id=OuterRef("pk"))
        return self.filter(~Exists(reminded), ~Exists(self._bounces()), answer="", asked_at__lte=asked_before).reachable()

    def with_bounces(self):
        """`has_bounced`: the mail came back and nobody has done anything about it."""
        return self.annotate(has_bounced=Exists(self._bounces()))

    def waiting_for_release(self):
        """What the CSM can still decide: send now, or ask in person."""
        return self.to_ask().filter(goes_at__isnull=False)

    def for_a_talk(self):
        """What only a talk brings on: the nominee said not yet, or the CSM asks in person."""
        held = self.to_ask().filter(goes_at=None)
        said_not_yet = Q(answer=self.model.Answer.NOT_YET, nomination__program__announced_at=None)
        return self.filter(said_not_yet | Q(pk__in=held.values("pk")), nomination__status="submitted")

    def visible_to(self, user):
        nominations = self.model._meta.get_field("nomination").related_model.objects.visible_to(user)
        return self.filter(nomination__in=nominations)

    def _bounces(self):
        alerts = self.model._meta.get_field("nomination").related_model._meta.get_field("alerts").related_model.objects
        return alerts.filter(nomination=OuterRef("nomination_id"), kind="mail_bounced", settled_at=None)
