"""Free analysis: a nation's figures by period and breakdown, from columns, against a row for each value in SQL.

The peer's table has its rows in the order the question wants them (cell, period, unit: its key), holds accepted
values alone, and is read without looking at the tree: a nation is everybody. Where more periods are built than
`ROWS_PERIODS`, a row for each value would fill a disk: all of them together are measured against reading the packed
reports and adding them with numpy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure, timed
from nhipcau.bench.nation import AT, INDICATORS, PERIODS, UNITS, Nation, analyse, build

if TYPE_CHECKING:
    from nhipcau.analytics.cubes import Answer
    from nhipcau.core.periods import Period

ROWS_PERIODS = 8
ROWS = "row per value, SQL GROUP BY, its key in the order of the question"
PACKED = "the packed reports read and added with numpy"
LIMIT = "DuckDB reading the Parquet of every unit, SQL by hand"
BY = "sector"
Sums = Mapping[tuple[int, str], int]  # (place of the period, cell) → its sum


def run(options: Options) -> Report:
    """`units`, `indicators` (cells) and `periods`; what is asked is the whole form by one breakdown."""
    units, cells = options.size("units", UNITS), options.size("indicators", INDICATORS)
    periods = options.size("periods", PERIODS)
    with temporary_instance(options.database_url) as database:
        nation = build(units=units, indicators=cells, periods=periods, split=True, say=options.say)
        last = nation.periods[-ROWS_PERIODS:]
        options.say("a row for each value …")
        plant_rows(nation, last)
        analyse()
        cases = [_against_rows("nation_periods_breakdown", nation, last, _all(nation))]
        cases.append(_against_rows("one_indicator", nation, last, _all(nation)[:1]))
        if periods > ROWS_PERIODS:
            cases.append(_against_packed("every_period", nation))
        measured = [measure(case, options) for case in cases]
    sizes = {"units": units, "indicators": len(nation.version.cells), "periods": periods}
    return Report("analytics", database, sizes, measured)


def _all(nation: Nation) -> list[str]:
    return [item["code"] for item in nation.version.definition["sections"][0]["indicators"] if item["breakdowns"]]


def _against_rows(name: str, nation: Nation, periods: Sequence[Period], asked: list[str]) -> Case:
    return Case(
        name,
        partial(ours, nation, periods, asked),
        ROWS,
        partial(rows, nation, periods, asked),
        LIMIT,
        partial(by_hand, nation, periods, asked),
        agree=lambda answer, sums: of_answer(answer) == by_item(sums),
        more=partial(_beside_brief, nation, periods, asked),
    )


def _beside_brief(
    nation: Nation, periods: Sequence[Period], asked: list[str], ours_ms: float
) -> Mapping[str, float]:
    """How the product compares with the same SQL by hand over the brief files that it reads itself."""
    times = [timed(partial(by_hand, nation, periods, asked, brief=True)) for _ in range(5)]
    return {
        "brief_by_hand_ms": round(median(times), 3),
        "ours_over_brief_by_hand": round(ours_ms / median(times), 2),
    }


def _against_packed(name: str, nation: Nation) -> Case:
    asked = _all(nation)
    return Case(
        name,
        partial(ours, nation, nation.periods, asked),
        PACKED,
        partial(packed, nation, nation.periods),
        LIMIT,
        partial(by_hand, nation, nation.periods, asked),
        agree=lambda answer, sums: of_answer(answer) == by_item(sums),
    )


def ours(nation: Nation, periods: Sequence[Period], asked: list[str]) -> Answer:
    """The product: whether the files are still current is asked each time."""
    from nhipcau.analytics.cubes import answer
    from nhipcau.analytics.questions import Question
    from nhipcau.org.models import Unit

    top = Unit.objects.get(pk=int(nation.keys[0]))
    question = Question(
        template=nation.version.template.code,
        periods=tuple(period.key for period in periods),
        unit=str(top.uid),
        indicators=tuple(asked),
        by=(BY,),
    )
    return answer(question=question, unit=top, today=AT.date(), at=AT)


def of_answer(answer: Answer) -> Sums:
    """By period and item of the breakdown: "so_0 sector=kv_1"."""
    return {
        (place, f"{line.indicator.code} {line.items[0]}"): answer.cell(line, period).value
        for place, period in enumerate(answer.periods)
        for line in answer.lines
        if line.items
    }


def by_item(sums: Sums) -> Sums:
    """Cells put together by their item of the breakdown: what every peer does at the end, in no time."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    for (place, cell), value in sums.items():
        code, _, items = cell.rstrip("]").partition("[")
        item = next(one for one in items.split(",") if one.startswith(f"{BY}="))
        found[place, f"{code} {item}"] += value
    return found


def plant_rows(nation: Nation, periods: Sequence[Period]) -> None:
    """The peer's table: accepted values, in the order of its key."""
    from django.db import connection

    ours_to_them = "WITHOUT ROWID" if connection.vendor == "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_value (cell integer, period integer, unit bigint, value bigint NOT NULL, "
            f"PRIMARY KEY (cell, period, unit)) {ours_to_them}"
        )
        # Read to the end first: while rows are copied in, PostgreSQL's connection answers nothing else.
        stream = _values(nation, [_read(nation, period) for period in periods])
        if connection.vendor == "postgresql":
            with cursor.cursor.copy("COPY bench_value FROM STDIN") as copy:
                for row in stream:
                    copy.write_row(row)
        else:
            _in_chunks(cursor, stream)


def _in_chunks(cursor: Any, stream: Iterator[tuple[int, int, int, int]]) -> None:
    from itertools import islice

    from django.db import transaction

    with transaction.atomic():
        while chunk := list(islice(stream, 20_000)):
            cursor.executemany("INSERT INTO bench_value VALUES (%s, %s, %s, %s)", chunk)


def _values(nation: Nation, read: Sequence[tuple[Any, Any, Any]]) -> Iterator[tuple[int, int, int, int]]:
    for cell in range(len(nation.version.cells)):
        for place, (units, values, there) in enumerate(read):
            present = there[:, cell]
            columns = units[present].tolist(), values[present, cell].tolist()
            yield from ((cell, place, unit, value) for unit, value in zip(*columns, strict=True))


def _read(nation: Nation, period: Period) -> tuple[Any, Any, Any]:
    """Units, values and whether there is one, of the accepted reports of a period, by unit."""
    from nhipcau.core.numbers import CellState, unpack_many
    from nhipcau.reports.models import Submission, SubmissionState

    accepted = Submission.objects.filter(
        version=nation.version, period=period.key, state=SubmissionState.ACCEPTED
    ).order_by("unit")
    found = list(accepted.values_list("unit", "payload"))
    values, states = unpack_many([bytes(payload) for _, payload in found], len(nation.version.cells))
    return np.array([unit for unit, _ in found]), values, states == CellState.VALUE


def _cells(nation: Nation, asked: list[str]) -> dict[int, str]:
    return {place: cell for place, cell in enumerate(nation.version.cells) if cell.partition("[")[0] in asked}


def rows(nation: Nation, periods: Sequence[Period], asked: list[str]) -> Sums:
    """The peer: one statement."""
    from django.db import connection

    cells = _cells(nation, asked)
    wanted = ", ".join(map(str, cells))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT period, cell, sum(value) FROM bench_value WHERE cell IN ({wanted}) GROUP BY cell, period"  # noqa: S608
        )
        return {(place, cells[cell]): int(total) for place, cell, total in cursor.fetchall()}


def packed(nation: Nation, periods: Sequence[Period]) -> Sums:
    """The peer where rows would be too many: a period at a time."""
    sums = (_read(nation, period)[1].sum(axis=0).tolist() for period in periods)
    return dict(
        chain.from_iterable(
            (((place, cell), total) for cell, total in zip(nation.version.cells, totals, strict=True))
            for place, totals in enumerate(sums)
        )
    )


_by_hand: dict[str, Any] = {}


def by_hand(nation: Nation, periods: Sequence[Period], asked: list[str], *, brief: bool = False) -> Any:
    """The limit: the same columns of the files of every unit, or of the brief ones, asking nothing else."""
    import duckdb

    from nhipcau.analytics.facts import current_parts

    code = nation.version.template.code
    key = f"{len(periods)} {len(asked)} {brief}"
    if key not in _by_hand:
        parts = current_parts(code, list(periods))
        paths = [str(part.brief if brief else part.path) for part in parts]
        sums = ", ".join(f"sum(c{cell})" for cell in _cells(nation, asked))
        statement = f"SELECT period, {sums} FROM read_parquet({paths}) GROUP BY period"  # noqa: S608
        _by_hand[key] = (duckdb.connect(), statement)
    connection, statement = _by_hand[key]
    return connection.execute(statement).fetchall()
