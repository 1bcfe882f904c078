"""An instance whose files lie in S3 is backed up, restored elsewhere, carried to the disk and back."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from nhipcau.core.store import opened
from tests.ops.backup.machines import Environment, commands, machine, scene
from tests.weed import address

pytestmark = pytest.mark.database  # of its machines: the suite's own is not asked


def _keys(url: str, prefix: str) -> list[str]:
    return [one.key for one in opened(url, Path()).keys(prefix)]


def _ok(where: Environment, *calls: tuple[str, ...]) -> list[Any]:
    ran = commands(where, *calls)
    assert [one.err for one in ran if one.code] == []
    return [json.loads(one.out) for one in ran if one.out]


def test_it_is_kept_and_comes_back_in_another_store_on_another_machine(weed: str, tmp_path: Path) -> None:
    here, there = (address(weed, uuid.uuid4().hex) for _ in range(2))
    with machine(tmp_path / "first") as plain, machine(tmp_path / "second", empty=True) as empty:
        first, second = plain | {"NHIPCAU_STORAGE_URL": here}, empty | {"NHIPCAU_STORAGE_URL": there}
        made = scene(first, "make_one", str(tmp_path / "one.nhipcau"))
        assert (made["files"], made["faulty"]) == (3, 0)
        assert not (tmp_path / "first" / "files").exists()

        [back, checked] = _ok(second, ("restore", str(tmp_path / "one.nhipcau"), "--json"), ("verify", "--json"))
        assert (back["files"], back["differences"], checked) == (3, 0, [])
        assert scene(second, "state")["held"] == made["held"]
        assert _keys(there, "files/") == _keys(here, "files/")
        assert not (tmp_path / "second" / "files").exists()
        assert not (tmp_path / "second" / "anchors").exists()

        # Put back over itself: what was anchored since then stands in another room and accuses nobody.
        rooms = {key.split("/")[1] for key in _keys(there, "anchors/")}
        again = ("restore", str(tmp_path / "one.nhipcau"), "--replace", "--json")
        [replaced, checked] = _ok(second, again, ("verify", "--json"))
        assert (replaced["differences"], checked) == (0, [])
        assert {key.split("/")[1] for key in _keys(there, "anchors/")} > rooms


def test_the_store_is_carried_to_s3_and_back_to_the_disk(weed: str, tmp_path: Path) -> None:
    url = address(weed, uuid.uuid4().hex)
    with machine(tmp_path / "disk") as disk:
        made = scene(disk, "make_one", str(tmp_path / "one.nhipcau"))
        [first, second] = _ok(disk, ("store", "move", url, "--json"), ("store", "move", url, "--json"))
        assert (first["copied"], second["copied"], second["files"], second["missing"]) == (3, 0, 3, 0)
        shared = disk | {"NHIPCAU_STORAGE_URL": url}
        (tmp_path / "disk" / "files").rename(tmp_path / "old files")
        (tmp_path / "disk" / "anchors").rename(tmp_path / "old anchors")
        [checked, told] = _ok(shared, ("verify", "--json"), ("store", "show", "--json"))
        assert (checked, told["files"], told["shared"]) == ([], 3, True)

        [back] = _ok(shared, ("store", "move", "disk", "--json"))
        assert (back["copied"], back["missing"]) == (3, 0)
        [checked] = _ok(disk, ("verify", "--json"))
        assert checked == []
        assert scene(disk, "state")["held"] == made["held"]


def test_what_is_damaged_is_not_carried_over_and_is_said(weed: str, tmp_path: Path) -> None:
    url = address(weed, uuid.uuid4().hex)
    with machine(tmp_path / "disk") as disk:
        scene(disk, "make_one", str(tmp_path / "one.nhipcau"))
        one = next((tmp_path / "disk" / "files").glob("??/*"))
        one.chmod(0o600)
        one.write_bytes(b"damaged")
        [ran] = commands(disk, ("store", "move", url))
        assert ran.code == 1
        assert "Đã chép 2 tệp" in ran.err
        assert "1 tệp chưa có ở đó" in ran.err
        assert len(_keys(url, "files/")) == 2
        [same, wrong] = commands(disk, ("store", "move", "disk"), ("store", "move", "ftp://x"))
        assert "Kho tệp đã ở" in same.err
        assert "cần dạng s3://" in wrong.err


def test_doctor_says_whether_the_store_takes_and_gives(weed: str, tmp_path: Path) -> None:
    with machine(tmp_path / "one") as here:
        [well] = commands(here | {"NHIPCAU_STORAGE_URL": address(weed, "r")}, ("doctor", "--json"))
        lines = {one["name"]: one for one in json.loads(well.out)}
        assert (lines["Kho tệp"]["ok"], "bi-mat" in well.out) == (True, False)
        assert "Nhiều máy" in lines
        [bad] = commands(here | {"NHIPCAU_STORAGE_URL": "s3://k:s@127.0.0.1:9/b?tls=0"}, ("doctor", "--json"))
        assert bad.code == 1
        found = {one["name"]: one for one in json.loads(bad.out)}["Kho tệp"]
        assert (found["ok"], "EndpointConnectionError" in found["says"]) == (False, True)
