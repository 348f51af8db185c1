from django.db import models
from django.db.models import Q


class JudgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_perm("advocacy.run_program"):
            return self
        return self.filter(user=user)


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=self.model.Status.OPEN)

    def done(self):
        return self.filter(status=self.model.Status.DONE)

    def of(self, user):
        """The judge's own queue."""
        return self.filter(judge__user=user)

    def visible_to(self, user, now):
        """Own assignments; the advocacy team's view of the others opens when their own are finished or judging has closed."""
        if not user.has_perm("advocacy.run_program"):
            return self.of(user)
        unfinished = self.model.objects.of(user).open().filter(judge__program__judging_closes_at__gt=now)
        return self.filter(Q(judge__user=user) | ~Q(judge__program__in=unfinished.values("judge__program")))


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        assignments = self.model._meta.get_field("assignment").related_model.objects.visible_to(user, now)
        return self.filter(assignment__in=assignments)


class WinnerQuerySet(models.QuerySet):
    def visible_to(self, user, now):
        """The advocacy team sees every choice of a program whose results it may see; others what was announced."""
        announced = Q(category__program__announced_at__isnull=False, status="accepted")
        if user.has_perm("advocacy.run_program"):
            return self
        return self.filter(announced)
