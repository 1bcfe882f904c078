"""What a stranger receives: the script, the locks, the licence, the assets and the wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nhipcau.ops import extras
from nhipcau.web.assets import BUILD_DIR, build
from nhipcau.web.assets.font import charset, vietnamese_letters

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = [f"{extra.name}.txt" for extra in extras.EXTRAS if not extra.install]  # the others have a way of their own
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
CONFIGURATION = [
    *sorted((ROOT / "requirements").iterdir()),
    ROOT / "pyproject.toml",
    ROOT / "run",
    ROOT / ".ci/run",
]


def canonical(requirement: str) -> str:
    """The package name and its extras, as the index writes them; versions and markers left out."""
    match = re.match(r"[A-Za-z0-9._-]+(\[[^]]*])?", requirement.strip())
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def requirements(path: Path) -> list[str]:
    """The logical lines of a requirements file: continuations joined, comments and includes dropped."""
    joined = path.read_text("utf-8").replace("\\\n", " ")
    lines = (line.split(" #")[0].strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def pins(path: Path) -> dict[str, str]:
    return {canonical(line): line.split(" --hash")[0].strip() for line in requirements(path)}


def versions(path: Path) -> dict[str, str]:
    """The pins without the platforms they are for: another extra may want the same package on more of them."""
    return {name: pin.split(";")[0].strip() for name, pin in pins(path).items()}


def run(*arguments: str, script: Path = ROOT / "run", path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path or os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        ["/bin/sh", str(script), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


# ---- the script


@pytest.mark.parametrize("shell", ["sh", "dash"])
def test_run_is_valid_posix_sh(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"thiếu «{shell}»")
    done = subprocess.run([shell, "-n", str(ROOT / "run")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_scripts_can_be_executed() -> None:
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_help_names_every_verb() -> None:
    text = (ROOT / "run").read_text("utf-8")
    offered = re.findall(r"^([a-z|& -]+)\)$", text.rsplit("case $verb in", 1)[1], re.MULTILINE)
    one_line = re.findall(r"^([a-z-]+)\) .*;;$", text.rsplit("case $verb in", 1)[1], re.MULTILINE)
    verbs = {verb.strip() for group in offered + one_line for verb in group.split("|")}
    assert {"demo", "test", "check", "setup", "serve", "system-deps"} <= verbs
    help_text = run("help").stdout
    assert all(f"\n  {verb} " in help_text for verb in verbs)


def test_an_unknown_verb_is_wrong_usage() -> None:
    done = run("bay")
    assert done.returncode == 2
    assert "«bay»" in done.stderr


def test_without_a_supported_python_one_sentence_says_which_are(tmp_path: Path) -> None:
    """A copy in a folder with a space, a PATH with the basic tools and a Python that is too old."""
    copy = tmp_path / "thư mục có dấu cách"
    (copy / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "run", copy / "run")
    shutil.copy(ROOT / "requirements" / "base.txt", copy / "requirements" / "base.txt")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "basename", "cat", "cksum", "readlink", "id", "rm"):
        (tools / name).symlink_to(str(shutil.which(name)))
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (tools / name).write_text("#!/bin/sh\nexit 1\n", "ascii")
        (tools / name).chmod(0o755)

    done = run("demo", script=copy / "run", path=str(tools))

    assert done.returncode == 1
    assert "Python 3.11, 3.12 hoặc 3.13" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (copy / ".venv").exists()


# ---- the locks


@pytest.mark.parametrize("path", CONFIGURATION, ids=lambda path: path.name)
def test_no_configuration_carries_an_address_of_an_index(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links|--trusted-host|\bfile:/", text, re.IGNORECASE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_requirement_is_pinned_and_hashed(lock: Path) -> None:
    lines = requirements(lock)
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("larger", [*EXTRAS, "dev.txt"])
def test_a_larger_lock_contains_the_base_with_the_same_pins(larger: str) -> None:
    """./run counts the base as installed once a larger lock is."""
    base, whole = versions(ROOT / "requirements/base.txt"), versions(ROOT / "requirements" / larger)
    assert {name: whole.get(name) for name in base} == base


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_development_lock_contains_every_extra(extra: str) -> None:
    wanted, whole = versions(ROOT / "requirements" / extra), versions(ROOT / "requirements/dev.txt")
    assert {name: whole.get(name) for name in wanted} == wanted


def test_declared_dependencies_and_the_base_lock_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {canonical(name) for name in project["dependencies"]}
    assert declared == {canonical(line) for line in requirements(ROOT / "requirements/base.in")}
    locked = pins(ROOT / "requirements/base.txt")
    assert {name.split("[")[0] for name in declared} <= {name.split("[")[0] for name in locked}


def test_each_extra_has_its_own_lock() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra, names in extras.items():
        listed = {canonical(line) for line in requirements(ROOT / f"requirements/{extra}.in")}
        assert listed == {canonical(name) for name in names}
        assert (ROOT / f"requirements/{extra}.txt") in LOCKS


# ---- the licence


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


# ---- the assets


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build")
    build(out, locale=out / "none")
    return out


def test_there_are_146_vietnamese_letters() -> None:
    letters = vietnamese_letters()
    assert len(letters) == len(set(letters)) == 146
    assert {"ậ", "Ữ", "ỵ", "Đ", "đ", "ỡ", "a", "Y"} <= set(letters)


def test_the_font_draws_every_letter_in_the_weights_and_digits_we_use(assets: Path) -> None:
    font = TTFont(assets / "inter.woff2")
    drawn = font.getBestCmap()
    assert [letter for letter in charset() + "₫→←↑↓✓✗•…–—“”" if ord(letter) not in drawn] == []
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in font["fvar"].axes] == [("wght", 400, 700)]
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_the_font_fits_the_page_budget_and_travels_with_its_licence(assets: Path) -> None:
    assert (assets / "inter.woff2").stat().st_size < 45_000
    assert "SIL OPEN FONT LICENSE" in (assets / "inter-OFL.txt").read_text("utf-8").upper()


def test_htmx_is_version_2(assets: Path) -> None:
    assert re.search(r'version:"2\.\d', (assets / "htmx.min.js").read_text("utf-8"))


def test_building_again_writes_nothing_until_something_is_missing(assets: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in assets.iterdir()}
    build(assets, locale=assets / "none")
    assert {path: path.stat().st_mtime_ns for path in assets.iterdir()} == before

    (assets / "htmx.min.js").unlink()
    build(assets, locale=assets / "none")
    assert (assets / "htmx.min.js").is_file()


def test_a_catalogue_is_compiled_beside_its_source(tmp_path: Path) -> None:
    import gettext

    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(header + 'msgid "Đơn vị"\nmsgstr "Unit"\n', "utf-8")

    built = build(tmp_path / "build", locale=tmp_path / "locale")

    assert folder / "django.mo" in built
    with (folder / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Đơn vị") == "Unit"


# ---- the wheel


def test_a_wheel_carries_the_built_assets_and_every_source_file(tmp_path: Path) -> None:
    build()
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    built = {path.relative_to(ROOT).as_posix() for path in BUILD_DIR.iterdir() if not path.name.startswith(".")}
    kept = {".py", ".html", ".css", ".js", ".yaml", ".yml", ".typ", ".json", ".mo", ".svg", ".txt"}
    package = (path for path in (ROOT / "nhipcau").rglob("*") if path.suffix in kept and path.is_file())
    assert built | {path.relative_to(ROOT).as_posix() for path in package} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
