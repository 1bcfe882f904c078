"""What units report. Figures of one submission are one packed vector (see core.numbers)."""

from __future__ import annotations

from django.db import models

from nhipcau.activities.models import Activity
from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, StoredFile
from nhipcau.org.models import Post, Reorganisation, Unit
from nhipcau.reports.models.templates import ReportTemplate, TemplateVersion

LENT = models.Q(entered_by_unit__isnull=False, confirmed_at__isnull=True)  # entered for it, not confirmed yet


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "đang lập"
    READY = "ready", "chờ ký duyệt"
    SUBMITTED = "submitted", "đã gửi"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã tiếp nhận"
    SUPERSEDED = "superseded", "đã thay thế"


class EntrySource(models.TextChoices):
    """What the level above entered a report from that the unit did not enter itself."""

    PAPER = "paper", "bản giấy"
    TELEPHONE = "telephone", "điện thoại"
    TABLE = "table", "bảng tính"
    HISTORY = "history", "tệp số liệu cũ"


class Submission(models.Model):
    """A unit's own figures and words for one period, one revision. Totals of its branch are never stored here."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="submissions")
    period = models.CharField(max_length=12)
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    payload = models.BinaryField()
    narrative = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    edits = models.PositiveIntegerField(default=0, help_text="Tăng mỗi lần lưu; chống ghi đè lẫn nhau.")
    ready_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    seal = models.OneToOneField("Seal", on_delete=models.PROTECT, null=True, related_name="+")
    # Số gộp: the units of its branch whose figures stand in this report, because they do not report themselves.
    covers = models.ManyToManyField(Unit, related_name="covered_by", blank=True)
    # Nhập thay: the level above entered it from paper or telephone; `confirmed_*` once the unit says it is right.
    entered_by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    entry_source = models.CharField(max_length=10, choices=EntrySource.choices, default="", blank=True)
    entry_note = models.TextField(default="", blank=True)
    confirmed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="submission_once", fields=["unit", "version", "period", "revision"]),
            models.UniqueConstraint(
                name="submission_one_accepted",
                fields=["version", "period", "unit"],  # a period's, and a branch's in it, are neighbours
                condition=models.Q(state="accepted"),
            ),
        ]
        indexes = [
            # Who is in, since when, of a whole period: read from the index alone.
            models.Index(fields=["version", "period", "state", "submitted_at", "unit"], name="submission_presence"),
            models.Index(fields=["unit", "state"]),
            models.Index(name="submission_entered", fields=["version", "period", "state", "unit"], condition=LENT),
        ]
        verbose_name = "báo cáo"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} r{self.revision}"

    @property
    def is_history(self) -> bool:
        """Whether it was taken over from a file of the years before: nobody submitted it here."""
        return self.entry_source == EntrySource.HISTORY


class HistoryFile(models.Model):
    """A federation's own file of earlier periods that figures were taken from. Only what identifies it is kept: a
    foreign table may hold people, so the file itself stays with its owner."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="history_files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=250)
    imported_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="historyfile_once", fields=["template", "sha256"])]
        verbose_name = "tệp số liệu cũ"

    def __str__(self) -> str:
        return self.name


class SubmissionSource(models.Model):
    """Which recorded activity or issued letter stands behind a cell, and how much of it; of a figure of the years
    before, which cell ("Sheet1!D17") of which file."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sources")
    cell = models.CharField(max_length=160)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(HistoryFile, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=80, default="", blank=True)
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["submission", "cell"])]
        verbose_name = "nguồn số liệu"

    def __str__(self) -> str:
        return f"{self.cell} {self.value}"


class ReturnReason(models.Model):
    """Why a sealed report was returned; `cell` is empty where the reason concerns the whole."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="return_reasons")
    seal = models.ForeignKey("Seal", on_delete=models.PROTECT, related_name="return_reasons")
    cell = models.CharField(max_length=160, default="", blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lý do trả lại"

    def __str__(self) -> str:
        return self.reason[:80]


class PaperKind(models.TextChoices):
    SIGNED = "signed", "bản đã ký, đóng dấu"
    SOURCE = "source", "bản dùng để nhập thay"


class SubmissionPaper(models.Model):
    """A scan beside a report: the signed sheet, or the paper that the level above entered it from."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    added_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="submissionpaper_once", fields=["submission", "kind", "file"])]
        verbose_name = "bản giấy kèm báo cáo"

    def __str__(self) -> str:
        return self.name


class SealKind(models.TextChoices):
    SUBMITTED = "submitted", "chốt khi gửi"
    ISSUED = "issued", "chốt khi phát hành"
    IMPORTED = "imported", "chốt khi nhập số liệu cũ"


class Seal(models.Model):
    """What a unit's report said at one moment, never changed: its own figures, the figures of its whole branch, and
    the seals of the reports below that these were added up from.

    Seals of one unit, version and period form a chain by `place`. `own` and `live` are packed vectors;
    `contributors` the ids of the seals below, ascending, as little-endian int64; `content` canonical JSON of
    everything else (see reports.sealing.seals). `digest` covers all of it and the seal before.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seals")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="seals")
    period = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=SealKind.choices)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="seals")
    own = models.BinaryField()
    live = models.BinaryField()
    contributors = models.BinaryField()
    content = models.TextField()
    previous = models.CharField(max_length=64, default="", blank=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="seal_place", fields=["unit", "version", "period", "place"])]
        indexes = [models.Index(fields=["submission", "kind", "place"])]
        verbose_name = "bản chốt số liệu"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} #{self.place}"


class Unsettled(models.Model):
    """A report that was just sealed or accepted: whether something sealed above it is stale is still to be found.

    Written in the transaction of the change, read after it, so that two changes at once cannot miss each other.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    fault = models.TextField(default="", blank=True, help_text="Vì sao không đối chiếu được.")

    class Meta:
        verbose_name = "thay đổi chờ đối chiếu"

    def __str__(self) -> str:
        return str(self.submission_id)


class Totals(models.Model):
    """Of one template version and period: from which tree, with which due date and at what moment the stored totals
    of inner nodes (`NodeTotal`) were brought up to date. Whoever does so holds this row.

    `tree` is the number of `org.TreeVersion`, `shape` a digest of the tree and of the units on it.
    """

    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=12)
    tree = models.BigIntegerField(null=True)
    shape = models.CharField(max_length=64, default="", blank=True)
    due = models.DateField(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="totals_once", fields=["version", "period"])]
        verbose_name = "tổng đang lưu của kỳ"

    def __str__(self) -> str:
        return f"{self.version_id} {self.period}"


class NodeTotal(models.Model):
    """The total of one inner node on the period's own tree, derived: recomputed from the records at any time.

    `figures`: the packed vector of the roll-up's columns. `counts`: the columns of `Coverage`, little-endian int64,
    `late` without those still missing. `reported`: whether any report stands behind it.
    """

    totals = models.ForeignKey(Totals, on_delete=models.CASCADE, related_name="nodes")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    figures = models.BinaryField()
    counts = models.BinaryField()
    reported = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="nodetotal_once", fields=["totals", "unit"])]
        verbose_name = "tổng đang lưu của một nút"

    def __str__(self) -> str:
        return f"{self.totals_id} {self.unit_id}"


class DirtyMark(models.Model):
    """A unit whose report, or whose standing in a lump, changed: totals above it are to be recomputed. Appended in
    the transaction of the change, so without constraints on rows that others may hold."""

    version = models.ForeignKey(TemplateVersion, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    period = models.CharField(max_length=12)
    unit = models.ForeignKey(
        Unit, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        verbose_name = "tổng phải tính lại"

    def __str__(self) -> str:
        return f"{self.version_id} {self.period} {self.unit_id}"


class Answer(models.TextChoices):
    RESTATED = "restated", "đã chốt lại"
    CARRIED = "carried", "chuyển sang kỳ sau"
    DISMISSED = "dismissed", "không điều chỉnh"


class StaleFlag(models.Model):
    """A sealed report no longer says what stands below it or is the unit's own: `cause` was accepted in place of
    `replaced` (null: it came later; the seal itself: the unit's own). `cells`: {cell: [before, after]} of the
    cause's own figures, scaled; null missing, "x" n/a. With an `event` the report itself is unchanged: it is now
    counted here (`replaced` null) or no longer (`replaced` = `cause`).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="flags")
    cause = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    replaced = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, null=True, related_name="+")
    cells = models.JSONField()
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    carried_to = models.CharField(max_length=12, default="", blank=True)
    answered_with = models.ForeignKey(Seal, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="staleflag_once", fields=["seal", "cause"])]
        indexes = [models.Index(fields=["seal"], name="staleflag_open", condition=models.Q(answer=""))]
        verbose_name = "số liệu thay đổi sau khi chốt"

    def __str__(self) -> str:
        return f"{self.seal_id} ← {self.cause_id}"

    @property
    def is_gone(self) -> bool:
        """Whether the cause left the branch by a reorganisation."""
        return self.event_id is not None and self.replaced_id == self.cause_id


class IssuedReport(models.Model):
    """A consolidated report issued as an official document. `edition` 0 is the report, 1 its first restatement.

    `signed_copy` is the sealed scan or the digitally signed PDF, where it was signed before it was issued.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issued_reports")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="issued")
    period = models.CharField(max_length=12)
    edition = models.PositiveSmallIntegerField(default=0)
    restates = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="restatement")
    reason = models.TextField(default="", blank=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="issued_report")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="issued")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signed_copy = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    signed_name = models.CharField(max_length=250, default="", blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="issuedreport_once", fields=["unit", "version", "period", "edition"])
        ]
        verbose_name = "báo cáo đã phát hành"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} ({self.edition})"


class SigningState(models.TextChoices):
    OUT = "out", "đang trình ký"
    NUMBERED = "numbered", "đã cấp số, chờ bản đã ký"
    ISSUED = "issued", "đã phát hành"
    WITHDRAWN = "withdrawn", "đã rút"


class SigningDraft(models.Model):
    """A consolidated report on its way through signature (trình ký): figures sealed, number blank until signed.

    `narrative` is the prose as it will be printed, by block; the leader's edited file may change it. `reason` says
    why a restatement (`edition` above 0) replaces the report issued before.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signing_drafts")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    edition = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(default="", blank=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="signing_drafts")
    signer = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    narrative = models.JSONField(default=dict)
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    read_back = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    read_back_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=SigningState.choices, default=SigningState.OUT)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="signing_draft")
    withdrawn_reason = models.TextField(default="", blank=True)
    created_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="signingdraft_once",
                fields=["unit", "version", "period", "edition"],
                condition=~models.Q(state="withdrawn"),
            )
        ]
        verbose_name = "bản trình ký"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} {self.state}"
