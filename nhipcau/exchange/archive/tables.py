"""The plain tables of the archive: each is one query within the scope, row after row."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.activities.queries import visible_activities
from nhipcau.campaigns.models import CampaignSession
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.core.said import Said
from nhipcau.documents.models import Direction, RegisterEntry
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.rights import reads_contents
from nhipcau.exchange.archive.further import FURTHER
from nhipcau.exchange.archive.parts import CHUNK, Row, Table, moment, path_of, plain
from nhipcau.org.models import Appointment, Placement, Post, UnitName
from nhipcau.org.scope import Scope
from nhipcau.tasks.queries import visible_assignments, visible_tasks


def _names(scope: Scope) -> Iterator[Row]:
    rows = UnitName.objects.filter(scope.own_or_below("unit")).select_related("unit__kind")
    for name in rows.order_by("unit", "valid_from").iterator(CHUNK):
        unit = name.unit
        yield [unit.uid, name.code, name.name, unit.kind.code, unit.members, name.symbol, name.place,
               name.valid_from, name.valid_to or ""]  # fmt: skip


def _places(scope: Scope) -> Iterator[Row]:
    rows = Placement.objects.filter(scope.own_or_below("child")).select_related("child", "parent")
    for one in rows.order_by("child", "axis", "valid_from").iterator(CHUNK):
        yield [one.child.uid, one.parent.uid if one.parent else "", one.axis, one.valid_from, one.valid_to or ""]


def _posts(scope: Scope) -> Iterator[Row]:
    held = dict(Appointment.objects.at(scope.day).values_list("post", "person__name"))
    rows = Post.objects.filter(scope.own_or_below("unit")).select_related("unit")
    for post in rows.order_by("unit", "pk").iterator(CHUNK):
        yield [post.uid, post.unit.uid, post.title, " ".join(post.roles), held.get(post.pk, ""), post.valid_from,
               post.valid_to or ""]  # fmt: skip


def _activities(scope: Scope) -> Iterator[Row]:
    for one in visible_activities(scope).prefetch_related("evidence__file").iterator(CHUNK):
        papers = " ".join(path_of(paper.file) for paper in one.evidence.all())
        yield [one.uid, one.unit.uid, one.type.code, one.held_on, one.place, one.title, plain(one.values),
               plain(one.facets), one.paper_location, one.state, moment(one.recorded_at), papers]  # fmt: skip


def _documents(scope: Scope) -> Iterator[Row]:
    for one in visible_documents(scope).select_related("unit", "original").order_by("pk").iterator(CHUNK):
        yield [one.uid, one.unit.uid, one.direction, one.state, one.doc_type, one.number, one.issuer,
               one.dated or "", one.received_on or "", one.subject, "; ".join(one.addressees),
               "; ".join(one.recipients), one.signer_authority, one.signer_title, one.signer_name,
               one.original_name, path_of(one.original)]  # fmt: skip


def _registers(scope: Scope) -> Iterator[Row]:
    if not reads_contents(scope):
        return
    rows = RegisterEntry.objects.filter(scope.own_or_below("register__unit"))
    others = rows.exclude(register__unit=scope.unit).exclude(document__isnull=False)
    rows = rows.exclude(pk__in=others.filter(register__direction=Direction.PETITION).values("pk"))
    for one in (
        rows.select_related("register__unit", "document").order_by("register", "number", "suffix").iterator(CHUNK)
    ):
        book = one.register
        yield [book.unit.uid, book.direction, book.year, book.series, one.number, one.suffix,
               one.document.uid if one.document else "", moment(one.entered_at), one.void_reason,
               one.petition_on or "", one.dispatched_on or "", one.note]  # fmt: skip


def _tasks(scope: Scope) -> Iterator[Row]:
    for one in visible_tasks(scope).order_by("pk").iterator(CHUNK):
        yield [one.uid, one.issued_by.uid, one.title, one.due or "", one.late_after or "",
               one.letter.uid if one.letter else "", one.obligation.document.uid, one.obligation.text,
               moment(one.created_at)]  # fmt: skip


def _assignments(scope: Scope) -> Iterator[Row]:
    rows = visible_assignments(scope).select_related("task", "unit").prefetch_related("evidence__file")
    for one in rows.order_by("pk").iterator(CHUNK):
        papers = " ".join(path_of(paper.file) for paper in one.evidence.all())
        yield [one.uid, one.task.uid, one.unit.uid, one.role, one.state, one.due or "",
               moment(one.acknowledged_at), moment(one.done_at), one.done_note, papers]  # fmt: skip


def _campaigns(scope: Scope) -> Iterator[Row]:
    for one in visible_campaigns(scope).order_by("pk").iterator(CHUNK):
        yield [one.uid, one.unit.uid, one.name, one.purpose, one.first_day, one.last_day, one.state]


def _sessions(scope: Scope) -> Iterator[Row]:
    rows = CampaignSession.objects.filter(
        campaign__in=visible_campaigns(scope).order_by().values("pk"),
        activity__in=visible_activities(scope).order_by().values("pk"),
    )
    yield from rows.order_by("pk").values_list("campaign__uid", "activity__uid").iterator(CHUNK)


TABLES: tuple[Table, ...] = (
    Table("units.csv", Said("Đơn vị: mã, tên, loại, số đoàn viên, mỗi tên một dòng theo ngày.",
                            "Units: code, name, kind, members, a row for each name with its dates."),
          ["unit", "code", "name", "kind", "members", "symbol", "place", "from", "to"], _names),
    Table("placements.csv", Said("Đơn vị nào trực thuộc đơn vị nào, từ ngày, đến trước ngày.",
                                 "Which unit lay under which, from a day up to another."),
          ["unit", "parent", "axis", "from", "to"], _places),
    Table("posts.csv", Said("Chức danh, quyền, người đang giữ; không có điện thoại, thư điện tử, mật khẩu.",
                            "Posts, roles, who holds them. No telephone, mail address, account or password."),
          ["post", "unit", "title", "roles", "holder", "from", "to"], _posts),
    Table("activities.csv", Said("Hoạt động đã ghi, kể cả đã rút; số liệu là số nguyên đã nhân theo số thập phân.",
                                 "Recorded activities, withdrawn ones too; values are scaled integers."),
          ["activity", "unit", "type", "held_on", "place", "title", "values", "facets", "paper_location", "state",
           "recorded_at", "evidence"], _activities),
    Table("documents.csv", Said("Văn bản đến, đi, bản sao; «original» là tệp gốc trong thư mục files.",
                                "Letters in and out, copies; “original” is the original under files."),
          ["document", "unit", "direction", "state", "type", "number", "issuer", "dated", "received_on", "subject",
           "addressees", "recipients", "signer_authority", "signer_title", "signer_name", "original_name",
           "original"], _documents),
    Table("registers.csv", Said("Các dòng sổ đăng ký, kể cả số đã hủy.", "Lines of the registers, voids too."),
          ["unit", "direction", "year", "series", "number", "suffix", "document", "entered_at", "void_reason",
           "petition_on", "dispatched_on", "note"], _registers),
    Table("tasks.csv", Said("Nhiệm vụ đã giao.", "Tasks handed out."),
          ["task", "issued_by", "title", "due", "late_after", "letter", "document", "obligation", "created_at"],
          _tasks),
    Table("assignments.csv", Said("Nhiệm vụ tại từng đơn vị: tiếp nhận, hoàn thành, minh chứng.",
                                  "Tasks at each unit: acknowledged, done, evidence."),
          ["assignment", "task", "unit", "role", "state", "due", "acknowledged_at", "done_at", "note", "evidence"],
          _assignments),
    Table("campaigns.csv", Said("Chiến dịch.", "Campaigns."),
          ["campaign", "unit", "name", "purpose", "first_day", "last_day", "state"], _campaigns),
    Table("campaign_sessions.csv", Said("Hoạt động nào là buổi của chiến dịch nào.",
                                        "Which activity is a session of which campaign."),
          ["campaign", "activity"], _sessions),
    *FURTHER,
)  # fmt: skip
