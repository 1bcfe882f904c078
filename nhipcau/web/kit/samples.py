"""Invented data for the style guide."""

from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.numbers import MISSING, Cell, CellState
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.totals.coverage import Coverage
from nhipcau.web import charts
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.grid import Grid, GridRow, RowKind, RowMessage, Severity
from nhipcau.web.org.tree import Node
from nhipcau.web.reports.drill import Part
from nhipcau.web.sections import WorkItem

NOBODY = uuid.UUID(int=0)  # no unit has it


class SampleForm(PageForm):
    """One field of each sort."""

    subject = forms.CharField(
        label=gettext_lazy("Tên hoạt động"), help_text=gettext_lazy("Ngắn gọn, như trong kế hoạch.")
    )
    day = DayField(label=gettext_lazy("Ngày tổ chức"), help_text=gettext_lazy("Ngày trước, tháng sau: 05/11/2026."))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại hoạt động"),
        choices=[("talk", gettext_lazy("Tuyên truyền pháp luật")), ("safety", gettext_lazy("Kiểm tra an toàn"))],
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Cách tổ chức"),
        choices=[("own", gettext_lazy("Tự tổ chức")), ("joint", gettext_lazy("Phối hợp"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sure = forms.BooleanField(label=gettext_lazy("Tôi đã đối chiếu với sổ sách"), required=False)


def sample_form() -> SampleForm:
    """Bound, with two mistakes."""
    return SampleForm({"subject": "", "day": "31/02/2026", "kind": "talk", "mode": "own"})


def columns() -> list[dict[str, object]]:
    """Columns of the sample table."""
    return [
        {"label": _("Đơn vị")},
        {"label": _("Tình trạng")},
        {"label": _("Lượt người"), "numeric": True},
        {"label": _("Số tiền (đồng)"), "numeric": True},
    ]


def rows() -> list[list[str]]:
    """Rows of the sample table: a value, a zero, a missing figure and one that does not apply."""
    return [
        ["Công đoàn cơ sở Công ty May Hải Âu", _("đã tiếp nhận"), "1.240", "72.000.000"],
        ["Công đoàn cơ sở Trường Tiểu học Hải Long", _("đã gửi"), "0", "x"],
        ["Công đoàn cơ sở Xí nghiệp Gạch Sơn Ca", _("chưa gửi"), "…", "…"],
    ]


def steps(moment: dt.datetime) -> list[dict[str, object]]:
    """A report on its way."""
    hour = dt.timedelta(hours=1)
    return [
        {"title": _("Đã lập"), "moment": moment - 30 * hour, "who": _("Chủ tịch công đoàn cơ sở"), "state": "done"},
        {
            "title": _("Bị trả lại"),
            "moment": moment - 6 * hour,
            "who": _("Công đoàn xã An Hải"),
            "note": _("Dòng 4: số tiền lớn hơn kỳ trước mười lần, hãy kiểm tra."),
            "state": "done",
        },
        {"title": _("Đang sửa"), "state": "now"},
        {"title": _("Tiếp nhận"), "state": "next"},
    ]


def work(day: dt.date, past: dt.date) -> list[WorkItem]:
    """A late item and one in time."""
    return [
        WorkItem(
            title=_("Báo cáo sáu tháng đầu năm 2026"),
            url="#viec",
            due=past,
            overdue=True,
            reason=_("văn bản ghi «trước ngày 20/5»"),
            source=_("Kế hoạch 12/KH-LĐLĐ của Liên đoàn Lao động tỉnh"),
            state=_("bị trả lại"),
            tone="bad",
            action=_("Sửa"),
        ),
        WorkItem(
            title=_("Tổ chức đối thoại tại nơi làm việc"),
            url="#viec",
            due=day,
            reason=_("cuối quý II"),
            state=_("chưa tiếp nhận"),
            tone="warn",
            action=_("Tiếp nhận"),
        ),
    ]


def grid() -> Grid:
    """A short form with every state of a row."""
    jump = RowMessage(Severity.WARNING, _("tăng gấp 10 lần kỳ trước (7.200.000 → 72.000.000 đồng)."))
    more = RowMessage(Severity.ERROR, _("số nữ (52) lớn hơn tổng số lượt (50)."))
    return Grid(
        caption=_("Hoạt động chăm lo sáu tháng đầu năm 2026"),
        save_url="/kieu-mau/luu-thu/",
        edits=1,
        previous_label=_("Kỳ trước"),
        target_label=_("Kế hoạch"),
        state=_("Chưa có thay đổi."),
        rows=[
            GridRow(_("Tuyên truyền, giáo dục"), kind=RowKind.HEADING, number="I"),
            GridRow(
                _("Lượt người dự"),
                "a",
                number="1",
                unit=_("lượt"),
                previous="48",
                target="60",
                value="50",
                source=_("từ 3 hoạt động đã ghi"),
                source_url="#nguon",
            ),
            GridRow(_("Trong đó: nữ"), "b", number="2", unit=_("lượt"), previous="30", value="52", messages=[more]),
            GridRow(_("Chăm lo"), kind=RowKind.HEADING, number="II"),
            GridRow(_("Suất quà đã trao"), "c", number="3", unit=_("suất"), previous="…", target="100"),
            GridRow(
                _("Số tiền"),
                "d",
                number="4",
                unit=_("đồng"),
                previous="7.200.000",
                value="72.000.000",
                money=True,
                words=_("bảy mươi hai triệu đồng"),
                messages=[jump],
            ),
            GridRow(
                _("Cộng lượt và suất"),
                "t",
                RowKind.COMPUTED,
                number="5",
                previous="48",
                value="50",
                sum_of=("a", "c"),
            ),
        ],
    )


def branches() -> list[Node]:
    """Units as the tree shows them: with units below, and without."""
    rows = [
        (_("Công đoàn xã An Hải"), "XA", 12),
        (_("Công đoàn phường Bình Sơn"), "XB", 1_240),
        ("Công đoàn cơ sở Trường Tiểu học Hải Long", "A2", 0),
    ]
    return [_Branch(Unit(uid=NOBODY), name, code, size, "") for name, code, size in rows]


class _Branch(Node):
    @property
    def opens(self) -> str:
        return reverse("styleguide")


def source(*, deeper: bool = False) -> dict[str, object]:
    """A figure with its parts; `deeper`: of one of them, where nothing is in yet."""
    covered = Coverage(expected=12, received=10, accepted=9, late=0, missing=2, members=640)
    parts = [
        Part(_("Công đoàn xã An Hải"), "1.240", f"{reverse('styleguide')}?phan=sau", "mau-nguon-sau", covered),
        Part(_("Công đoàn xã Đông Thành"), "*", "", "mau-nguon-che"),
        Part(_("Công đoàn xã Bình Sơn"), "…", "", "mau-nguon-trong"),
    ]
    return {
        "item": Indicator("qua", "Suất quà đã trao", "Gifts given", "suất"),
        "label": _("Suất quà đã trao"),
        "unit_name": _("Công đoàn xã An Hải"),
        "parts": [] if deeper else parts,
        "secret": not deeper,
    }


def drawings() -> dict[str, object]:
    """A trend with a gap, bars, and tiles."""
    months = [f"2026-{month:02d}" for month in range(1, 7)]
    values = {_("Quà tặng"): (12, 18, 25, None, 31, 40), _("Cuộc đối thoại"): (5, 5, 6, 9, 14, 12)}
    curves = [
        charts.Curve(name, [MISSING if one is None else Cell(CellState.VALUE, one) for one in row])
        for name, row in values.items()
    ]
    names = [_("Công đoàn xã An Hải"), _("Công đoàn xã Đông Thành"), _("Công đoàn xã Bình Sơn")]
    tones = (("✓", "done"), ("!", "late"), ("…", "going"))
    return {
        "trend": charts.trend(title=_("Diễn biến qua các kỳ"), curves=curves, periods=months),
        "bars": charts.bars(title=_("Độ phủ"), parts=[(_("Theo đơn vị"), "412/531", 412, 531)]),
        "tiles": [
            charts.tile(name=name, short=short, said=f"{n}/12", tone=tone, figure=f"{n}/12", share=(n, 12), url="")
            for name, short, tone, n in zip(
                names, charts.without_common_words(names), tones, (12, 7, 9), strict=True
            )
        ],
    }
