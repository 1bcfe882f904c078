"""The books that letters stand in: series, reserved numbers, lines; and what was copied out of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.documents.models.letters import CopyForm, Direction, Document
from nhipcau.org.models import Post, Unit


class Register(models.Model):
    """A numbering series of one unit, one direction, one year. Its row is locked while a number is taken.

    `series` is its short code ("chung", "qd"), `name` what people call it, "" for the common one. A closed
    register takes no number any more.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registers")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    series = models.SlugField(max_length=30, default="chung")
    name = models.CharField("tên sổ", max_length=80, default="", blank=True)
    year = models.PositiveSmallIntegerField()
    next_number = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="register_once", fields=["unit", "direction", "series", "year"])
        ]
        verbose_name = "sổ đăng ký"

    def __str__(self) -> str:
        return f"{self.direction} {self.series} {self.year}"


class ReservedBlock(models.Model):
    """Numbers `first` to `last` kept for numbering by hand while the system cannot be reached.

    Each has its line in the register from the start. `ended_at`: what was left has been struck.
    `client_key` is the form's own key: however often the form arrives, its numbers are reserved once.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="blocks")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reason = models.CharField("lý do", max_length=250)
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "đợt giữ số"

    def __str__(self) -> str:
        return f"{self.first:02d}–{self.last:02d}"


class RegisterEntry(models.Model):
    """One line of a register. A void line keeps its number: registers have no gaps and no doubles.

    `suffix` makes "06b" between 06 and 07, with its reason. A line of a reserved `block` has no document until
    one that was numbered by hand is entered under it. A line of the register of complaints and denunciations has
    no document ever: `petition_on` (the day it came) and `keeper` (the post that handles it) are all that is
    kept. `copies`, `keeper`, `dispatched_on` and `note` are
    columns that the clerk fills in (Decree 30/2020/NĐ-CP, Appendix IV).
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    suffix = models.CharField(max_length=1, default="", blank=True)
    suffix_reason = models.CharField(max_length=250, default="", blank=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="entry")
    block = models.ForeignKey(ReservedBlock, on_delete=models.PROTECT, null=True, related_name="entries")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=250, default="", blank=True)
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    copies = models.PositiveIntegerField("số lượng bản", null=True, blank=True)
    petition_on = models.DateField("ngày nhận đơn", null=True, blank=True)
    keeper = models.CharField("đơn vị, người nhận bản lưu", max_length=120, default="", blank=True)
    dispatched_on = models.DateField("ngày chuyển", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=250, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="registerentry_number", fields=["register", "number", "suffix"]),
            models.CheckConstraint(
                name="registerentry_document_void_or_reserved",
                condition=Q(document__isnull=False)
                | ~Q(void_reason="")
                | Q(block__isnull=False)
                | Q(petition_on__isnull=False),
            ),
            models.CheckConstraint(
                name="registerentry_suffix_has_reason", condition=Q(suffix="") | ~Q(suffix_reason="")
            ),
        ]
        verbose_name = "dòng sổ"

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it: "6", "6b"."""
        return f"{self.number}{self.suffix}"

    @property
    def is_free(self) -> bool:
        """Reserved, and neither used nor struck yet."""
        return self.document_id is None and self.petition_on is None and not self.void_reason

    def log_keys(self) -> dict[str, str | int]:
        """What names this line in the log: its register and number, and the suffix if there is one."""
        keys: dict[str, str | int] = {"register": self.register_id, "number": self.number}
        return keys | ({"suffix": self.suffix} if self.suffix else {})


class MadeCopy(models.Model):
    """A copy that the unit made of a letter it has: `document` is its line in the register of copies.

    `excerpt` holds the parts copied, as [start, end] in the letter's text; empty for a copy of the whole.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="made")
    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copies_made")
    form = models.CharField("hình thức sao", max_length=3, choices=CopyForm.choices)
    excerpt = models.JSONField("phần trích", default=list, blank=True)

    class Meta:
        verbose_name = "bản sao"

    def __str__(self) -> str:
        return f"{self.form} {self.source_id}"
