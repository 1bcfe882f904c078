"""The documents say what is so."""

from __future__ import annotations

import re
from pathlib import Path

from nhipcau.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "nhipcau" / "config" / "settings.py").read_text("utf-8")
ENV = (ROOT / "nhipcau" / "config" / "env.py").read_text("utf-8")


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    read = set(re.findall(r'\b(?:env\.)?(?:text|secret|flag|whole|listing|choice)\("([A-Z_]+)"', SETTINGS + ENV))
    read |= {f"{name}_FILE" for name in re.findall(r'\benv\.secret\("([A-Z_]+)"', SETTINGS)} | {"SECRET_KEY_FILE"}
    documented = set(re.findall(r"`NHIPCAU_([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8")))
    assert documented == read


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in readme] == []


def test_the_map_of_the_readme_names_every_package_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| `nhipcau/(\w+)/`", readme, re.MULTILINE))
    packages = {path.parent.name for path in (ROOT / "nhipcau").glob("*/__init__.py")}
    assert named == packages


def test_every_link_of_the_readme_leads_somewhere() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", readme) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_claim_of_the_threat_model_names_what_holds_it() -> None:
    model = (ROOT / "docs/reference/threat-model.md").read_text("utf-8")
    held = re.findall(r"`((?:tests|nhipcau)/[\w/.]+)`", model)
    assert len(held) > 20
    assert [name for name in held if not (ROOT / name).is_file()] == []
