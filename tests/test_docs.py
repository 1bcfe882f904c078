"""The documents say what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from nhipcau.cli.main import COMMANDS
from nhipcau.cli.reference import PAGES
from nhipcau.reports.design.expressions import FRAMES, FUNCTIONS
from nhipcau.reports.design.shape import TEMPLATE
from tests.pictures import PICTURES

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "nhipcau" / "config" / "settings.py").read_text("utf-8")
ENV = (ROOT / "nhipcau" / "config" / "env.py").read_text("utf-8")


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    read = set(re.findall(r'\b(?:env\.)?(?:text|secret|flag|whole|listing|choice)\("([A-Z_]+)"', SETTINGS + ENV))
    read |= {f"{name}_FILE" for name in re.findall(r'\benv\.secret\("([A-Z_]+)"', SETTINGS)} | {"SECRET_KEY_FILE"}
    documented = set(re.findall(r"`NHIPCAU_([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text("utf-8")))
    assert documented == read


def test_every_default_is_the_documented_one() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `NHIPCAU_([A-Z_]+)` \| `([^`]+)`", page, re.MULTILINE))
    read = dict(re.findall(r'\benv\.(?:text|whole|listing|choice)\("([A-Z_]+)", "?([^",)]+)', SETTINGS))
    read |= dict.fromkeys(re.findall(r'\benv\.flag\("([A-Z_]+)"\)', SETTINGS), "0")
    assert len(read) > 12
    assert {name: documented.get(name, "").split(",")[0] for name in read} == read


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


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_code_is_the_committed_one(name: str) -> None:
    """After a change: ./run docs"""
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name]()


def test_the_way_of_a_figure_names_functions_that_are_there() -> None:
    named = re.findall(r"`(nhipcau\.[\w.]+)\.(\w+)`", (ROOT / "docs/reference/figure.md").read_text("utf-8"))
    assert len(named) > 10
    assert [name for module, name in named if not callable(getattr(import_module(module), name, None))] == []


def keys(shape: object) -> Iterator[str]:
    if isinstance(shape, list):
        yield from keys(shape[0])
    elif isinstance(shape, Mapping):
        for key, inside in shape.items():
            yield key
            yield from keys(inside)


def test_the_pages_about_templates_explain_every_key_and_every_name_of_a_rule() -> None:
    pages = [(ROOT / f"docs/reference/{name}.md").read_text("utf-8") for name in ("template", "activity-type")]
    said = set(re.findall(r"\w+", "".join(pages)))
    assert [name for name in (*keys(TEMPLATE), *FRAMES, *FUNCTIONS) if name not in said] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_guide_by_role_names_every_guide_and_every_picture_that_is_taken() -> None:
    guide = ROOT / "docs/guide/README.md"
    named = set(re.findall(r"\]\(([\w./-]+)\)", guide.read_text("utf-8")))
    assert {path.name for path in guide.parent.glob("*.md")} - named == {guide.name}
    front = set(re.findall(r"\]\(docs/([\w./-]+)\)", (ROOT / "README.md").read_text("utf-8")))
    assert {f"../images/{one.name}.png" for one in PICTURES} <= named | {f"../{path}" for path in front}
