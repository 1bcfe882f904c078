"""Real names: the administrative divisions before and after 1 July 2025 as files of the ordinary commands.

Reads the data of the package `vietnamadminunits` (an extra, requirements/names.in) without running any of it. Its
table says for every former commune which new one takes it; where a commune was divided, the one it marks as the
main one. Names are made into those of trade unions; a federation replaces them by its own.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from nhipcau.core import csvs
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.org.event_file import OPTIONAL as EVENT_OPTIONAL
from nhipcau.org.event_file import REQUIRED as EVENT_REQUIRED
from nhipcau.org.importing import OPTIONAL, REQUIRED

PACKAGE = "vietnamadminunits"
DAY = dt.date(2025, 7, 1)
NATION = "VN"
Row = dict[str, str]


@dataclass(frozen=True)
class Divisions:
    """What the package says. Keys are its own: "tinhhaiduong", "tinhhaiduong_huyennamsach_xaandien"."""

    old: list[Row]
    new: list[Row]
    provinces: Mapping[str, list[str]]
    whole: Mapping[str, Mapping[str, list[str]]]
    divided: Mapping[str, Mapping[str, list[Mapping[str, object]]]]


def divisions(folder: Path | None = None) -> Divisions:
    """The data of the installed package, or of that folder. NotFound says how to install it."""
    if folder is None:
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise NotFound(
                Said(
                    f"Chưa cài gói {PACKAGE}: .venv/bin/pip install --require-hashes -r requirements/names.txt",
                    f"The package {PACKAGE} is not installed: .venv/bin/pip install --require-hashes -r "
                    "requirements/names.txt",
                )
            )
        folder = Path(spec.submodule_search_locations[0]) / "data"
    map_ = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    whole, divided = map_["DICT_PROVINCE_WARD_NO_DIVIDED"], map_["DICT_PROVINCE_WARD_DIVIDED"]
    with sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True) as data:
        data.row_factory = sqlite3.Row
        old = [dict(row) for row in data.execute("SELECT DISTINCT * FROM admin_units_legacy ORDER BY wardCode")]
        new = [dict(row) for row in data.execute("SELECT DISTINCT * FROM admin_units ORDER BY wardCode")]
    return Divisions(old, new, map_["DICT_PROVINCE"], whole, divided)


def before_csv(found: Divisions, start: dt.date) -> str:
    """The tree up to 30 June 2025, for `org import`: nation, provinces, districts, communes."""
    rows = [{"code": NATION, "name": "Tổng Liên đoàn Lao động Việt Nam", "kind": "confederation", "parent": ""}]
    seen: set[str] = set()
    for row in found.old:
        for code, name, kind, above in (
            (_province(row), f"Liên đoàn Lao động {_lower(row['province'])}", "province", NATION),
            (_district(row), f"Liên đoàn Lao động {_lower(row['district'])}", "district", _province(row)),
            (_commune(row), f"Công đoàn {_lower(row['ward'] or '')}", "commune", _district(row)),
        ):
            if code and code not in seen:
                seen.add(code)
                rows.append({"code": code, "name": name, "kind": kind, "parent": above})
    return csvs.table((*REQUIRED, *OPTIONAL), (row | {"from": start.isoformat()} for row in rows))


def event_csv(found: Divisions) -> str:
    """What 1 July 2025 did to that tree, for `org reorganise`: districts end, the others become new ones."""
    return csvs.table((*EVENT_REQUIRED, *EVENT_OPTIONAL), _event(found))


def _event(found: Divisions) -> Iterator[Row]:
    yield {"action": "event", "code": "202/2025/QH15", "name": "Sắp xếp đơn vị hành chính", "day": DAY.isoformat()}
    old = {row["provinceKey"]: row for row in found.old}
    new = {row["provinceKey"]: row for row in found.new}
    stay = {key: parts[0] for key, parts in found.provinces.items() if len(parts) == 1}
    code_of = {
        key: _province(old[stay[key]]) if key in stay else f"T25.{row['provinceCode']}" for key, row in new.items()
    }
    for key, row in new.items():
        if key not in stay:
            name = f"Liên đoàn Lao động {_lower(row['province'])}"
            yield {"action": "thanh-lap", "code": code_of[key], "name": name, "kind": "province", "parent": NATION}
            for part in found.provinces[key]:
                yield {"action": "cham-dut", "code": _province(old[part]), "successor": code_of[key]}
    for row in found.new:
        name, above = f"Công đoàn {_lower(row['ward'])}", code_of[row["provinceKey"]]
        yield {"action": "thanh-lap", "code": _new(row), "name": name, "kind": "commune", "parent": above}
    yield from _ends(found)


def _ends(found: Divisions) -> Iterator[Row]:
    heirs = _heirs(found)
    districts = dict.fromkeys(_district(row) for row in found.old)
    yield from ({"action": "giai-the", "code": code} for code in districts)
    for row in (one for one in found.old if one["wardCode"]):
        heir = heirs.get("_".join((row["provinceKey"], row["districtKey"], row["wardKey"])), "")
        yield {"action": "cham-dut", "code": _commune(row), "successor": heir}


def _heirs(found: Divisions) -> dict[str, str]:
    """By key of a former commune, the code of the new one that takes it, or most of it."""
    codes = {(row["provinceKey"], row["wardKey"]): _new(row) for row in found.new}
    heirs: dict[str, str] = {}
    for province, wards in found.whole.items():
        for ward, parts in wards.items():
            heirs |= dict.fromkeys(parts, codes.get((province, ward), ""))
    for province, communes in found.divided.items():
        for former, pieces in communes.items():
            main = next((str(one["newWardKey"]) for one in pieces if one["isDefaultNewWard"]), "")
            heirs[former] = codes.get((province, main), "")
    return heirs


def _province(row: Row) -> str:
    return f"T{row['provinceCode']}"


def _district(row: Row) -> str:
    return f"H{row['districtCode']}"


def _commune(row: Row) -> str:
    """ "" for an island district, which has none."""
    return f"X{row['wardCode']}" if row["wardCode"] else ""


def _new(row: Row) -> str:
    return f"X25.{row['wardCode']}"


def _lower(name: str) -> str:
    """ "Thành phố Hà Nội" → "thành phố Hà Nội", as it stands within a name."""
    return name[:1].lower() + name[1:]
