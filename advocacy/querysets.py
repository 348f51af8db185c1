from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from advocacy import free


class TermQuerySet(models.QuerySet):
    def named(self, text):
        """Terms whose name or one of whose synonyms is `text`, whatever the case."""
        word = " ".join(text.split())
        return self.filter(Q(name__iexact=word) | Q(synonyms__contains=[word.lower()]))


class AccountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts a person may choose from: everyone with a role that nominates, requests or reports."""
        if user.has_perm("advocacy.view_account"):
            return self
        return self.none()

    def looked_after_by(self, user):
        """Accounts whose CSM is `user`, and for the advocacy team also those without one."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(csm=user)
        if user.has_perm("advocacy.run_program"):
            mine |= Q(csm__isnull=True)
        return self.filter(mine)


class OpportunityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone who may search references sees the deals; they hold no contact data."""
        if user.has_perm("advocacy.view_opportunity"):
            return self
        return self.none()

    def open(self):
        return self.filter(is_won__isnull=True)


class AdvocateQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=self.model.Status.ACTIVE)

    def of_emails(self, emails):
        """Those with one of these addresses; in the words of the unique index, which is all that finds them among many."""
        return self.alias(address=Lower("email")).filter(address__in=emails).exclude(email="") if emails else self.none()

    def free_for(self, activity_type, on, now):
        """Those who may be asked for an activity that counts on the day `on`."""
        return self.filter(*free.conditions(activity_type, on, now))

    def visible_to(self, user):
        """Advocates whose existence may be known to `user`."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        if not user.is_authenticated:
            return self.none()
        visible = Q(account__csm=user)
        if user.has_perm("advocacy.search_advocates"):
            visible |= Q(status=self.model.Status.ACTIVE)
        return self.filter(visible)

    def kept_by(self, user):
        """Active advocates whose profiles `user` keeps current: those of the own accounts, for the team also those without a CSM."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(account__csm=user)
        if user.has_perm("advocacy.run_program"):
            mine |= Q(account__isnull=True) | Q(account__csm__isnull=True)
        return self.active().filter(mine)

    def watched_by(self, user):
        """Active advocates whose freshness `user` may read of: all for the team and leaders, else those of the own accounts."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self.active()
        return self.kept_by(user)

    def named_to(self, user, on):
        """Advocates whose name may be told `user` together with the company they work at."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        consents = self.model._meta.get_field("consents").related_model.objects
        of_account = {"account": OuterRef("account"), "purpose": "use_company_name"}
        name = Exists(consents.in_force(on).filter(advocate=OuterRef("pk"), purpose="use_name_title"))
        company_said = Exists(consents.latest().filter(**of_account))
        company = Exists(consents.in_force(on).filter(**of_account)) | (
            ~company_said & Exists(consents.in_force(on).filter(advocate=OuterRef("pk"), purpose="use_company_name"))
        )
        return self.filter(Q(account__csm=user) | (name & company & ~Q(account__publicity_status="locked_down")))


class AskQuerySet(models.QuerySet):
    def in_flight(self):
        return self.filter(state__in=self.model.IN_FLIGHT)

    def counted(self):
        """Asks that take a place: all but those cancelled, declined or expired."""
        return self.exclude(state__in=self.model.ENDED_WITHOUT)

    def lapsed(self, now):
        """Proposed and not acted on in time, whether or not a clock has released the place yet."""
        return self.filter(state=self.model.State.PROPOSED, held_until__lte=now)

    def standing(self, now):
        """Asks that take a place at this moment."""
        return self.counted().exclude(state=self.model.State.PROPOSED, held_until__lte=now)

    def visible_to(self, user):
        if user.has_perm("advocacy.run_program") or user.has_perm("advocacy.view_reports"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(asked_by=user) | Q(advocate__account__csm=user))

    def told_to(self, user):
        """Asks whose customer may be named to `user`: sales does not learn who is behind a blind label."""
        mine = Q(asked_by=user, source=self.model.Source.CAMPAIGN)
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        return self.filter(mine | Q(advocate__account__csm=user))

    def for_pages(self):
        return self.select_related("advocate", "account__csm", "activity_type", "asked_by")


class ConsentQuerySet(models.QuerySet):
    def latest(self):
        """The last word of each person or account on each purpose."""
        newer = self.model.objects.filter(
            Q(advocate=OuterRef("advocate")) | Q(account=OuterRef("account")),
            Q(decided_at__gt=OuterRef("decided_at")) | Q(decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk")),
            purpose=OuterRef("purpose"),
        )
        return self.filter(~Exists(newer))

    def in_force(self, on):
        """The last word was yes and has not expired on the date `on`."""
        return self.latest().filter(Q(expires_on__isnull=True) | Q(expires_on__gt=on), decision=self.model.Decision.GIVEN)

    def visible_to(self, user):
        if user.has_perm("advocacy.run_program"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(advocate__account__csm=user) | Q(account__csm=user))


class VerificationQuerySet(models.QuerySet):
    def latest(self):
        """The newest verification of each section of each profile."""
        return self.order_by("advocate_id", "section", "-verified_at", "-pk").distinct("advocate_id", "section")

    def visible_to(self, user):
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(advocate__account__csm=user)


class StoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Stories of the advocates `user` may see."""
        advocates = self.model._meta.get_field("advocate").related_model.objects.visible_to(user)
        return self.filter(advocate__in=advocates)


class RecruitmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status__in=self.model.OPEN)

    def visible_to(self, user):
        """The team and leaders see all; others what they nominated and what concerns their own accounts."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(advocate__account__csm=user) | self._put_forward_by(user))

    def put_forward_by(self, user):
        """Those `user` put forward, first or after others."""
        return self.filter(self._put_forward_by(user))

    def _put_forward_by(self, user):
        words = self.model._meta.get_field("recommendations").related_model.objects
        return Q(nominated_by=user) | Exists(words.filter(recruitment=OuterRef("pk"), by=user))

    def for_board(self):
        """With what a row of the board shows: the person, the company, who looks after it, and the interview to come."""
        interviews = self.model._meta.get_field("interviews").related_model.objects
        planned = interviews.filter(recruitment=OuterRef("pk"), outcome="planned").order_by("-pk")
        return self.select_related("advocate__account__csm", "nominated_by").annotate(
            interview_at=Subquery(planned.values("planned_for")[:1]),
            interviewer=Subquery(planned.values("interviewer__name")[:1]),
        )


class InterviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("advocacy.run_program"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(interviewer=user) | Q(advocate__account__csm=user))


class PersonMatchQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision=self.model.Decision.OPEN)

    def visible_to(self, user):
        """For those who see both profiles."""
        if user.has_perm("advocacy.run_program"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(advocate__account__csm=user, other__account__csm=user)


class ProfileDoubtQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at__isnull=True)

    def visible_to(self, user):
        """For those who see every advocate, and the CSM of the account."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(advocate__account__csm=user)


class FreshnessShareQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A CSM sees how the own profiles stood."""
        if user.has_perm("advocacy.view_reports"):
            return self
        return self.filter(csm=user) if user.is_authenticated else self.none()
