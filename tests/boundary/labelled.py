"""The labelled lines the boundary is measured on: collected ones by verdict, later ones in mixed batches."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import polib

from nhipcau.boundary import check, check_template
from nhipcau.boundary.engine import by_rules
from nhipcau.boundary.verdicts import Verdict

HERE = Path(__file__).parent
LINES = ("allowed", "refused", "review")
# Measured on, neither fitted to nor read; only the thresholds were chosen on their totals.
KEPT_ASIDE = frozenset({"blind11.tsv", "blind12.tsv", "blind13.tsv"})


@cache
def judged(line: str) -> Verdict:
    """What `check` says: asked once a line, however many tests look at the answer."""
    return check(line)


@cache
def ruled(line: str) -> Verdict:
    """What the rules alone say, asked once a line too."""
    return by_rules(line)


def lines(verdict: str) -> list[str]:
    """The collected lines, first those of `<verdict>.txt`, then the later rounds of `<verdict>_more.txt`."""
    sheets = sorted((HERE / "lines").glob(f"{verdict}*.txt"))
    return [line for sheet in sheets for line in sheet.read_text(encoding="utf-8").splitlines()]


def batches(*, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """`(verdict, line)` of every batch written to measure on before the rules knew it."""
    names = [sheet.name for sheet in sorted((HERE / "batches").glob("*.tsv")) if sheet.name not in without]
    return [row for name in names for row in batch(name)]


def batch(name: str) -> list[tuple[str, str]]:
    """`(verdict, line)` of one of them."""
    rows = (HERE / "batches" / name).read_text(encoding="utf-8").splitlines()
    return [(verdict, line) for verdict, line in (row.split("\t") for row in rows)]


def form_texts() -> list[str]:
    """Labels and helps of the demonstration's form: what ordinary office work reads like."""
    return _texts_of(files("nhipcau.demo") / "half_year.yaml")


def shipped_texts() -> list[str]:
    """What the product itself says, on pages and in templates and campaigns, in both languages: ordinary prose."""
    package = files("nhipcau")
    catalogue = polib.pofile(str(package / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    said = (text for entry in catalogue for text in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values()))
    pages = [" ".join(_BLANK.sub(" ", text).split()) for text in said]
    sheets = sorted(path for path in Path(str(package)).rglob("*.yaml") if path.parent.name != "rules")
    designed = [text for sheet in sheets for text in _texts_of(sheet)]
    return [text for text in dict.fromkeys([*pages, *designed]) if " " in text]


_BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def _texts_of(sheet: Traversable) -> list[str]:
    texts = (said["text"] or "" for said in check_template(sheet.read_text(encoding="utf-8")))
    return [text for text in dict.fromkeys(texts) if " " in text]
