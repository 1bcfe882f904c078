"""The labelled lines the boundary is measured on: collected ones by verdict, later ones in mixed batches."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

from nhipcau.boundary import check_template

HERE = Path(__file__).parent
LINES = ("allowed", "refused", "review")
# Measured on, never fitted to: what sets nobody learnt from still say.
KEPT_ASIDE = frozenset({"o.tsv", "blind8.tsv", "blind9.tsv", "blind10.tsv"})


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
    form = files("nhipcau.demo") / "half_year.yaml"
    texts = (said["text"] or "" for said in check_template(form.read_text(encoding="utf-8")))
    return [text for text in dict.fromkeys(texts) if " " in text]
