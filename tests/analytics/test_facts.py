"""Files of facts are written when the records change, only then, and come out the same from the same records."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nhipcau.analytics.facts import BITS, Part, bit_sets, current_parts
from nhipcau.core.errors import InvalidInput
from nhipcau.org.models import Unit
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from tests.analytics import figures
from tests.analytics.figures import PERIODS
from tests.cast import Cast
from tests.reorganisations import AFTER, BEFORE, happen

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    made = figures.publish()
    figures.draw(Unit.objects.all(), made, PERIODS, 3)
    return made


def parts() -> list[Part]:
    return current_parts("quy", PERIODS)


def written(made: list[Part]) -> list[int]:
    return [part.path.stat().st_mtime_ns for part in made]


def test_a_file_holds_a_row_for_every_unit_and_a_column_for_every_cell(
    cast: Cast, version: TemplateVersion
) -> None:
    held = pq.read_table(parts()[0].path)
    assert held.num_rows == Unit.objects.count()
    reports = Submission.objects.filter(period=PERIODS[0].key, state=SubmissionState.ACCEPTED)
    assert sum(held["accepted"].to_pylist()) == reports.count()
    assert {name for name in held.column_names if name[0] == "c"} == {
        f"c{n}" for n in range(len(version.cells) + 2)
    }
    tops = {cast.province.pk}
    assert set(held["level0"].to_pylist()) == tops


def test_the_same_records_give_the_same_bytes(cast: Cast, version: TemplateVersion) -> None:
    first = [part.path.read_bytes() for part in parts()]
    for part in parts():
        part.path.unlink()
    assert [part.path.read_bytes() for part in parts()] == first


def test_only_the_period_that_changed_is_written_again(cast: Cast, version: TemplateVersion) -> None:
    before = written(parts())
    assert written(parts()) == before
    Submission.objects.filter(period=PERIODS[1].key).first().delete()  # type: ignore[union-attr]
    figures.logged()
    after = written(parts())
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_a_correction_is_a_change_though_as_many_reports_are_accepted(cast: Cast, version: TemplateVersion) -> None:
    old = Submission.objects.filter(period=PERIODS[0].key).first()
    assert old is not None
    before = [part.stamp for part in parts()]
    old.state = SubmissionState.SUPERSEDED
    old.save()
    figures.report(old.unit, version, PERIODS[0], {"money": 1}, revision=2)
    after = [part.stamp for part in parts()]
    assert after[0] != before[0]
    assert after[1] == before[1]


def test_a_change_of_the_tree_is_a_change(cast: Cast, version: TemplateVersion) -> None:
    before = [part.stamp for part in parts()]
    happen()
    assert all(new != old for new, old in zip((part.stamp for part in parts()), before, strict=True))


def test_a_damaged_file_is_written_again(cast: Cast, version: TemplateVersion) -> None:
    whole = parts()[0].path.read_bytes()
    parts()[0].path.write_bytes(whole[: len(whole) // 2])
    assert parts()[0].path.read_bytes() == whole


def test_no_unfinished_file_is_left(cast: Cast, version: TemplateVersion) -> None:
    folder = parts()[0].path.parent
    assert sorted(path.name for path in folder.iterdir()) == ["2026-Q1.parquet", "2026-Q2.parquet", "brief"]


def test_the_tree_of_another_day_has_files_of_its_own_until_the_tree_changes(
    cast: Cast, version: TemplateVersion
) -> None:
    then = current_parts("quy", PERIODS, BEFORE.date())
    assert [part.path.name for part in then] == ["2026-Q1@2025-07-01.parquet", "2026-Q2@2025-07-01.parquet"]
    happen()
    now = current_parts("quy", PERIODS, AFTER.date())
    assert [part.path.name for part in now] == ["2026-Q1@2026-10-01.parquet", "2026-Q2@2026-10-01.parquet"]


def test_reports_on_another_version_of_the_form_are_not_mixed_in(cast: Cast, version: TemplateVersion) -> None:
    stray = figures.publish(first_period="2026-Q3", name="Báo cáo quý, mẫu mới")
    Submission.objects.filter(period=PERIODS[0].key, unit=cast.local).delete()
    figures.logged()
    figures.report(cast.local, stray, PERIODS[0], {"money": 1})
    with pytest.raises(InvalidInput, match="phiên bản"):
        parts()


def test_bit_sets_tell_the_cells_word_by_word(cast: Cast) -> None:
    import numpy as np

    flags = np.zeros((2, BITS + 3), bool)
    flags[0, [0, BITS - 1]] = True
    flags[1, BITS + 2] = True
    assert [word.tolist() for word in bit_sets(flags)] == [[1 | 1 << BITS - 1, 0], [0, 4]]


def test_the_metadata_bound_every_total(cast: Cast, version: TemplateVersion) -> None:
    part = parts()[0]
    column = pq.read_table(part.path, columns=["c0"])["c0"].to_pylist()
    assert part.bounds[0] == sum(abs(value or 0) for value in column)
    assert json.loads(pq.read_schema(Path(part.path)).metadata[b"nhipcau.bounds"])[0] == part.bounds[0]
