"""The invented federation of Sông Lam: one province, ten districts, six sector unions, 330 local unions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.core.csvs import as_text

PROVINCE = "SL"
START = "2013-01-01"
DISTRICTS = (
    "Cát Hà", "Đông Lĩnh", "Hòa Vân", "Kim Bằng", "Long Thượng",
    "Mỹ Ngạn", "Phú Điền", "Tân Lộc", "Thượng Sa", "Vĩnh Khê",
)  # fmt: skip
SECTORS = (
    ("GD", "Công đoàn ngành Giáo dục tỉnh Sông Lam", "CĐGD"),
    ("YT", "Công đoàn ngành Y tế tỉnh Sông Lam", "CĐYT"),
    ("VC", "Công đoàn Viên chức tỉnh Sông Lam", "CĐVC"),
    ("XD", "Công đoàn ngành Xây dựng tỉnh Sông Lam", "CĐXD"),
    ("CN", "Công đoàn Tổng công ty Cấp nước Sông Lam", "CĐCN"),
)
ZONES = ("KCN", "Công đoàn các khu công nghiệp tỉnh Sông Lam", "CĐKCN")
# Parts of the provincial office; they are no unions and are not among the units that report.
DEPARTMENTS = (
    ("SL.CSPL", "Ban Chính sách pháp luật"),
    ("SL.VP", "Văn phòng"),
    ("SL.TC", "Ban Tài chính"),
)
PER_DISTRICT, PER_SECTOR, IN_ZONES = 22, 14, 40

_KINDS = {
    "district": ("Công ty May", "Xí nghiệp Gạch", "Trường Tiểu học", "Công ty Chế biến gỗ", "Hợp tác xã Vận tải",
                 "Trường Trung học cơ sở", "Công ty Giày da", "Trạm Thủy nông", "Công ty Bao bì"),
    "GD": ("Trường Trung học phổ thông", "Trường Mầm non", "Trung tâm Giáo dục thường xuyên"),
    "YT": ("Bệnh viện Đa khoa", "Trung tâm Y tế", "Trạm Kiểm nghiệm"),
    "VC": ("Văn phòng Sở", "Trung tâm Lưu trữ", "Bảo tàng"),
    "XD": ("Công ty Xây lắp", "Công ty Bê tông", "Công ty Cầu đường"),
    "CN": ("Nhà máy Nước", "Đội Thi công", "Phân xưởng Lắp đặt"),
    "KCN": ("Công ty Điện tử", "Công ty Dệt", "Công ty Cơ khí", "Công ty Nhựa", "Công ty Thực phẩm"),
}  # fmt: skip
_FIRST = ("An", "Bình", "Cẩm", "Đại", "Gia", "Hải", "Khánh", "Lạc", "Minh", "Ngọc", "Phước")
_SECOND = ("Hưng", "Thịnh", "Sơn", "Giang", "Phong", "Lâm", "Thành", "Vinh")


@dataclass(frozen=True)
class DemoUnit:
    """One row of the tree."""

    code: str
    name: str
    kind: str
    parent: str
    symbol: str
    place: str
    members: int


def units() -> list[DemoUnit]:
    """All 347 units, superiors first, always the same."""
    province = DemoUnit(PROVINCE, "Liên đoàn Lao động tỉnh Sông Lam", "province", "", "LĐLĐ", "Sông Lam", 0)
    return [province, *_middle(), *_local()]


def _middle() -> Iterator[DemoUnit]:
    for number, name in enumerate(DISTRICTS, start=1):
        full = f"Liên đoàn Lao động huyện {name}"
        yield DemoUnit(f"H{number:02d}", full, "district", PROVINCE, "LĐLĐ", name, 0)
    for code, name, symbol in SECTORS:
        yield DemoUnit(code, name, "sector", PROVINCE, symbol, "Sông Lam", 0)
    code, name, symbol = ZONES
    yield DemoUnit(code, name, "industrial_zones", PROVINCE, symbol, "Sông Lam", 0)


def _local() -> Iterator[DemoUnit]:
    sizes = [(f"H{n:02d}", "district", place, PER_DISTRICT) for n, place in enumerate(DISTRICTS, start=1)]
    sizes += [(code, code, "Sông Lam", PER_SECTOR) for code, _, _ in SECTORS]
    sizes += [(ZONES[0], ZONES[0], "Sông Lam", IN_ZONES)]
    for parent, names, place, count in sizes:
        for number in range(1, count + 1):
            yield DemoUnit(
                code=f"{parent}.{number:02d}",
                name=f"Công đoàn cơ sở {_name(names, number)}" + (f" {place}" if names == "district" else ""),
                kind="local",
                parent=parent,
                symbol="CĐCS",
                place=place,
                members=18 + (number * 37 + len(place) * 11) % 240,
            )


def _name(kind: str, number: int) -> str:
    what = _KINDS[kind][number % len(_KINDS[kind])]
    return f"{what} {_FIRST[number % len(_FIRST)]} {_SECOND[(number // 2) % len(_SECOND)]}"


def as_csv() -> bytes:
    """The tree as a file of the ordinary import."""
    head = ("code", "name", "kind", "parent", "from", "symbol", "place", "members")
    rows = (
        (one.code, one.name, one.kind, one.parent, START, one.symbol, one.place, one.members) for one in units()
    )
    return as_text([head, *rows]).encode()


def departments_csv() -> bytes:
    """The departments as a file of the same import."""
    rows = ((code, name, "department", PROVINCE, START) for code, name in DEPARTMENTS)
    return as_text([("code", "name", "kind", "parent", "from"), *rows]).encode()
