"""Which letter names, recalls, replaces or corrects which."""

from __future__ import annotations

from django.db import models

from nhipcau.core.said import Said
from nhipcau.documents.models.letters import Document
from nhipcau.org.models import Post


class CitationKind(models.TextChoices):
    """What a letter does with one it names, where its words say so plainly."""

    CITES = "cites", "viện dẫn"
    GROUND = "ground", "căn cứ"
    IMPLEMENTS = "implements", "thực hiện"
    REPLIES = "replies", "trả lời"
    REPLACES = "replaces", "thay thế"
    AMENDS = "amends", "sửa đổi, bổ sung"
    RECALLS = "recalls", "thu hồi, bãi bỏ"


class Citation(models.Model):
    """A document named in another one, by its symbol; `target` once it is found in the unit's own registers.

    `possible` is asked of a person: nearly that symbol, or one of several. `declined`: the person said no.
    `waived` is why the unit does not need the letter.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="citations")
    symbol = models.CharField(max_length=80)
    symbol_key = models.CharField(max_length=80, default="", editable=False)
    dated = models.DateField(null=True)
    issuer = models.CharField(max_length=250, default="", blank=True)
    target = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="cited_by")
    kind = models.CharField(max_length=10, choices=CitationKind.choices, default=CitationKind.CITES)
    possible = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, related_name="+")
    declined = models.BooleanField(default=False)
    waived = models.CharField("lý do không cần", max_length=250, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="citation_once", fields=["document", "symbol"])]
        indexes = [models.Index(fields=["symbol_key"])]
        verbose_name = "viện dẫn"

    def __str__(self) -> str:
        return self.symbol


class AmendmentKind(models.TextChoices):
    RECALL = "recall", "thu hồi"
    REPLACE = "replace", "thay thế"
    CORRECT = "correct", "đính chính"


_HOW = {
    AmendmentKind.RECALL: Said("đã bị thu hồi theo", "was recalled by"),
    AmendmentKind.REPLACE: Said("đã được thay thế bằng", "was replaced by"),
    AmendmentKind.CORRECT: Said("đã được đính chính theo", "was corrected by"),
}


class Amendment(models.Model):
    """A letter (`by`) recalls, replaces or corrects another (`target`), as one unit's registers hold them.

    `through` is the letter that the act names, where `target` is another unit's copy of it or a letter that
    passed it on. Nothing here is ever taken back: only another letter changes what a letter changed.
    """

    kind = models.CharField(max_length=8, choices=AmendmentKind.choices)
    by = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="amends")
    target = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="amendments")
    through = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField("nội dung đính chính", max_length=1000, default="", blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="amendment_once", fields=["by", "target"])]
        ordering = ["decided_at", "pk"]
        verbose_name = "thu hồi, thay thế, đính chính"

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id} ← {self.by_id}"

    @property
    def told(self) -> Said:
        """What happened, in words: "đã bị thu hồi theo 15/LĐLĐ ngày 12/03/2026"."""
        how, by = _HOW[AmendmentKind(self.kind)], self.by
        vi, en = (f" ngày {by.dated:%d/%m/%Y}", f" of {by.dated:%d/%m/%Y}") if by.dated else ("", "")
        return Said(
            f"{how} {by.number or 'văn bản chưa có số'}{vi}",
            f"{how.en} {by.number or 'a letter without a number'}{en}",
        )
