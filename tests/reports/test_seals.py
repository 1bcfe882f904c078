"""What is sent is sealed: its figures, what they were added up from, and the seal before."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.numbers import Cell, CellState, unpack
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.filling.workflow import accept, send_back
from nhipcau.reports.models import Seal, SealKind, Submission, TemplateVersion
from nhipcau.reports.sealing.seals import (
    add_up,
    changed_cells,
    contributors_of,
    digest,
    digest_of_contributors,
    words_of,
)
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def figure(payload: bytes | memoryview[int], version: TemplateVersion, cell: str) -> Cell:
    cells = unpack(bytes(payload), len(version.cells))
    keys: list[str] = version.cells
    return cells[keys.index(cell)]


def sealed(report: Submission) -> Seal:
    report.refresh_from_db()
    assert report.seal is not None
    return report.seal


def test_a_local_report_is_sealed_with_its_own_figures_alone(cast: Cast, version: TemplateVersion) -> None:
    seal = sealed(quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000"))
    assert (seal.place, seal.kind, seal.previous) == (1, SealKind.SUBMITTED, "")
    assert bytes(seal.own) == bytes(seal.live)
    assert not len(contributors_of(seal))


def test_a_consolidated_report_freezes_its_branch_and_names_what_went_in(
    cast: Cast, version: TemplateVersion
) -> None:
    below = sealed(quarterly.accepted(cast, version, gifts="3"))
    seal = sealed(quarterly.send(cast.commune_officer, version, gifts="2"))
    assert figure(seal.own, version, "gifts").value == 2
    assert figure(seal.live, version, "gifts").value == 5
    assert contributors_of(seal).tolist() == [below.pk]
    assert figure(seal.live, version, "hours").state is CellState.MISSING


def test_a_sealed_total_and_its_digest_are_recomputed_from_the_seals(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", hours="2,5")
    seal = sealed(quarterly.send(cast.commune_officer, version, gifts="2"))
    behind = contributors_of(seal)
    assert add_up(bytes(seal.own), behind, Rollup.of(load(version.definition))) == bytes(seal.live)
    assert digest(seal, digest_of_contributors(behind)) == seal.digest


@pytest.mark.parametrize("part", ["previous", "content", "period"])
def test_a_digest_covers_the_words_and_the_seal_before(cast: Cast, version: TemplateVersion, part: str) -> None:
    seal = sealed(quarterly.send(cast.local_volunteer, version, gifts="3"))
    setattr(seal, part, f"{getattr(seal, part)}x")
    assert digest(seal, "") != seal.digest


def test_a_report_sent_again_is_the_next_in_its_chain(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3")
    first = sealed(report)
    send_back(submission=report, reason="Xin kiểm tra", by_cell={}, actor=cast.commune_officer, at=LATER)
    second = sealed(quarterly.send(cast.local_volunteer, version, gifts="4"))
    assert (second.place, second.previous, second.submission) == (2, first.digest, report)
    assert changed_cells(version.cells, bytes(first.own), bytes(second.own)) == {"gifts": [3, 4]}


def test_the_seal_holds_the_words_the_sources_and_the_head_of_the_log(cast: Cast, version: TemplateVersion) -> None:
    quarterly.give(cast.local_volunteer, 3, 900_000, giver="local")
    words = words_of(sealed(quarterly.send(cast.local_volunteer, version)))
    assert [(cell, value) for cell, _, value in words["sources"]] == [("gifts", 3), ("money", 900_000)]
    assert words["by"] == str(cast.local_volunteer.uid)
    assert "log" in words


def test_the_log_names_every_seal(cast: Cast, version: TemplateVersion) -> None:
    seal = sealed(quarterly.send(cast.local_volunteer, version, gifts="3"))
    assert seal.digest in Entry.objects.get(action="reports.submitted").data


def test_accepting_makes_no_seal_of_its_own(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3")
    accept(submission=report, actor=cast.commune_officer, at=LATER)
    assert Seal.objects.count() == 1
