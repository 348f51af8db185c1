import functools
import operator

from django.db import models
from django.db.models import Q
from django.utils import timezone

from advocacy.working_time import day_of


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
