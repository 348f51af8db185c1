from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from advocacy.models import Ask, Consent

# An ask in one of these has ended.
OVER = [Ask.State.DONE, Ask.State.DECLINED, Ask.State.CANCELLED, Ask.State.EXPIRED]


class JudgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("advocacy.run_program"):
            return self
        return self.filter(user=user)

    def sealing(self, user, now):
        """Appointments that keep the results of their program from `user`.

        A judge, whoever else they are, sees nothing of it until their own assignments are finished or
        judging has closed, unless somebody lifted the seal for them. What they took out of the running
        themselves instead of scoring it is not finished: they could put it back after a look.
        """
        assignments = self.model._meta.get_field("assignments").related_model.objects.filter(judge=OuterRef("pk"))
        return self.filter(
            Exists(assignments.open()) | Exists(assignments.taken_out_by(user)) | ~Exists(assignments),
            user=user,
            sees_results_early=False,
            program__judging_closes_at__gte=now,
        )

    def reachable(self):
        """Judges a mail makes sense to: they may sign in, or are guests who have not left."""
        return self.filter(Q(user__is_active=True) | Q(user__isnull=True), left_at__isnull=True)

    def guests(self):
        return self.filter(user__isnull=True)

    def present(self):
        """Judges who have not left."""
        return self.filter(left_at__isnull=True)

    def with_progress(self):
        """Each with how many nominations they have, by what became of them; `load` is what they read or have read."""
        Status = self.model._meta.get_field("assignments").related_model.Status
        counts = {f"{status}_count": Count("assignments", filter=Q(assignments__status=status)) for status in Status.values}
        open_count = Count("assignments", filter=Q(assignments__status=Status.OPEN, assignments__nomination__status="submitted"))
        return (
            self.select_related("user", "program")
            .prefetch_related("categories")
            .annotate(**counts | {"open_count": open_count})
            .annotate(load=F("open_count") + F("done_count"))
        )

    def open_work(self):
        """Judges who still have something to score."""
        assignments = self.model._meta.get_field("assignments").related_model.objects
        return self.filter(Exists(assignments.open().filter(judge=OuterRef("pk"))))

    def with_open_count(self):
        return self.select_related("program__contact", "user").annotate(
            open_count=Count("assignments", filter=Q(assignments__status="open", assignments__nomination__status="submitted"))
        )


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        """Still to be scored: a nomination withdrawn meanwhile keeps nobody waiting."""
        return self.filter(status=self.model.Status.OPEN, nomination__status="submitted")

    def taken_out_by(self, user):
        """Not scored, because `user` took the nomination out of the running."""
        moved = {"nomination__history__changed_by": user, "nomination__history__from_status": "submitted"}
        taken_out = self.filter(nomination__history__to_status=F("nomination__status"), **moved)
        return taken_out.filter(status=self.model.Status.OPEN).exclude(nomination__status="submitted")

    def with_begun(self):
        """Each with `is_begun`: something was entered."""
        scores = self.model._meta.get_field("scores").related_model.objects.filter(assignment=OuterRef("pk"))
        return self.annotate(is_begun=Exists(scores) | ~Q(comment=""))

    def not_begun(self):
        """Open, and nothing was entered yet: may be handed to somebody else."""
        return self.with_begun().filter(status=self.model.Status.OPEN, is_begun=False)

    def done(self):
        return self.filter(status=self.model.Status.DONE)

    def of(self, actor):
        """The judge's own queue; a guest has no account and is the judge alone."""
        is_guest = isinstance(actor, self.model._meta.get_field("judge").related_model)
        return self.filter(judge=actor) if is_guest else self.filter(judge__user=actor)

    def on_the_desk(self, actor):
        """The queue page: own assignments program by program, in a fixed order."""
        return (
            self.of(actor)
            .filter(judge__left_at__isnull=True)
            .select_related("judge__program", "nomination__account__parent", "nomination__nominee__account__parent")
            .prefetch_related("nomination__co_nominees")
            .annotate(answered_count=Count("scores"))
            .order_by("judge__program__judging_closes_at", "judge__program_id", "pk")
        )

    def for_desk_page(self, actor):
        return (
            self.of(actor)
            .filter(judge__left_at__isnull=True)
            .select_related(
                "judge__program",
                "judge__user",
                "judge__guest_account",
                "nomination__account__industry",
                "nomination__account__parent",
                "nomination__nominee__account__parent",
                "nomination__use_case",
            )
        )

    def visible_to(self, user, now):
        """Own assignments; for the advocacy team also the others, of programs not sealed from them."""
        if not user.has_perm("advocacy.run_program"):
            return self.of(user)
        sealing = self.model._meta.get_field("judge").related_model.objects.sealing(user, now)
        return self.filter(Q(judge__user=user) | ~Q(judge__program__in=sealing.values("program")))


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        assignments = self.model._meta.get_field("assignment").related_model.objects.visible_to(user, now)
        return self.filter(assignment__in=assignments)


class ResultQuerySet(models.QuerySet):
    def newest_of(self, program):
        """The result that counts; None before the first. Its scores are read only when asked for: there are many."""
        light = self.filter(program=program).select_related("frozen_by").defer("payload", "notes")
        return light.order_by("-number").first()

    def visible_to(self, user):
        """Frozen results: judging has closed before there is one, so the seal is off."""
        return self if user.has_perm("advocacy.run_program") else self.none()


class WinnerQuerySet(models.QuerySet):
    def standing(self):
        """Choices that hold: neither declined nor lapsed nor taken back."""
        return self.filter(status__in=[self.model.Status.OFFERED, self.model.Status.ACCEPTED])

    def unanswered(self):
        """Offers that went out and wait for an answer."""
        waiting = {"status": self.model.Status.OFFERED, "offered_at__isnull": False, "answer_by__isnull": False}
        return self.filter(**waiting, category__program__announced_at__isnull=True).select_related("category__program")

    def public(self, now):
        """Winners the world may see: accepted, announced, past the embargo, and the yes to it not taken back."""
        said = Consent.objects.latest().filter(advocate=OuterRef("entry__nomination__nominee"), purpose="public_award")
        return self.filter(
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=now),
            ~Exists(said.filter(decision="withdrawn")),
            status=self.model.Status.ACCEPTED,
            category__program__is_public=True,
            category__program__announced_at__lte=now,
            entry__nomination__status="submitted",
        )

    def announced(self, now):
        """Winners of announced programs whose embargo is past, shown inside the house: no consent is asked for that."""
        return self.filter(
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=now),
            status=self.model.Status.ACCEPTED,
            category__program__announced_at__lte=now,
        )

    def for_gallery(self):
        """With what the public pages show of each, category by category; the rank within one is told to nobody."""
        return self.select_related(
            "category__program", "entry__nomination__nominee", "entry__nomination__account__industry"
        ).order_by("category__position", "category__name", "category_id", "pk")

    def to_keep_current(self):
        """Who accepted and is still to be announced, or has no plan for what follows; the others are settled."""
        unsettled = Q(category__program__announced_at__isnull=True) | Q(follow_through__isnull=True)
        return self.filter(unsettled, status=self.model.Status.ACCEPTED)

    def for_list(self):
        """With the names a list of winners shows."""
        return self.select_related("category__program", "entry__nomination__nominee", "entry__nomination__account__csm")

    def looked_after_by(self, user, now):
        """Winners who said yes or were offered the award, whose customer is the user's; for the team all not sealed from it."""
        told = Q(status=self.model.Status.ACCEPTED) | Q(offered_at__isnull=False)
        if user.has_perm("advocacy.run_program"):
            return self.visible_to(user, now).filter(told)
        nominations = self.model._meta.get_field("entry").related_model._meta.get_field("nomination").related_model
        mine = Q(entry__nomination__in=nominations.objects.looked_after_by(user)) | Q(entry__nomination__sponsor=user)
        return self.filter(told, mine)

    def visible_to(self, user, now):
        """The advocacy team sees the choices of programs not sealed from it; others what was announced."""
        if not user.has_perm("advocacy.run_program"):
            return self.public(now)
        judges = self.model._meta.get_field("category").related_model._meta.get_field("program").related_model
        sealing = judges._meta.get_field("judges").related_model.objects.sealing(user, now)
        return self.exclude(category__program__in=sealing.values("program"))


class PreparationItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True, winner__status="accepted", winner__category__program__announced_at__isnull=True)

    def late(self, today):
        return self.open().filter(due_on__lt=today)


class FollowThroughStepQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(status=self.model.Status.PLANNED, winner__status="accepted")

    def asked(self):
        return self.filter(status=self.model.Status.ASKED)

    def visible_to(self, user, now):
        winners = self.model._meta.get_field("winner").related_model.objects.visible_to(user, now)
        return self.filter(winner__in=winners)

    def for_list(self):
        """With the names a list of steps shows."""
        return self.select_related(
            "activity_type", "winner__entry__category", "winner__entry__nomination__account", "winner__entry__nomination__nominee"
        )

    def behind_the_ledger(self):
        """Asked, and the ask has ended; or planned, and `done_elsewhere` since the announcement, as part of no other step."""
        done = Ask.objects.filter(
            advocate=OuterRef("winner__entry__nomination__nominee"),
            activity_type=OuterRef("activity_type"),
            state=Ask.State.DONE,
            counts_on__gte=Cast(OuterRef("winner__category__program__announced_at"), models.DateField()),
            follow_through_step=None,
        )
        steps = self.annotate(done_elsewhere=Subquery(done.order_by("pk").values("pk")[:1]))
        over = Q(status=self.model.Status.ASKED, ask__state__in=OVER)
        return steps.filter(over | Q(status=self.model.Status.PLANNED, winner__status="accepted", done_elsewhere__isnull=False))
