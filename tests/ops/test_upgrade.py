"""A version from one signed file, for real: wheels built here, environments made, a server asked, taken back."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from contextlib import closing
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from nhipcau.core.errors import Conflict, InvalidInput, UnreadableFile
from nhipcau.ops.upgrade import package
from tests import tables

ROOT = Path(__file__).resolve().parents[2]
SCENE = """
import json, os, sys
from pathlib import Path
from unittest import mock
import django; django.setup()
from nhipcau.core.actors import System
from nhipcau.core.errors import NhipCauError
from nhipcau.ops.upgrade import carrying, programs
from tests.cast import NOW
real = programs.install
def install(wheels, folder):
    # What the product needs besides itself is at hand: only its own wheel is in the file.
    python = real(wheels, folder)
    [site] = folder.glob("lib/python*/site-packages")
    (site / "others.pth").write_text(sys.argv[3] + "\\n")
    return python
told = []
with mock.patch.object(programs, "install", install):
    try:
        carrying.upgrade(path=Path(sys.argv[1]), into=sys.argv[2], actor=System("tests"), at=NOW, tell=told.append)
        print(json.dumps({"told": told}))
    except NhipCauError as error:
        print(json.dumps({"told": told, "refused": error.message}))
"""
STATE = """
import json
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from nhipcau.audit.actions import seal
from nhipcau.audit.models import Entry
from nhipcau.org.models import Unit
from tests.cast import NOW, assemble
if not Unit.objects.exists():
    assemble(); seal(at=NOW)
done = Entry.objects.filter(action__startswith="ops.").values_list("action", flat=True)
print(json.dumps([Unit.objects.count(), list(done)]))
"""
STEP = """
from django.db import migrations

def run(apps, schema_editor):
    {what}

class Migration(migrations.Migration):
    dependencies = [("org", "{last}")]
    operations = [migrations.RunPython(run)]
"""


def wheel(folder: Path, version: str, **changed: str) -> Path:
    """The product as a wheel of that version, with some files changed."""
    source = folder / f"source-{version}"
    shutil.copytree(ROOT / "nhipcau", source / "nhipcau", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    init = source / "nhipcau" / "__init__.py"
    init.write_text(init.read_text("utf-8").replace('"0.1.0"', f'"{version}"'), "utf-8")
    project = source / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace('version = "0.1.0"', f'version = "{version}"'), "utf-8")
    for path, content in changed.items():
        (source / path).write_text(content, "utf-8")
    out = folder / f"wheels-{version}"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    return out


def process(program: str, *arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def step(what: str) -> dict[str, str]:
    """A migration of the next version."""
    last = sorted((ROOT / "nhipcau/org/migrations").glob("0*.py"))[-1].stem
    return {"nhipcau/org/migrations/9999_next.py": STEP.format(last=last, what=what)}


def test_a_bad_version_is_taken_back_and_a_good_one_is_switched_to(tmp_path: Path) -> None:
    key = SigningKey.generate()
    made = {
        "9.0.1": step("raise ValueError('cannot')"),
        "9.0.2": step("pass") | {"nhipcau/config/wsgi.py": "raise RuntimeError('does not serve')\n"},
        "9.0.3": {},
    }
    files = {}
    for version, changed in made.items():
        files[version] = tmp_path / f"nhipcau-{version}.upgrade"
        package.pack(
            wheels=wheel(tmp_path, version, **changed), version=version, signing_key=key, out=files[version]
        )
    data, versions = tmp_path / "data", tmp_path / "versions"
    tables.lay(data)
    env = tables.environment(
        DJANGO_SETTINGS_MODULE="nhipcau.config.settings", NHIPCAU_DATA_DIR=str(data),
        NHIPCAU_UPGRADE_KEY=package.public_text(key), PIP_NO_COMPILE="1",
    )  # fmt: skip
    [units, _] = json.loads(process(STATE, env=env))

    def upgrade(version: str) -> dict[str, object]:
        site = sysconfig.get_path("purelib")
        told: dict[str, object] = json.loads(process(SCENE, str(files[version]), str(versions), site, env=env))
        return told

    broken = upgrade("9.0.1")
    assert "không đưa lên được" in str(broken["refused"])
    assert "cannot" in str(broken["refused"])
    with closing(sqlite3.connect(data / tables.FILE)) as somebody:
        somebody.execute("SELECT count(*) FROM org_unit").fetchone()
        assert "tiến trình khác dùng" in str(upgrade("9.0.2")["refused"])
    silent = upgrade("9.0.2")
    assert "không mở được trang đăng nhập" in str(silent["refused"])
    assert "Đã trả dữ liệu về như trước" in str(silent["refused"])
    assert not (versions / "current").exists()
    assert list(versions.glob("nhipcau-*")) == []

    with closing(sqlite3.connect(data / tables.FILE)) as somebody:  # no table changes: nobody has to leave
        somebody.execute("SELECT count(*) FROM org_unit").fetchone()
        good = upgrade("9.0.3")
    assert "refused" not in good, good
    assert "không phải dừng dịch vụ" in str(good["told"])
    assert (versions / "current").resolve().name.startswith("nhipcau-9.0.3-")
    asked = subprocess.run(
        [versions / "current/bin/nhipcau", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=env | {"PYTHONPATH": ""},
    )
    assert "9.0.3" in asked.stdout
    found = json.loads(process(STATE, env=env))
    assert found[0] == units
    assert "ops.upgraded" in found[1]


def test_only_what_the_trusted_key_signed_is_unpacked(tmp_path: Path) -> None:
    wheels, key, file = tmp_path / "wheels", SigningKey.generate(), tmp_path / "file"
    wheels.mkdir()
    (wheels / "one-1.0-py3-none-any.whl").write_bytes(b"PK" * 5000)
    package.pack(wheels=wheels, version="2.0.0", signing_key=key, out=file)
    whole = file.read_bytes()

    def unpacked(content: bytes, trusted: SigningKey = key) -> package.Package:
        file.write_bytes(content)
        folder = tmp_path / os.urandom(4).hex()
        folder.mkdir()
        try:
            return package.unpack(file, trusted.verify_key, folder)
        finally:
            assert {path.name for path in folder.iterdir()} <= {"one-1.0-py3-none-any.whl"}

    assert unpacked(whole).version == "2.0.0"
    with pytest.raises(InvalidInput, match="không phải của người phát hành"):
        unpacked(whole, SigningKey.generate())
    with pytest.raises(InvalidInput, match="không phải của người phát hành"):
        unpacked(whole.replace(b"2.0.0", b"3.0.0", 1))
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        unpacked(whole[:6000] + b"X" + whole[6001:])
    with pytest.raises(UnreadableFile, match="chép chưa hết"):
        unpacked(whole[:6000])
    other = whole.replace(b'"python": "', b'"python": "2', 1)
    with pytest.raises((InvalidInput, Conflict, UnreadableFile)):
        unpacked(other)


@pytest.mark.parametrize("key", ["", "không phải khóa", "AAAA"])
def test_without_a_good_key_nothing_is_trusted(key: str) -> None:
    with pytest.raises(InvalidInput, match="NHIPCAU_UPGRADE_KEY"):
        package.public_key(key)
