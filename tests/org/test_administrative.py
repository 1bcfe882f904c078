"""The real divisions become two files: the tree before 1 July 2025, and what that day did to it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path

import pytest

from nhipcau.core.errors import NotFound
from nhipcau.org.actions import import_tree
from nhipcau.org.administrative import DAY, before_csv, divisions, event_csv
from nhipcau.org.event_file import read_event
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Succession
from nhipcau.org.queries import children_of, find_unit, name_of
from nhipcau.org.reorganising import reorganise
from tests.cast import NOW, SETUP

OLD = [  # two provinces that unite, and one that stays; all names invented
    ("Tỉnh An", "an", "01", "Huyện Bắc", "bac", "001", "Xã Một", "mot", "00001"),
    ("Tỉnh An", "an", "01", "Huyện Bắc", "bac", "001", "Xã Hai", "hai", "00002"),
    ("Tỉnh Bình", "binh", "02", "Huyện Nam", "nam", "002", "Xã Ba", "ba", "00003"),
    ("Thành phố Cảng", "cang", "03", "Quận Đông", "dong", "003", "Phường Bốn", "bon", "00004"),
    ("Thành phố Cảng", "cang", "03", "Huyện Đảo", "dao", "004", None, None, None),  # an island without communes
]
NEW = [
    ("Tỉnh Bình", "binh", "02", "Xã Mới", "moi", "00001"),
    ("Tỉnh Bình", "binh", "02", "Xã Ba", "ba", "00003"),
    ("Thành phố Cảng", "cang", "03", "Phường Bốn", "bon", "00004"),
]
NEW_COLUMNS = ["province", "provinceKey", "provinceCode", "ward", "wardKey", "wardCode"]
OLD_COLUMNS = [*NEW_COLUMNS[:3], "district", "districtKey", "districtCode", *NEW_COLUMNS[3:]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The package's data in small: An and Bình unite; Hai is divided between Mới and Ba, Ba takes most."""
    with sqlite3.connect(tmp_path / "dataset.db") as data:
        for table, columns, rows in (("admin_units_legacy", OLD_COLUMNS, OLD), ("admin_units", NEW_COLUMNS, NEW)):
            data.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            data.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    pieces = [{"newWardKey": "moi", "isDefaultNewWard": False}, {"newWardKey": "ba", "isDefaultNewWard": True}]
    told = {
        "DICT_PROVINCE": {"binh": ["an", "binh"], "cang": ["cang"]},
        "DICT_PROVINCE_WARD_NO_DIVIDED": {
            "binh": {"moi": ["an_bac_mot"], "ba": ["binh_nam_ba"]},
            "cang": {"bon": ["cang_dong_bon"]},
        },
        "DICT_PROVINCE_WARD_DIVIDED": {"binh": {"an_bac_hai": pieces}},
    }
    (tmp_path / "converter_2025.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def test_both_files_go_through_the_ordinary_commands(db: None, folder: Path) -> None:
    found = divisions(folder)
    import_tree(rows=read_rows(before_csv(found, dt.date(2018, 1, 1)).encode()), actor=SETUP, at=NOW)
    reorganise(event=read_event(event_csv(found).encode()), actor=SETUP, at=NOW)
    provinces = {name_of(unit, DAY).name for unit in children_of(find_unit("VN", DAY), DAY)}
    assert provinces == {"Liên đoàn Lao động tỉnh Bình", "Liên đoàn Lao động thành phố Cảng"}
    below = {name_of(unit, DAY).name for unit in children_of(find_unit("T25.02", DAY), DAY)}
    assert below == {"Công đoàn xã Mới", "Công đoàn xã Ba"}
    eve = DAY - dt.timedelta(days=1)
    handed = {
        (name_of(row.predecessor, eve).code, name_of(row.successor, DAY).code) for row in Succession.objects.all()
    }
    assert handed == {
        ("T01", "T25.02"), ("T02", "T25.02"), ("X00001", "X25.00001"), ("X00002", "X25.00003"),
        ("X00003", "X25.00003"), ("X00004", "X25.00004"),
    }  # fmt: skip


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhipcau.org.administrative.find_spec", lambda name: None)
    with pytest.raises(NotFound, match=r"requirements/names\.txt"):
        divisions()
