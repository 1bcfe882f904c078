"""The commune unions of Sông Lam from 1 July 2025, all invented, and the file that puts them in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.core.csvs import table
from nhipcau.demo.federation import DISTRICTS, PER_DISTRICT, PROVINCE
from nhipcau.demo.scenes import NEW_TREE
from nhipcau.org.event_file import OPTIONAL, REQUIRED

DECISION, SUBJECT = "215/QĐ-LĐLĐ", "Kết thúc hoạt động mười công đoàn cấp huyện, thành lập công đoàn xã, phường"
# By district in the order of DISTRICTS; "P" is a phường, the others are xã.
NAMES = (
    ("P Cát Hà", "Cát Trầm", "Hà Sậy"), ("P Đông Lĩnh", "Lĩnh Quế", "Đông Ngô"),
    ("P Hòa Vân", "Vân Sim", "Hòa Gạo"),
    ("P Kim Bằng", "Bằng Lau", "Kim Chuối"), ("P Long Thượng", "Long Vải", "Thượng Me"), ("Mỹ Ngạn", "Ngạn Bưởi"),
    ("Phú Điền", "Điền Khế"), ("P Tân Lộc", "Lộc Mít"), ("Thượng Sa", "Sa Dừa"), ("P Vĩnh Khê", "Khê Nhãn"),
)  # fmt: skip


@dataclass(frozen=True)
class Commune:
    """A commune union, the district it follows and the local unions it takes over."""

    code: str
    name: str
    symbol: str
    place: str
    district: str
    locals: tuple[str, ...]


def communes() -> list[Commune]:
    """All 25, in the order of their districts; together they take over every local union of the districts."""
    made: list[Commune] = []
    for number, names in enumerate(NAMES, start=1):
        district = f"H{number:02d}"
        for place, name in enumerate(names):
            ward, bare = name.startswith("P "), name.removeprefix("P ")
            first, last = (PER_DISTRICT * step // len(names) for step in (place, place + 1))
            made.append(
                Commune(
                    code=f"X{len(made) + 1:02d}",
                    name=f"Công đoàn {'phường' if ward else 'xã'} {bare}",
                    symbol="CĐP" if ward else "CĐX",
                    place=bare,
                    district=district,
                    locals=tuple(f"{district}.{one:02d}" for one in range(first + 1, last + 1)),
                )
            )
    return made


def as_csv() -> bytes:
    """The decision as a file of the ordinary command; shares follow the number of local unions."""
    return table([*REQUIRED, *OPTIONAL], _rows()).encode()


def _rows() -> Iterator[dict[str, object]]:
    yield {"action": "event", "code": DECISION, "name": SUBJECT, "day": NEW_TREE.isoformat()}
    for number in range(1, len(DISTRICTS) + 1):
        yield {"action": "end", "code": f"H{number:02d}"}
    for one in communes():
        yield {
            "action": "begin", "code": one.code, "name": one.name, "kind": "commune", "parent": PROVINCE,
            "symbol": one.symbol, "place": one.place,
        }  # fmt: skip
        for local in one.locals:
            yield {"action": "move", "code": local, "parent": one.code}
        yield {"action": "succeed", "code": one.district, "successor": one.code, "share": len(one.locals)}
