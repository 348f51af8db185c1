import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Wording(models.Model):
    """The team's own words for a kind of mail, in place of the default."""

    template = models.CharField(_("mail"), max_length=60, unique=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True, help_text=_("Empty: the default."))
    body = models.TextField(_("text"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["template"]
        verbose_name = _("words of a mail")
        verbose_name_plural = _("the words of the mails")

    def __str__(self):
        return self.template
