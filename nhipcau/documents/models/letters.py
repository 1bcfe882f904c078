"""Letters as one unit received or sent them, and their original files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post, Unit


class StoredFile(models.Model):
    """Bytes under `files/`, named by their SHA-256 and never changed. The same bytes are stored once."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = "tệp lưu"

    def __str__(self) -> str:
        return self.sha256[:12]


class Direction(models.TextChoices):
    INCOMING = "incoming", "văn bản đến"
    OUTGOING = "outgoing", "văn bản đi"
    COPY = "copy", "bản sao"
    PETITION = "petition", "đơn thư"


class CopyForm(models.TextChoices):
    """Forms of copy, by the code in their symbol (Decree 30/2020/NĐ-CP, Article 25 and Appendix III)."""

    WHOLE = "SY", "sao y"
    AGAIN = "SL", "sao lục"
    EXCERPT = "TrS", "trích sao"


class DocumentState(models.TextChoices):
    READ = "read", "máy đã đọc, chờ người xác nhận"
    REGISTERED = "registered", "đã vào sổ"
    COPY = "copy", "bản khác của văn bản đã có"
    VOID = "void", "đã hủy số"
    DISCARDED = "discarded", "đã bỏ, không vào sổ"


class Document(models.Model):
    """A letter as one unit received or sent it. `reading` keeps what the reader found and why, per field.

    A second copy of the same letter (e-mail, then paper) points to the first by `copy_of` and takes no number.
    `client_key` is the form's own key: however often the form arrives, its letter is numbered once.
    One that was read by mistake is `discarded` with its reason and never had a number. `copied_as` and
    `copied_number`: what came in is itself a copy of the letter, by its own block ("SAO Y", "12/SY-LĐLĐ").
    `acknowledged_at`: the unit told the sender that it has the letter (Decree 30, Article 21.2c).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    state = models.CharField(max_length=12, choices=DocumentState.choices)
    doc_type = models.CharField("tên loại", max_length=60, default="", blank=True)
    number = models.CharField("số, ký hiệu", max_length=60, default="", blank=True)
    number_key = models.CharField(max_length=60, default="", blank=True, editable=False)
    issuer = models.CharField("cơ quan ban hành", max_length=250, default="", blank=True)
    parent_issuer = models.CharField("cơ quan chủ quản", max_length=250, default="", blank=True)
    place = models.CharField("địa danh", max_length=80, default="", blank=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)
    subject = models.TextField("trích yếu", default="", blank=True)
    addressees = models.JSONField("kính gửi", default=list, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    signer_authority = models.CharField("thẩm quyền ký", max_length=200, default="", blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, default="", blank=True)
    signer_name = models.CharField("người ký", max_length=120, default="", blank=True)
    received_on = models.DateField("ngày đến", null=True, blank=True)
    scope = models.CharField(max_length=10, default="in")
    text = models.TextField(default="", blank=True)
    text_source = models.CharField(max_length=10, default="text")
    folded = models.TextField(default="", blank=True)
    reading = models.JSONField(default=dict)
    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    original_name = models.CharField(max_length=250, default="", blank=True)
    copy_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    copied_as = models.CharField("hình thức sao", max_length=3, choices=CopyForm.choices, default="", blank=True)
    copied_number = models.CharField("số bản sao", max_length=60, default="", blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    discard_reason = models.CharField(max_length=250, default="", blank=True)
    created_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "direction", "-created_at"]),
            models.Index(fields=["unit", "number_key"]),
            models.Index(fields=["number_key", "dated"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="document_original_once",
                fields=["unit", "original"],
                condition=Q(direction="incoming") & ~Q(state__in=["void", "discarded"]),
            )
        ]
        verbose_name = "văn bản"

    @property
    def sent_to(self) -> list[str]:
        """Who gets it, for a line of a register: "Như trên" alone would say nothing there."""
        as_above = list(self.addressees) or ["Như trên"]
        rows = [as_above if one.casefold() == "như trên" else [one] for one in self.recipients]
        return [one for row in rows for one in row]

    def __str__(self) -> str:
        subject = self.subject if len(self.subject) <= 80 else f"{self.subject[:80].rpartition(' ')[0]}…"
        return f"{self.number or 'chưa có số'} – {subject or self.original_name}"


def longest(field: str) -> int | None:
    """The length limit of one of a document's text fields, None for an unlimited one."""
    limit: int | None = getattr(Document._meta.get_field(field), "max_length", None)
    return limit
