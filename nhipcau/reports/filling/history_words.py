"""What taking over figures of the years before says, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from nhipcau.core.clock import local_date
from nhipcau.core.numbers import Cell, format_cell
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.org.queries import name_of, names_of
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.models import SubmissionState

_NAMED = 5


def note(name: str, sha256: str, reason: str) -> str:
    """Where the figures of a report came from, kept with it."""
    why = f" Thay số liệu trước đó vì: {reason}" if reason else ""
    return f"Nhập từ tệp «{name}» (mã {sha256[:12]}).{why}"


def faulty(count: int) -> Said:
    """All or nothing."""
    return Said(f"Tệp có {count} chỗ không nhận được; chưa nhập gì.",
                f"The file has {count} places that cannot be taken; nothing was imported.")  # fmt: skip


def no_template(code: str) -> Said:
    """A code nobody knows."""
    return Said(f"Không có biểu mẫu «{code}».", f"There is no form «{code}».")


def not_over(period: Period) -> Said:
    """A period that still runs."""
    return Said(
        f"{period.label_vi} chưa kết thúc; số liệu của kỳ này do đơn vị báo cáo",
        f"{period.label_en} is not over yet; its figures are the units' to report",
    )


def reported(state: SubmissionState) -> Said:
    """The unit's own report stands there."""
    return Said(
        f"đơn vị đã có báo cáo kỳ này trên hệ thống ({state.label}) với số khác; số liệu cũ không thay báo cáo "
        "được. Hãy bỏ dòng này; số sai thì đơn vị lập bản điều chỉnh",
        f"the unit has a report for this period here ({state.value}) that says otherwise; old figures never "
        "replace a report. Leave the row out; the unit corrects what is wrong",
    )


def differs(item: Indicator, was: Cell, now: Cell) -> Said:
    """Another figure stands there."""
    before, after = (format_cell(cell, item.decimals) for cell in (was, now))
    return Said(
        f"«{item.label}» đang là {before}, tệp này ghi {after}; muốn thay, hãy nhập lại kèm lý do (--replace)",
        f"«{item.label}» stands as {before}, the file says {after}; to replace it import again with a reason "
        "(--replace)",
    )


def in_branch(owner: Unit, at: dt.datetime) -> Said:
    """Its figures are in a total already."""
    name = name_of(owner, local_date(at)).name
    return Said(
        f"số của đơn vị đã nằm trong số cả nhánh của «{name}» cùng kỳ; nhập nữa là cộng trùng",
        f"the unit's figures stand in the total of the branch of «{name}» for the period and would count twice",
    )


def twice(units: Iterable[int], at: dt.datetime) -> Said:
    """A total of a branch whose units have figures of their own."""
    names = sorted(names_of(units, local_date(at)).values(), key=lambda name: name.sort_key)
    listed = "; ".join(name.name for name in names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return Said(
        f"đây là số của cả nhánh, mà các đơn vị bên dưới đã có số riêng cùng kỳ ({listed}): cộng trùng. Hãy bỏ "
        "dòng này",
        f"this is the total of a branch whose units have figures of their own for the period ({listed}) and would "
        "count twice. Leave the row out",
    )
