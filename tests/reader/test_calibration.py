"""Confidence means something: of the values given as sure, at least 95 in 100 are right."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nhipcau.reader import read_text, to_json
from nhipcau.reader.confidence import SURE
from tests.reader.genre import LETTERS, NOISE, RENDERINGS, expected
from tests.reader.slips import SLIPS

SAMPLES = os.environ.get("NHIPCAU_SAMPLES", "")
_SCALARS = ("doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject")
_SIGNER = ("authority", "title", "name")


def _bare(value: Any) -> Any:
    """As the scorer compares: case, final marks and a closing "(để b/c)" do not count."""
    if isinstance(value, list):
        return [_bare(re.sub(r"\s*\([^()]*\)?$", "", item)) for item in value if not item.lower().startswith("lưu")]
    return re.sub(r"[\W_]+", " ", value).strip().casefold() if isinstance(value, str) else value


def _judged(found: dict[str, Any], wanted: dict[str, Any]) -> Iterator[tuple[str, float, bool]]:
    """(field, confidence, right?) of every value the reader gave."""
    sure = found["confidence"]
    for name in _SCALARS:
        if found[name] is not None:
            yield name, sure[name], _bare(found[name]) == _bare(wanted[name])
    for name in _SIGNER:
        if found["signer"][name] is not None:
            right = _bare(found["signer"][name]) == _bare(wanted["signer"][name])
            yield f"signer.{name}", sure[f"signer.{name}"], right
    for name in ("addressees", "recipients"):
        if found[name]:
            yield name, sure[name], _bare(found[name]) == _bare(wanted[name])


def _pages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every rendering of every letter, with each noise, and each with the slips of OCR."""
    for letter in LETTERS.values():
        for render in RENDERINGS.values():
            page = render(letter)
            yield page, expected(letter)
            for slip in SLIPS.values():
                yield slip(page), expected(letter)
            for noise in NOISE.values():
                yield noise(page), expected(letter)


@cache
def _all_judged() -> list[tuple[str, float, bool]]:
    return [one for page, wanted in _pages() for one in _judged(to_json(read_text(page)), wanted)]


def test_of_the_values_given_as_sure_at_least_95_in_100_are_right() -> None:
    sure = [(name, right) for name, confidence, right in _all_judged() if confidence >= SURE]
    assert len(sure) > 5_000
    wrong = [name for name, right in sure if not right]
    assert len(wrong) <= 0.05 * len(sure), sorted(wrong)


def test_doubtful_values_are_wrong_more_often_than_sure_ones() -> None:
    sure = [right for _, confidence, right in _all_judged() if confidence >= SURE]
    doubtful = [right for _, confidence, right in _all_judged() if confidence < SURE]
    assert doubtful and sum(doubtful) / len(doubtful) < sum(sure) / len(sure)


def test_nothing_read_from_a_scan_but_its_type_is_given_as_sure() -> None:
    page = RENDERINGS["layout"](LETTERS["report of a board"])
    confidence = to_json(read_text(page, text_source="ocr"))["confidence"]
    assert {name for name, value in confidence.items() if value >= SURE} == {"doc_type"}


def test_every_value_has_a_confidence_and_lists_that_of_their_least_sure_item() -> None:
    reading = read_text(RENDERINGS["joined"](LETTERS["three lines and a letter suffix"]))
    confidence = to_json(reading)["confidence"]
    assert set(confidence) == {
        "doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject",
        "signer.authority", "signer.title", "signer.name", "addressees", "recipients",
    }  # fmt: skip
    assert confidence["recipients"] == min(item.confidence for item in reading.recipients)


@pytest.mark.skipif(not SAMPLES, reason="NHIPCAU_SAMPLES does not name a folder of annotated documents")
def test_confidence_holds_on_the_annotated_documents() -> None:
    spec = importlib.util.spec_from_file_location("score", Path(SAMPLES) / "score.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    given = wrong = 0
    for path in sorted((Path(SAMPLES) / "truth").glob("*.json")):
        found = to_json(read_text((Path(SAMPLES) / "docs" / f"{path.stem}.txt").read_text(encoding="utf-8")))
        counts, _ = scorer.score_doc(json.loads(path.read_text(encoding="utf-8")), found)
        for name, confidence in found["confidence"].items():
            if confidence >= SURE:
                given += counts[name][0] + counts[name][1]
                wrong += counts[name][1]
    assert given > 100
    assert wrong <= 0.05 * given, f"{wrong} of {given}"
