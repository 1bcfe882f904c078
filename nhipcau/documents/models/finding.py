"""What is kept of a letter so that it is found: by its terms, and by words it shares with another."""

from __future__ import annotations

from django.db import models

from nhipcau.documents.models.letters import Document
from nhipcau.org.models import Unit


class SearchRow(models.Model):
    """What search knows of a letter: whose it is, its date, and its terms (`search.words.terms`).

    Written by `search.rows` alone, in the transaction that writes the letter. The database itself keeps its index
    in step with this table (migration 0005). Unit and state stand here again so that no search reads the letters.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="+")
    # No index: SQLite would be tempted to walk a unit's letters and ask the text index about each.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    waiting = models.BooleanField()
    dated = models.DateField(null=True)
    terms = models.TextField()

    class Meta:
        verbose_name = "dòng tìm kiếm"

    def __str__(self) -> str:
        return str(self.pk)


class TextPrint(models.Model):
    """One of the fingerprints of a letter's words: letters that share some may be the same letter."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="prints")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value"])]
        verbose_name = "dấu nội dung"

    def __str__(self) -> str:
        return f"{self.value:x}"
