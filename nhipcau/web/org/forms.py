"""A decision typed on the page: its head, and rows that are added one by one by what happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core import csvs
from nhipcau.org.event_file import OPTIONAL, REQUIRED, VERBS, verb_of
from nhipcau.org.importing import read_table
from nhipcau.org.models import Axis, UnitKind
from nhipcau.org.sheets import as_csv
from nhipcau.web.forms import PageForm

Rows = list[dict[str, str]]
COLUMNS = (*REQUIRED, *OPTIONAL)
FIRST_LINE = 3  # of the file that the rows make: line 1 names the columns, line 2 is the decision

# By legal name, the cells a person is asked for.
ASKED: Mapping[str, tuple[str, ...]] = {
    "thanh-lap": ("code", "name", "kind", "parent", "symbol", "place", "members", "axis"),
    "sap-nhap": ("code", "successor"),
    "hop-nhat": ("code", "successor"),
    "chia": ("code", "successor", "share", "indicator"),
    "tach": ("code", "successor", "share", "indicator"),
    "chuyen-giao": ("code", "parent", "axis"),
    "doi-ten": ("code", "name", "new_code", "symbol", "place"),
    "giai-the": ("code",),
    "cham-dut": ("code", "successor", "share", "indicator"),
}
LABELS = {
    "thanh-lap": _("Thành lập đơn vị mới"),
    "sap-nhap": _("Sáp nhập vào đơn vị đang có"),
    "hop-nhat": _("Hợp nhất thành đơn vị mới"),
    "chia": _("Chia thành các đơn vị mới"),
    "tach": _("Tách một phần sang đơn vị khác"),
    "chuyen-giao": _("Chuyển giao sang cấp trên khác"),
    "doi-ten": _("Đổi tên, đổi mã"),
    "giai-the": _("Giải thể"),
    "cham-dut": _("Chấm dứt hoạt động"),
}


class HeadForm(PageForm):
    """The decision itself."""

    so = forms.CharField(label=_("Số quyết định"), max_length=80)
    trich_yeu = forms.CharField(label=_("Trích yếu"), max_length=300)
    ngay = forms.CharField(label=_("Có hiệu lực từ ngày"), max_length=10, help_text=_("Ví dụ 01/07/2025."))


class VerbForm(PageForm):
    """What happens to a unit."""

    loai = forms.ChoiceField(label=_("Thêm một dòng"), choices=list(LABELS.items()))


class RowForm(PageForm):
    """The cells of one row; only those that the chosen name needs."""

    code = forms.CharField(label=_("Mã đơn vị"), max_length=60)
    name = forms.CharField(label=_("Tên"), max_length=250)
    new_code = forms.CharField(label=_("Mã mới"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Loại đơn vị"))
    parent = forms.CharField(label=_("Mã cấp trên"), max_length=60)
    successor = forms.CharField(label=_("Mã đơn vị kế thừa"), max_length=60)
    share = forms.CharField(label=_("Phần số liệu"), max_length=20, required=False)
    indicator = forms.CharField(
        label=_("Riêng cho chỉ tiêu"),
        max_length=60,
        required=False,
        help_text=_("Mã chỉ tiêu; trống là mọi chỉ tiêu."),
    )
    symbol = forms.CharField(label=_("Ký hiệu văn bản"), max_length=30, required=False)
    place = forms.CharField(label=_("Địa danh"), max_length=80, required=False)
    members = forms.CharField(label=_("Số đoàn viên"), max_length=12, required=False)
    axis = forms.ChoiceField(label=_("Trục"), choices=Axis.choices, required=False)

    def __init__(self, verb: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(ASKED[verb]):
            del self.fields[name]
        kind, share = self.fields.get("kind"), self.fields.get("share")
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(one.code, one.label) for one in UnitKind.objects.all()]
        if verb == "cham-dut":
            self.fields["successor"].required = False
        if share is not None and verb == "tach":
            share.help_text = _("Dạng 1/4 hoặc 25%; trống là số liệu ở lại đơn vị cũ.")
        elif share is not None:
            share.help_text = _("Số phần nguyên, ví dụ 2; trống là 1.")


def rows_of(data: bytes) -> Rows:
    """The rows of a CSV or XLSX file, empty cells left out, by the names the page uses."""
    table = read_table(as_csv(data), REQUIRED, OPTIONAL)
    found = []
    for cells in table:
        row = {name: " ".join(str(value).split()) for name, value in cells.items() if name in COLUMNS and value}
        if row:
            found.append(row | {"action": verb_of(row.get("action", ""))})
    return found


def as_file(rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as the text of a file, as `read_event` takes it."""
    return csvs.table(COLUMNS, rows)


def split_head(rows: Sequence[dict[str, str]]) -> tuple[dict[str, str], Rows]:
    """The cells of the decision as the head form names them, and the other rows."""
    heads = [row for row in rows if row["action"] == "event"]
    head = heads[0] if heads else {}
    asked = {"so": head.get("code", ""), "trich_yeu": head.get("name", ""), "ngay": head.get("day", "")}
    return asked, [row for row in rows if row["action"] != "event"]


def head_row(head: Mapping[str, str]) -> dict[str, str]:
    """The decision as a row of the file."""
    return {"action": "event", "code": head["so"], "name": head["trich_yeu"], "day": head["ngay"]}


def told(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows as a table shows them: what happens, to whom, to where, with which part."""
    return [
        {
            "verb": VERBS[row["action"]].label if row["action"] in VERBS else row["action"],
            "unit": " · ".join(row[name] for name in ("code", "name") if row.get(name)),
            "to": next((row[name] for name in ("successor", "parent", "new_code") if row.get(name)), ""),
            "share": " ".join(row[name] for name in ("share", "indicator") if row.get(name)),
        }
        for row in rows
        if row.get("action") != "event"
    ]
