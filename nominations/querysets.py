import functools
import operator

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from advocacy.models import PublicityApproval
from advocacy.working_time import day_of
from outbox.models import Message


def deputised_by(user):
    """Accounts whose CSM is absent today and has named `user` to stand in."""
    today = day_of(timezone.now())
    begun = Q(account__csm__deputy_from__lte=today) | Q(account__csm__deputy_from__isnull=True)
    not_over = Q(account__csm__deputy_until__gte=today) | Q(account__csm__deputy_until__isnull=True)
    dated = Q(account__csm__deputy_from__isnull=False) | Q(account__csm__deputy_until__isnull=False)
    return Q(account__csm__deputy=user) & dated & begun & not_over


class ProgramQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public programs for everyone; the others for those who nominate, judge or run them."""
        if user.is_authenticated and (user.has_perm("advocacy.run_program") or user.has_perm("advocacy.nominate")):
            return self
        return self.filter(is_public=True)

    def taking_nominations(self, now):
        return self.filter(opens_at__lte=now, closes_at__gte=now)


class NominationQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=self.model.Status.DRAFT)

    def submitted(self):
        return self.filter(status=self.model.Status.SUBMITTED)

    def lacking_reading(self, now):
        """Submitted, before judging opens, and without a whole reading of the partnership. Imports come as they are."""
        names = self.model.PARTNERSHIP_FIELDS
        lacks = [Q(**{f"{name}__isnull": True}) | Q(**{f"{name}_evidence": ""}) for name in names]
        waiting = self.submitted().filter(program__judging_opens_at__gt=now).exclude(source=self.model.Source.IMPORT)
        return waiting.filter(functools.reduce(operator.or_, lacks))

    def looked_after_by(self, user):
        """Those whose customer is the user's to look after today; for the advocacy team those of nobody else."""
        mine = Q(account__csm=user) | deputised_by(user)
        if user.has_perm("advocacy.run_program"):
            mine |= Q(account__isnull=True) | Q(account__csm__isnull=True)
        return self.filter(mine)

    def matching(self, text):
        """By part of the nominee's name, the company or the headline."""
        found = Q()
        for name in ("nominee__name", "account__name", "organization_as_given", "headline"):
            found |= Q(**{f"{name}__icontains": text})
        return self.filter(found)

    def for_page(self):
        """With what the nomination's own page and its forms show."""
        return self.select_related(
            "program", "account__industry", "account__csm", "nominee__account", "nominator", "sponsor", "use_case", "reply"
        )

    def for_list(self):
        """With what a list shows of each."""
        return self.select_related("program", "account", "nominee", "nominator", "sponsor", "reply").prefetch_related(
            "entries__category"
        )

    def visible_to(self, user):
        """Own nominations, those one supports or sponsors, and once submitted those of accounts one looks after."""
        if user.has_perm("nominations.view_all_nominations"):
            return self
        mine = Q(nominator=user) | Q(sponsor=user) | Q(pk__in=user.supported_nominations.values("pk"))
        of_my_accounts = (Q(account__csm=user) | deputised_by(user)) & ~Q(status=self.model.Status.DRAFT)
        return self.filter(mine | of_my_accounts)

    def changeable_by(self, user):
        """Drafts of one's own, and for the advocacy team every nomination."""
        if user.has_perm("nominations.change_nomination"):
            return self
        return self.filter(Q(nominator=user) | Q(sponsor=user))


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        nominations = self.model._meta.get_field("nomination").related_model.objects.visible_to(user)
        return self.filter(nomination__in=nominations)


class SelfNominationQuerySet(models.QuerySet):
    def unconfirmed(self):
        return self.filter(confirmed_at__isnull=True)

    def visible_to(self, user):
        """Contact data of people who have not confirmed: the advocacy team alone."""
        if user.has_perm("advocacy.run_program"):
            return self
        return self.none()


class SectionRequestQuerySet(models.QuerySet):
    def answered(self):
        return self.filter(answered_at__isnull=False)

    def waiting(self):
        return self.filter(answered_at__isnull=True)

    def visible_to(self, user):
        """Those of nominations the user may see; a colleague who is asked has the link, and no list."""
        nominations = self.model._meta.get_field("nomination").related_model.objects.visible_to(user)
        return self.filter(nomination__in=nominations)


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of nominations the user may see. Judges come by their assignment, on the desk."""
        nominations = self.model._meta.get_field("nomination").related_model.objects.visible_to(user)
        return self.filter(nomination__in=nominations)


class NomineeReplyQuerySet(models.QuerySet):
    def to_ask(self):
        """Not asked and not answered, of nominations whose nominee may be written to and is not asked for another one."""
        return self.filter(asked_at=None, answer="").filter(~Exists(self.asked_of_the_same())).reachable()

    def asked_of_the_same(self):
        """Whether the nominee was asked for another nomination of the program that still stands; for a subquery."""
        same = {"nomination__nominee": OuterRef("nomination__nominee"), "nomination__program": OuterRef("nomination__program")}
        return self.model.objects.filter(asked_at__isnull=False, nomination__status="submitted", **same)

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
