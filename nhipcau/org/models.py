"""The dated tree. `Placement` is the only truth; `Closure` is derived from it and written by actions alone."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from nhipcau.core.clock import local_date
from nhipcau.core.ids import new_uid

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from `valid_from` up to, not including, `valid_to` (null = still open)."""

    def at(self, day: dt.date) -> DatedQuerySet[M]:
        """Rows that hold on that day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def during(self, first: dt.date, last: dt.date) -> DatedQuerySet[M]:
        """Rows that hold on any day of the closed interval."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last)


class Dated(models.Model):
    """Common to all dated rows."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            )
        ]


class Axis(models.TextChoices):
    """Two trees stand side by side; figures are never added across them."""

    TERRITORY = "territory", "lãnh thổ"
    SECTOR = "sector", "ngành"


class UnitKind(models.Model):
    """A kind of unit is data: a federation adds or renames kinds without touching the program."""

    code = models.SlugField(max_length=40, unique=True)
    label = models.CharField("tên loại", max_length=120)
    label_en = models.CharField(max_length=120, default="", blank=True)
    rank = models.PositiveSmallIntegerField("bậc", help_text="1 là cấp cao nhất; cùng bậc thì ngang hàng.")
    internal = models.BooleanField("bộ phận trong cơ quan, không phải một cấp công đoàn", default=False)

    class Meta:
        ordering = ["rank", "code"]
        verbose_name = "loại đơn vị"

    def __str__(self) -> str:
        return self.label


class Unit(models.Model):
    """A node that keeps its identity through every change of name, code and place."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT)
    members = models.PositiveIntegerField("số đoàn viên", default=0)

    class Meta:
        verbose_name = "đơn vị"

    def __str__(self) -> str:
        return str(self.uid)


class UnitName(Dated):
    """What a unit was called from–to: full name, code, and its abbreviation in document symbols."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    code = models.CharField("mã", max_length=60)
    name = models.CharField("tên", max_length=250)
    symbol = models.CharField("ký hiệu văn bản", max_length=30, default="", blank=True)
    place = models.CharField("địa danh", max_length=80, default="", blank=True)
    sort_key = models.CharField(max_length=800)
    folded = models.CharField(max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["code"]),
            models.Index(fields=["folded"]),
            # The first names of a nation are read in their order, not sorted out of all.
            models.Index(name="unitname_in_order", fields=["sort_key", "unit"]),
        ]
        verbose_name = "tên đơn vị"

    def __str__(self) -> str:
        return self.name


class Placement(Dated):
    """Child under parent on one axis, from–to. A root has no parent. No two rows of a child overlap."""

    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="child_placements")
    axis = models.CharField(max_length=10, choices=Axis.choices, default=Axis.TERRITORY)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["parent", "axis"]), models.Index(fields=["child", "axis"])]
        verbose_name = "vị trí trong cây"

    def __str__(self) -> str:
        return f"{self.child_id} < {self.parent_id}"


class Closure(Dated):
    """Derived: descendant lies `depth` steps under ancestor on that axis, from–to (depth 0 = itself)."""

    # Placements hold the units; what is derived from them costs no second check and no index beside those below.
    ancestor = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    descendant = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    axis = models.CharField(max_length=10, choices=Axis.choices)
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [
            # A branch, and a way up, on any day are read from the index alone.
            models.Index(
                name="closure_branch",
                fields=["ancestor", "axis", "depth"],
                include=["valid_from", "valid_to", "descendant"],
            ),
            models.Index(
                name="closure_way_up",
                fields=["descendant", "axis", "depth"],
                include=["valid_from", "valid_to", "ancestor"],
            ),
        ]
        verbose_name = "bao đóng của cây"

    def __str__(self) -> str:
        return f"{self.descendant_id} -{self.depth}-> {self.ancestor_id}"


class TreeVersion(models.Model):
    """One row: a number drawn anew by every change of the tree, of a unit's kind or of its members.

    Whatever is derived from them and kept (arrays in a process, stored totals) names the number it was made from.
    It is drawn and not counted up, so that a change that was undone never lends its number to another one.
    """

    number = models.BigIntegerField()

    class Meta:
        verbose_name = "phiên bản cây tổ chức"

    def __str__(self) -> str:
        return str(self.number)


class Role(models.TextChoices):
    """What a post may do in its unit. Rights come from posts, never from persons."""

    BOARD = "board", "ban chấp hành"
    REPORTER = "reporter", "người lập báo cáo"
    APPROVER = "approver", "người duyệt"
    CLERK = "clerk", "văn thư"
    DESIGNER = "designer", "người thiết kế biểu mẫu"
    AUDITOR = "auditor", "người kiểm tra nhật ký"
    ADMINISTRATOR = "administrator", "quản trị"


# Whoever reads letters, reports and records; designers, auditors and administrators do not.
OFFICERS = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)


class Person(models.Model):
    """An officer: the little that is needed to reach the holder of a post. Members are never persons here."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    name = models.CharField("họ và tên", max_length=120)
    folded = models.CharField(max_length=150, default="", blank=True, editable=False)
    phone = models.CharField("điện thoại công vụ", max_length=30, default="", blank=True)
    email = models.EmailField("thư điện tử", default="", blank=True)

    class Meta:
        verbose_name = "cán bộ"

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A seat in a unit with its roles.

    `hand` is set while another post acts in place of this one (see `delegating`): it has then the roles that were
    given to it, and the log names both.
    """

    hand: Post | None = None
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("chức danh", max_length=160)
    folded = models.CharField(max_length=200, default="", blank=True, editable=False)
    roles = models.JSONField(default=list)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "chức danh"

    def __str__(self) -> str:
        return self.title

    @property
    def audit_id(self) -> str:
        return f"post:{self.uid}" + (f"/{self.hand.uid}" if self.hand else "")

    @property
    def doer(self) -> Post:
        """The post whose holder really acts: what two different people must do is measured by it."""
        return self.hand or self

    def has_role(self, *roles: Role) -> bool:
        """True if the post holds any of the roles."""
        return any(role in self.roles for role in roles)


class Appointment(Dated):
    """A person holds a post from–to. One holder at a time."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "phân công"

    def __str__(self) -> str:
        return f"{self.post_id} ← {self.person_id}"


class Handover(models.Model):
    """What a post had in hand when its holder's appointment was ended (see `handing_over`); nobody's name."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="handover")
    contents = models.JSONField("nội dung bàn giao", default=list)
    made_at = models.DateTimeField("lập lúc")

    class Meta:
        verbose_name = "bàn giao"

    def __str__(self) -> str:
        return str(self.appointment)


class Delegation(models.Model):
    """One post gives some of its roles to another of its unit, from one moment to another or until it is ended.

    It is between the two who held the posts then (`giver_held`, `taker_held`) and ends when either post changes
    hands.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations_taken")
    giver_held = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    taker_held = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    roles = models.JSONField(default=list)
    starts_at = models.DateTimeField("từ lúc")
    ends_at = models.DateTimeField("đến trước lúc")
    given_at = models.DateTimeField("lập lúc")
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="delegation_moments", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="delegation_to_another", condition=~Q(giver=F("taker"))),
        ]
        verbose_name = "ủy quyền"

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which it holds, if nobody ends it before."""
        return local_date(self.ends_at - dt.timedelta(seconds=1))


class Reorganisation(models.Model):
    """One decision that changes the tree on one day. `digest` knows the same file when it comes again."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    decision = models.CharField("số quyết định", max_length=80)
    title = models.CharField("trích yếu", max_length=300)
    day = models.DateField("có hiệu lực từ ngày")
    digest = models.CharField(max_length=64)
    rows = models.JSONField("nội dung", default=list)
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(name="reorganisation_once", fields=["decision", "day"])]
        verbose_name = "sự kiện tổ chức"

    def __str__(self) -> str:
        return f"{self.decision} {self.day:%d/%m/%Y}"


class Succession(models.Model):
    """A unit that ended or was divided, and one that takes over from it; itself, for what it keeps.

    Its share is `weight` over the sum of the weights of that predecessor in that event: exact, never a percentage.
    Rows with an `indicator` (its code) hold for that indicator in place of those without.
    """

    event = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    weight = models.PositiveIntegerField("phần", default=1)
    indicator = models.CharField("chỉ tiêu", max_length=60, default="", blank=True)

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="succession_once", fields=["event", "predecessor", "successor", "indicator"]
            ),
        ]
        verbose_name = "kế thừa"

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.weight})"


class ReorganisationWork(models.Model):
    """What one part of the program did for an event: which rows it made and changed, so that it can be undone.

    `journal`: see org.journal. Work on rows that carry no dates is done on the day of the event, not before.
    """

    event = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="work")
    part = models.CharField(max_length=40)
    journal = models.JSONField(default=dict)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [models.UniqueConstraint(name="reorganisationwork_once", fields=["event", "part"])]
        verbose_name = "việc của sự kiện tổ chức"

    def __str__(self) -> str:
        return f"{self.event_id} {self.part}"


class DayOverride(models.Model):
    """A swap day the calendar package does not know: a working Saturday, an extra day off."""

    day = models.DateField("ngày", unique=True)
    working = models.BooleanField("là ngày làm việc")
    note = models.CharField("lý do, nguồn", max_length=200)

    class Meta:
        ordering = ["day"]
        verbose_name = "ngày hoán đổi"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
