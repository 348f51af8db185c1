import pghistory
import pgtrigger
from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.querysets import ResultQuerySet
from nominations.models import Entry, Program

KEPT_SECONDS = 86_400


@pgtrigger.register(
    pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
    pgtrigger.ReadOnly(name="append_only", exclude=["notes"]),
    # Erasing somebody takes their words away; nothing is added and nothing is put differently.
    pgtrigger.Protect(
        name="notes_only_lose", operation=pgtrigger.Update, condition=pgtrigger.Condition("NOT (OLD.notes @> NEW.notes)")
    ),
)
class Result(models.Model):
    """A frozen outcome of a program, never changed; a new decision is a new row.

    `payload` holds ids and numbers only and is hashed; words stand in `notes`, from which they may be taken away.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="frozen_results")
    number = models.PositiveSmallIntegerField(_("number"), default=1, editable=False)
    reason = models.TextField(
        _("reason"), blank=True, editable=False, help_text=_("Why there is a new decision; empty for the first result.")
    )
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    payload = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    notes = models.JSONField(
        default=dict, editable=False, help_text=_("Names, comments and reasons, apart from the hashed numbers.")
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="result_number_unique_in_program"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="new_result_with_a_reason"),
        ]

    def __str__(self):
        return f"{self.program}, {self.number}"

    @cached_property
    def outline(self):
        """The payload without its scores, which are many. It never changes, so it may be kept ready."""
        return cache.get_or_set(f"result:{self.pk}:{self.digest}", self._outline, timeout=KEPT_SECONDS)

    def _outline(self):
        return {name: part for name, part in self.payload.items() if name != "scores"}

    @cached_property
    def categories(self):
        """Order, winners and reserves of each category."""
        key = f"result-categories:{self.pk}:{self.digest}"
        return cache.get_or_set(key, lambda: self.payload["categories"], timeout=KEPT_SECONDS)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class TieDecision(models.Model):
    """The chair put one of several equals first: a place among them, with the reason."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="tie_decision")
    place = models.PositiveSmallIntegerField(_("place among equals"))
    reason = models.TextField(_("reason"))
    chair_name = models.CharField(
        _("chair"), max_length=150, blank=True, help_text=_("Who decided, where somebody else recorded it.")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self):
        return f"{self.place}: {self.entry}"

    @property
    def decided_in_words(self):
        if not self.chair_name:
            return gettext("Decided by %(chair)s.") % {"chair": self.decided_by}
        return gettext("Decided by %(chair)s, recorded by %(by)s.") % {"chair": self.chair_name, "by": self.decided_by}
