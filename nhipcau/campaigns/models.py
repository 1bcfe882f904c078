"""A campaign groups what is told, held and counted for one purpose. People appear in it as counts only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.activities.models import Activity, ActivityType
from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, StoredFile
from nhipcau.org.models import Axis, Post, Unit


class CampaignState(models.TextChoices):
    DRAFT = "draft", "đang soạn"
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã kết thúc"
    CANCELLED = "cancelled", "đã hủy bỏ"


class Campaign(models.Model):
    """Held by one unit for its branch; the units below join by recording. `kinds`: codes of the kinds of unit that
    each hold a session; `branches`: the parts of the holder's branch that take part, none for all of it. `token`:
    the address of its public page, from the day it is opened."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    axis = models.CharField(max_length=10, choices=Axis.choices, default=Axis.TERRITORY)
    name = models.CharField("tên chiến dịch", max_length=200)
    purpose = models.TextField("mục đích")
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến ngày")
    kinds = models.JSONField(default=list)
    branches = models.ManyToManyField(Unit, related_name="+", blank=True)
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    token = models.CharField(max_length=20, unique=True, null=True, editable=False)
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "last_day"])]
        constraints = [
            models.CheckConstraint(name="campaign_days", condition=Q(last_day__gte=models.F("first_day")))
        ]
        verbose_name = "chiến dịch"

    def __str__(self) -> str:
        return self.name


class CampaignType(models.Model):
    """A kind of activity that counts as a session of the campaign, and which of its measures say what.

    `sessions`: the measure that holds the number of sessions, "" where each record is one. `reached`: the measure
    that counts who attended, "" where none does.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="types")
    type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="+")
    sessions = models.CharField(max_length=60, default="", blank=True)
    reached = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="campaigntype_once", fields=["campaign", "type"])]
        ordering = ["pk"]
        verbose_name = "loại buổi của chiến dịch"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.type_id}"


class CampaignGoal(models.Model):
    """What is asked of one count (see `counts`): without `unit` of every unit that is to hold a session, with one
    of that unit and all below it. `of_members`: `value` is a share of the members in %."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="goals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    count = models.CharField(max_length=130)
    value = models.BigIntegerField()
    of_members = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaigngoal_once", fields=["campaign", "unit", "count"]),
            models.UniqueConstraint(
                name="campaigngoal_for_all_once", fields=["campaign", "count"], condition=Q(unit=None)
            ),
            models.CheckConstraint(name="campaigngoal_not_negative", condition=Q(value__gte=0)),
        ]
        verbose_name = "mục tiêu của chiến dịch"

    def __str__(self) -> str:
        return f"{self.count}: {self.value}"


class CampaignSession(models.Model):
    """An activity of the register that counts in a campaign. Its figures stay where they are: in the activity."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sessions")
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="campaign_session")

    class Meta:
        verbose_name = "buổi của chiến dịch"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.activity_id}"


class StepKind(models.TextChoices):
    OPENED = "opened", "mở chiến dịch"
    EXTENDED = "extended", "gia hạn"
    CLOSED = "closed", "kết thúc"
    CANCELLED = "cancelled", "hủy bỏ"
    PASSED = "passed", "chuyển đơn vị tổ chức"


class CampaignStep(models.Model):
    """What happened to a campaign, for everybody who takes part to read. `last_day`: the new one, when extended."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    reason = models.CharField("lý do", max_length=500, default="", blank=True)
    last_day = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "diễn biến của chiến dịch"

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y}"


class MaterialKind(models.TextChoices):
    PAGE = "page", "trang đọc"
    FILE = "file", "tệp"


class Material(models.Model):
    """Something to read or to show in a session. Its words are in its versions; the newest is what readers see.

    `public`: it stands on the campaign's public page too, for members, who have no account.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=5, choices=MaterialKind.choices)
    public = models.BooleanField(default=False)
    withdrawn_reason = models.CharField("lý do rút", max_length=250, default="", blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "tài liệu của chiến dịch"

    def __str__(self) -> str:
        return str(self.uid)


class MaterialVersion(models.Model):
    """One version, kept for good. `text` for a page, `file` for a file; `changed`: what is new in it."""

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField("tên tài liệu", max_length=200)
    text = models.TextField(default="", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=250, default="", blank=True)
    changed = models.CharField("có gì mới", max_length=500, default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="materialversion_number", fields=["material", "number"])]
        ordering = ["-number"]
        verbose_name = "bản tài liệu"

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class QuizState(models.TextChoices):
    DRAFT = "draft", "đang soạn"
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã đóng"


class Quiz(models.Model):
    """Questions of knowledge with right answers, open to whoever has the campaign's address.

    `questions` is what is being written (see `questions.Question`); what people answer is a frozen edition of it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="quizzes")
    number = models.PositiveIntegerField()
    title = models.CharField("tên bài", max_length=200)
    questions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=QuizState.choices, default=QuizState.DRAFT)

    class Meta:
        constraints = [models.UniqueConstraint(name="quiz_number", fields=["campaign", "number"])]
        ordering = ["number"]
        verbose_name = "bài trắc nghiệm"

    def __str__(self) -> str:
        return self.title


class QuizEdition(models.Model):
    """One wording of a quiz and how often each choice was taken; nothing of who took it, when, or together with
    what else. `counts` has a list for each question with a number for each choice: [[3, 0, 1], …]. `waiting` takers
    below a whole ten stand apart in `waiting_counts`, which nobody is shown (see `tally`)."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    questions = models.JSONField()
    takers = models.PositiveIntegerField(default=0)
    counts = models.JSONField()
    waiting = models.PositiveSmallIntegerField(default=0)
    waiting_counts = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="quizedition_number", fields=["quiz", "number"])]
        ordering = ["-number"]
        verbose_name = "bản trắc nghiệm"

    def __str__(self) -> str:
        return f"{self.quiz_id} {self.number}"


class ClosingState(models.TextChoices):
    DRAFT = "draft", "đang soạn"
    NUMBERED = "numbered", "đã cấp số"
    ISSUED = "issued", "đã phát hành"


class ClosingReport(models.Model):
    """The report on a closed campaign. Its figures are frozen with the activities that they come from
    (`ClosingSource`); its words are the holder's. Numbered after signature, issued with the signed copy."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="closing")
    figures = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    narrative = models.JSONField(default=dict)
    authority = models.CharField("thẩm quyền ký", max_length=200, default="", blank=True)
    signer = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ClosingState.choices, default=ClosingState.DRAFT)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="campaign_report")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    signed_copy = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    signed_name = models.CharField(max_length=250, default="", blank=True)

    class Meta:
        verbose_name = "báo cáo kết thúc chiến dịch"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.state}"


class ClosingSource(models.Model):
    """An activity behind the figures of a closing report: what it added to each count (by key), and how often it
    had been corrected by then."""

    report = models.ForeignKey(ClosingReport, on_delete=models.CASCADE, related_name="sources")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    edits = models.PositiveIntegerField()
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="closingsource_once", fields=["report", "activity"])]
        verbose_name = "nguồn số liệu của báo cáo chiến dịch"

    def __str__(self) -> str:
        return f"{self.report_id} {self.activity_id}"
