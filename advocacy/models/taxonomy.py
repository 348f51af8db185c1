from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from advocacy.querysets import TermQuerySet


class Term(models.Model):
    """A word of the taxonomy and the other words that mean it."""

    name = models.CharField(_("name"), max_length=100)
    synonyms = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("synonyms"),
        default=list,
        blank=True,
        help_text=_("Other spellings, separated by commas. Imports and search take them for this term."),
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="%(class)s_name_unique")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Kept in lower case so that a look-up is one array containment.
        self.synonyms = sorted({" ".join(word.split()).lower() for word in self.synonyms if word.strip()})
        super().save(*args, **kwargs)


class Industry(Term):
    class Meta(Term.Meta):
        verbose_name_plural = _("industries")


class Product(Term):
    pass


class UseCase(Term):
    pass


class Topic(Term):
    pass
