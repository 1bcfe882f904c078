"""Who did what, so that the half-year adds up to the totals of the real report the demonstration follows.

Every row is one activity of one unit. No total stands here: they come out of consolidation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from nhipcau.demo.federation import PROVINCE, units

# Three local unions never report, so that the coverage of the demonstration has a gap to name.
SILENT_LOCALS = ("KCN.38", "KCN.39", "KCN.40")
LATE_LOCAL, FAULTY_LOCAL = "KCN.36", "KCN.37"


@dataclass(frozen=True)
class Done:
    """One activity. `partners` are outside bodies; `partner_units` are codes of units."""

    unit: str
    kind: str
    on: dt.date
    values: dict[str, int]
    facets: dict[str, str] = field(default_factory=dict)
    title: str = ""
    partners: tuple[str, ...] = ()
    partner_units: tuple[str, ...] = ()


def day(month: int, number: int) -> dt.date:
    """A day of 2018."""
    return dt.date(2018, month, number)


def activities() -> list[Done]:
    """Everything the federation did in the half-year, in no particular order."""
    local = [u.code for u in units() if u.kind == "local" and u.code not in SILENT_LOCALS]
    return [
        *_tet(), *_houses(), *_workers_month(local[:278]), *_children(local[267:327]), *_twin_and_loans(),
        *_dialogues(local[:76]), *_supervision(), *_training(local),
    ]  # fmt: skip


def _tet() -> Iterator[Done]:
    values = {"gifts": 816, "money": 534_250_000}
    yield Done(PROVINCE, "qua_tet", day(2, 6), values, title="Chương trình Tết sum vầy của Liên đoàn Lao động tỉnh")


def _houses() -> Iterator[Done]:
    each = 30_000_000
    for code, number in (("H01", 1), ("H02", 1), ("H03", 2), ("H04", 2), ("XD", 1), ("KCN", 1)):
        yield Done(code, "mai_am", day(4, 20), {"houses": number, "money": number * each}, {"fund": "quy"})
    yield Done("H05", "mai_am", day(5, 15), {"houses": 1, "money": each}, {"fund": "van_dong"})


def _workers_month(local: list[str]) -> Iterator[Done]:
    upper = [f"H{n:02d}" for n in range(1, 11)]
    for code in upper:
        values = {"gifts": 14, "money": 14 * 500_000}
        yield Done(code, "qua_thang_cong_nhan", day(5, 8), values, {"giver": "upper"})
    for code in ("GD", "YT", "VC", "XD", "CN", "KCN"):
        values = {"gifts": 10, "money": 10 * 500_000}
        yield Done(code, "qua_thang_cong_nhan", day(5, 9), values, {"giver": "upper"})
    for number, code in enumerate(local):
        # 278 unions give two gifts each; the first 166 spend a little more than the rest
        money = 792_700 if number < 166 else 792_600
        on = day(5, 1 + number % 28)
        yield Done(code, "qua_thang_cong_nhan", on, {"gifts": 2, "money": money}, {"giver": "local"})


def _children(local: list[str]) -> Iterator[Done]:
    for number, code in enumerate(local):
        values = {"gifts": 4, "money": 1_200_000}
        yield Done(code, "qua_con_doan_vien", day(6, 1 + number % 5), values, title="Ngày Quốc tế Thiếu nhi")


def _twin_and_loans() -> Iterator[Done]:
    yield Done("VC", "qua_xa_ket_nghia", day(2, 9), {"gifts": 20, "money": 5_000_000})
    for code, number, money in (
        ("H06", 1, 10_000_000), ("H07", 1, 10_000_000), ("H08", 1, 10_000_000),
        ("H09", 2, 25_000_000), ("H10", 2, 25_000_000),
    ):  # fmt: skip
        yield Done(code, "vay_von", day(3, 22), {"loans": number, "money": money})


def _dialogues(local: list[str]) -> Iterator[Done]:
    for number, code in enumerate(local):
        yield Done(
            code, "doi_thoai", day(3 + number % 3, 5 + number % 20), {"sessions": 1}, title="Đối thoại định kỳ"
        )


def _supervision() -> Iterator[Done]:
    for number in range(5):
        facets = {"target": "enterprise", "joint": "labour_office"}
        yield _inspection(PROVINCE, day(3, 12 + number), facets, "Sở Lao động tỉnh Sông Lam")
    for number in range(16):
        facets = {"target": "enterprise" if number < 10 else "office", "joint": "council"}
        partner = (f"H{number % 10 + 1:02d}",)
        yield _inspection(PROVINCE, day(4, 3 + number), facets, "Hội đồng nhân dân tỉnh Sông Lam", partner)
    alone = [f"H{number % 10 + 1:02d}" for number in range(20)] + ["GD", "YT", "VC"]
    for number, code in enumerate(alone):
        facets = {"target": "enterprise" if number < 20 else "office", "joint": "own"}
        yield _inspection(code, day(5, 2 + number), facets)


def _inspection(
    unit: str, on: dt.date, facets: dict[str, str], partner: str = "", partner_units: tuple[str, ...] = ()
) -> Done:
    partners = (partner,) if partner else ()
    return Done(unit, "giam_sat", on, {"units": 1}, facets, partners=partners, partner_units=partner_units)


def _training(local: list[str]) -> Iterator[Done]:
    for number, code in enumerate(local):
        values = {"sessions": 1, "attended": 20 + number * 7 % 61}
        yield Done(code, "tap_huan", day(6, 4 + number % 17), values, title="Tuyên truyền phòng chống ma túy")
