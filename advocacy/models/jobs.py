from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FILES_KEPT = timedelta(days=7)


class JobQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def visible_to(self, user):
        """One's own, and for whoever runs the program those of all."""
        if user.has_perm("advocacy.run_program"):
            return self
        return self.filter(started_by=user) if user.is_authenticated else self.none()

    def for_page(self, user):
        return self.visible_to(user).select_related("started_by")

    def with_old_files(self, now):
        return self.exclude(file="").filter(ended_at__lt=now - FILES_KEPT)

    def with_kept_files(self, now):
        """Those whose files, finished or not, are still of use."""
        return self.exclude(state=Job.State.CANCELLED).exclude(ended_at__lt=now - FILES_KEPT)


class Job(models.Model):
    """Work too long for one request: done by workers in shifts, watched, cancelled, and gone on with by another worker."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    STATUS_FIELD = "state"
    TRANSITIONS = {
        State.WAITING: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.DONE, State.FAILED, State.CANCELLED},
        State.FAILED: {State.WAITING},
    }

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what"), max_length=200)
    params = models.JSONField(default=dict, blank=True, editable=False)
    key = models.CharField(max_length=64, editable=False, help_text=_("Of two open jobs of a kind with one key there is one."))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), null=True, blank=True)
    cursor = models.JSONField(default=dict, blank=True, editable=False, help_text=_("From where it goes on."))
    note = models.TextField(_("what came of it"), blank=True)
    file = models.CharField(max_length=100, blank=True, editable=False)
    file_name = models.CharField(_("file"), max_length=150, blank=True)
    # Whoever works on it holds this word; a worker that was taken for dead finds another one and stops.
    holder = models.CharField(max_length=32, blank=True, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(state__in=["waiting", "running"]), name="one_open_job_of_a_kind"
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("job", args=[self.pk])

    @property
    def is_open(self):
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def path(self):
        """Of what it made."""
        return Path(settings.MEDIA_ROOT) / "jobs" / self.file

    @property
    def file_goes_on(self):
        return self.ended_at + FILES_KEPT
