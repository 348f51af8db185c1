"""The words people may misspell, kept beside the search."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchWord(models.Model):
    """A word of some title, name or story, for those who misspell it. Shown only to readers whom it finds somebody."""

    word = models.CharField(max_length=30, primary_key=True)

    class Meta:
        ordering = ["word"]
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_trigram")]

    def __str__(self):
        return self.word


class WordChange(models.Model):
    """Texts that came and went in one statement, left by triggers for a task to take the words from (migration 0007)."""

    added = models.TextField(blank=True)
    gone = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.pk)
