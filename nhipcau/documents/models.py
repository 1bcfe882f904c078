"""Letters, their original files, what they cite, and the registers they stand in."""

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
        return f"{self.number or 'chưa có số'} – {self.subject[:60] or self.original_name}"


def longest(field: str) -> int | None:
    """The length limit of one of a document's text fields, None for an unlimited one."""
    limit: int | None = getattr(Document._meta.get_field(field), "max_length", None)
    return limit


class ScanState(models.TextChoices):
    WAITING = "waiting", "đang nhận dạng chữ"
    DONE = "done", "đã nhận dạng"
    KEPT_OUT = "kept_out", "không được đưa vào"
    KNOWN = "known", "đã nhận trước đây"


class Scan(models.Model):
    """A scanned letter on its way in, and afterwards its words with their places on the pages.

    Until it is read its bytes lie in `waiting/`, not among the letters, for only its words tell whether it may
    enter. One that may not leaves nothing here but when and by whom it was sent, and `note`, why it was not kept.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250, default="")
    sha256 = models.CharField(max_length=64, default="")
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.WAITING)
    pages = models.PositiveSmallIntegerField()
    pages_done = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(default="", blank=True)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, null=True, related_name="scan")
    words = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scan_waits_once", fields=["unit", "sha256"], condition=models.Q(state="waiting")
            )
        ]
        verbose_name = "bản quét"

    def __str__(self) -> str:
        return self.name or self.get_state_display()


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


class SearchRow(models.Model):
    """What search knows of a letter: whose it is, its date, and its terms (`searchwords.terms`).

    Written by `searchrows` alone, in the transaction that writes the letter. The database itself keeps its index in
    step with this table (migration 0005). Unit and state stand here again so that no search reads the letters.
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


class AmendmentKind(models.TextChoices):
    RECALL = "recall", "thu hồi"
    REPLACE = "replace", "thay thế"
    CORRECT = "correct", "đính chính"


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


class TextPrint(models.Model):
    """One of the fingerprints of a letter's words: letters that share some may be the same letter."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="prints")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value"])]
        verbose_name = "dấu nội dung"

    def __str__(self) -> str:
        return f"{self.value:x}"
