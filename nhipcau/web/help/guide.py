"""The first steps of a post: a short list by the kind of work, each step seen done in what is really there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse

from nhipcau.access.models import Account
from nhipcau.activities.models import Activity
from nhipcau.core.clock import VN
from nhipcau.core.once import once
from nhipcau.core.said import Said
from nhipcau.documents.models import Document, DocumentState, Register
from nhipcau.org.asking import which
from nhipcau.org.models import OFFICERS, Appointment, Axis, Post, Role, Unit
from nhipcau.org.queries import has_below, parent_of, unions_below
from nhipcau.org.scope import Scope
from nhipcau.org.vacancies import vacant_posts
from nhipcau.reports.models import IssuedReport, Submission, SubmissionState, TemplateVersion
from nhipcau.tasks.models import Assignment, AssignmentState, Task

_SENT = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)


@dataclass(frozen=True)
class Step:
    """What to do, why, on which page; `rows` are its trace in the unit's own records, or what is `left` of it."""

    key: str
    title: Said
    why: Said
    page: str
    rows: Callable[[Scope], QuerySet[Any]]
    left: bool = False

    @property
    def url(self) -> str:
        return reverse(self.page)


def _reachable(scope: Scope) -> QuerySet[Account]:
    """Somebody who holds the post can be written to."""
    now = Appointment.objects.filter(post=scope.post.pk, valid_from__lte=scope.day)
    return Account.objects.filter(person__appointments__in=now).exclude(person__email="")


@once
def _begun(scope: Scope) -> dt.datetime:
    """When whoever holds the post took it: what a predecessor did teaches a new officer nothing."""
    held = Appointment.objects.at(scope.day).filter(post=scope.post.pk)
    day = held.aggregate(first=Min("valid_from"))["first"] or scope.day
    return dt.datetime.combine(day, dt.time.min, VN)


def _took(scope: Scope) -> QuerySet[Assignment]:
    since = Q(acknowledged_at=None) | Q(acknowledged_at__gte=_begun(scope))
    return Assignment.objects.filter(since, unit=scope.unit).exclude(state=AssignmentState.ASSIGNED)


def _recorded(scope: Scope) -> QuerySet[Activity]:
    return Activity.objects.filter(unit=scope.unit, recorded_at__gte=_begun(scope))


def _sent(scope: Scope) -> QuerySet[Submission]:
    sent = Submission.objects.filter(unit=scope.unit, state__in=_SENT)
    return sent.filter(submitted_at__gte=_begun(scope))


def _handed_out(scope: Scope) -> QuerySet[Task]:
    return Task.objects.filter(issued_by=scope.unit)


def _received(scope: Scope) -> QuerySet[Submission]:
    below = unions_below(scope.unit, scope.day).filter(axis=Axis.TERRITORY).values("child")
    return Submission.objects.filter(unit__in=below, state=SubmissionState.ACCEPTED)


def _vacant(scope: Scope) -> QuerySet[Post]:
    return vacant_posts(scope)


def _designed(scope: Scope) -> QuerySet[TemplateVersion]:
    return TemplateVersion.objects.all()


def _issued(scope: Scope) -> QuerySet[IssuedReport]:
    return IssuedReport.objects.filter(unit=scope.unit)


def _opened_book(scope: Scope) -> QuerySet[Register]:
    return Register.objects.filter(unit=scope.unit, year=scope.day.year)


def _confirmed(scope: Scope) -> QuerySet[Document]:
    return Document.objects.filter(unit=scope.unit, state=DocumentState.REGISTERED)


def _tree(scope: Scope) -> QuerySet[Unit]:
    return Unit.objects.exclude(pk=scope.unit.pk)


def _posts(scope: Scope) -> QuerySet[Post]:
    return Post.objects.exclude(unit=scope.unit)


_CONTACT = Step(
    "lien-he",
    Said("Ghi địa chỉ thư của bạn", "Give your mail address"),
    Said("Để được báo khi có việc đến hạn.", "So that you are told when work falls due."),
    "mail_choices",
    _reachable,
)
_TAKE = Step(
    "tiep-nhan",
    Said("Tiếp nhận việc được giao", "Acknowledge work handed to you"),
    Said("Một lần bấm; nơi giao thấy ngay là đơn vị đã nhận.", "One tap; whoever issued it sees it at once."),
    "home",
    _took,
)
_RECORD = Step(
    "ghi-hoat-dong",
    Said("Ghi hoạt động đầu tiên", "Record a first activity"),
    Said("Báo cáo tự lấy số từ đây, khỏi đếm lại cuối kỳ.", "Reports take their figures from here."),
    "activities:record",
    _recorded,
)
_SEND = Step(
    "gui-bao-cao",
    Said("Gửi báo cáo đầu tiên", "Send a first report"),
    Said("Kiểm tra số đã điền sẵn, giải thích chỗ lạ, gửi.", "Check what is filled in, explain, send."),
    "reports:mine",
    _sent,
)
_HAND_OUT = Step(
    "giao-viec",
    Said("Giao việc cho cấp dưới", "Hand work to the units below"),
    Said("Từ một văn bản đã vào sổ; theo dõi được đến từng đơn vị.", "From a registered letter; followed by unit."),
    "tasks:index",
    _handed_out,
)
_RECEIVE = Step(
    "nhan-bao-cao",
    Said("Tiếp nhận báo cáo cấp dưới", "Accept a report from below"),
    Said("Hoặc trả lại kèm lý do từng ô.", "Or return it with a reason for each cell."),
    "reports:queue",
    _received,
)
_SEATS = Step(
    "chuc-danh",
    Said("Phân công chức danh khuyết", "Fill the vacant posts"),
    Said("Nơi không có người thì không ai nhận được việc.", "Where nobody sits, nobody receives the work."),
    "org:vacancies",
    _vacant,
    left=True,
)
_TEMPLATE = Step(
    "bieu-mau",
    Said("Có biểu mẫu báo cáo", "Have a report template"),
    Said("Lấy mẫu có sẵn rồi sửa, hoặc nhập từ bảng tính.", "Begin from a ready one, or from a spreadsheet."),
    "help:start",
    _designed,
)
_ISSUE = Step(
    "phat-hanh",
    Said("Phát hành báo cáo tổng hợp đầu tiên", "Issue a first consolidated report"),
    Said("Trình ký, lấy số, đưa bản có dấu lên.", "For signature, number, upload the sealed copy."),
    "reports:consolidated_start",
    _issued,
)
_BOOK = Step(
    "mo-so",
    Said("Mở sổ đăng ký của năm", "Open this year's registers"),
    Said("Nối tiếp số đang dùng trong sổ giấy.", "Go on from the number that the paper register has reached."),
    "documents:books",
    _opened_book,
)
_CONFIRM = Step(
    "vao-so",
    Said("Đưa văn bản đầu tiên vào sổ", "Register a first letter"),
    Said("Máy đọc sẵn; bạn đối chiếu rồi xác nhận.", "The machine has read it; you compare and confirm."),
    "documents:upload",
    _confirmed,
)
_TREE = Step(
    "cay",
    Said("Nhập cây tổ chức", "Enter the tree of units"),
    Said("Từ tệp CSV, bằng lệnh «nhipcau org import».", "From a CSV file, by “nhipcau org import”."),
    "org:tree",
    _tree,
)
_POSTS = Step(
    "lap-chuc-danh",
    Said("Lập chức danh cho các đơn vị", "Make posts for the units"),
    Said("Quyền đi theo chức danh, không theo người.", "Rights come with the post, not with the person."),
    "org:posts",
    _posts,
)


@dataclass(frozen=True)
class Guide:
    """The list for one kind of work."""

    name: Said
    steps: tuple[Step, ...]


VOLUNTEER = Guide(Said("Công đoàn cơ sở", "Local union"), (_CONTACT, _TAKE, _RECORD, _SEND))
COMMUNE = Guide(Said("Công đoàn cấp trên cơ sở", "Level above"), (_CONTACT, _TAKE, _HAND_OUT, _RECEIVE, _SEATS))
PROVINCE = Guide(Said("Liên đoàn", "Federation"), (_CONTACT, _CONFIRM, _HAND_OUT, _TEMPLATE, _RECEIVE, _ISSUE))
CLERK = Guide(Said("Văn thư", "Clerk"), (_CONTACT, _BOOK, _CONFIRM))
ADMINISTRATOR = Guide(Said("Quản trị", "Administrator"), (_CONTACT, _TREE, _POSTS, _SEATS))
NONE = Guide(Said("Chức danh khác", "Another post"), (_CONTACT,))
GUIDES = (VOLUNTEER, COMMUNE, PROVINCE, CLERK, ADMINISTRATOR, NONE)


def guide_of(scope: Scope) -> Guide:
    """By what the post does, then by where its unit stands."""
    if scope.post.has_role(Role.ADMINISTRATOR):
        return ADMINISTRATOR
    if not scope.post.has_role(*OFFICERS):
        return NONE
    if not scope.post.has_role(Role.BOARD, Role.REPORTER, Role.APPROVER):
        return CLERK
    if not has_below(scope.unit, scope.day):
        return VOLUNTEER
    return COMMUNE if parent_of(scope.unit, scope.day) else PROVINCE


def progress(scope: Scope) -> list[tuple[Step, bool]]:
    """The steps of the acting post, each with whether it is done."""
    steps = guide_of(scope).steps
    there = which(scope, {step.key: [step.rows(scope)] for step in steps})
    return [(step, (step.key in there) != step.left) for step in steps]
