from django.db import models
from django.db.models import Count, F, Q

UNDER_WAY = ["open", "proposed", "approved", "scheduled", "no_show"]


class ReferenceRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own requests, those that wait for one's word or went up to one, and those about one's own accounts."""
        if user.has_perm("advocacy.run_program") or user.has_perm("advocacy.view_reports"):
            return self
        # Whoever only waits in line has not been asked: their CSM need not know yet.
        asked = self.model.candidates.rel.related_model.objects.put_forward()
        about_my_accounts = asked.filter(advocate__account__csm=user)
        went_up = Q(holder__manager=user, escalated_at__isnull=False)
        return self.filter(Q(requester=user) | Q(holder=user) | went_up | Q(pk__in=about_my_accounts.values("request")))

    def under_way(self):
        return self.filter(status__in=UNDER_WAY)

    def longest_due_first(self):
        """What has waited longest beyond its time stands first."""
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")

    def by_holder(self, now):
        """Whose turn it is how often, and how much of it is late; the most late first, None for the team."""
        late = Count("pk", filter=Q(due_at__lte=now))
        rows = self.under_way().order_by().values("holder", "holder__name").annotate(number=Count("pk"), late=late)
        return rows.order_by("-late", "-number", "holder__name")

    def went_up_to(self, user):
        """Late steps of the people `user` manages."""
        return self.under_way().filter(holder__manager=user, escalated_at__isnull=False)

    def overdue(self, now):
        return self.under_way().filter(due_at__lte=now)

    def waiting_for(self, user):
        """Requests whose next step is this person's."""
        mine = Q(holder=user)
        if user.has_perm("advocacy.run_program"):
            mine |= Q(holder__isnull=True)
        return self.filter(mine, status__in=UNDER_WAY)


class CandidateQuerySet(models.QuerySet):
    def current(self):
        return self.filter(state__in=["proposed", "approved"])

    def put_forward(self):
        """Those whose place was taken once, the latest first."""
        return self.filter(ask__isnull=False).order_by("-ask_id")

    def in_line(self):
        return self.filter(state="waiting").order_by("rank", "pk")

    def visible_to(self, user):
        requests = self.model._meta.get_field("request").related_model.objects.visible_to(user)
        return self.filter(request__in=requests)


class SearchRowQuerySet(models.QuerySet):
    def outdated(self, on):
        """Rows that were made for another day and may read differently on this one."""
        return self.filter(Q(changes_on__lte=on) | Q(as_of__gt=on))

    def findable(self, on):
        """Active advocates whose profile has been confirmed recently enough to be offered."""
        return self.filter(is_active=True, leaves_on__gt=on)

    def visible_to(self, user):
        """The rows of the advocates `user` may see; the same rule as AdvocateQuerySet.visible_to, without a join."""
        if user.has_perm("advocacy.view_all_advocates"):
            return self
        visible = Q(csm=user)
        if user.has_perm("advocacy.search_advocates"):
            visible |= Q(is_active=True)
        return self.filter(visible)


class OwnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody but its owner, not even the team."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class UnmetNeedQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=self.model.State.OPEN)

    def visible_to(self, user):
        """The team and leaders see all; others their own."""
        if user.has_perm("advocacy.run_program") or user.has_perm("advocacy.view_reports"):
            return self
        return self.filter(user=user) if user.is_authenticated else self.none()

    def for_list(self):
        related = self.select_related("user", "activity_type", "industry", "opportunity")
        return related.prefetch_related("products")
