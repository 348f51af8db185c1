from typing import Self

from django.db import models


class OneRow(models.Model):
    """Settings that people edit: one row, and until somebody has edited it the defaults."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> Self:
        """What is in force: as edited, else the defaults."""
        return cls.objects.first() or cls()
