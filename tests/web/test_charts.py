"""Charts as numbers: where points stand, where a line stops, how long a bar is, what fits on a tile."""

from __future__ import annotations

from django.template.loader import render_to_string

from nhipcau.core.numbers import HIDDEN, MISSING, Cell, CellState
from nhipcau.web import charts
from nhipcau.web.charts import Curve


def of(*values: int | None) -> list[Cell]:
    return [MISSING if one is None else Cell(CellState.VALUE, one) for one in values]


def test_a_line_stops_where_a_figure_is_missing_or_hidden() -> None:
    cells = [*of(1, 2, None, 4, 5), HIDDEN]
    found = charts.trend(title="Quà", curves=[Curve("Quà", cells)], periods=list("abcdef"))
    assert found is not None
    [line] = found.series
    assert [len(run.split()) for run in line.runs] == [2, 2]
    assert len(line.dots) == 4
    assert found.rows == [("Quà", ["1", "2", "…", "4", "5", "*"])]


def test_the_greatest_figure_stands_at_the_upper_line_and_nothing_at_the_lower() -> None:
    found = charts.trend(title="Quà", curves=[Curve("Quà", of(0, 50, 100))], periods=list("abc"))
    assert found is not None
    assert [float(dot.y) for dot in found.series[0].dots] == [
        found.floor, (found.floor + found.ceiling) / 2, found.ceiling,
    ]  # fmt: skip
    assert (found.top, found.low) == ("100", "0")


def test_a_figure_below_nothing_stays_within_the_drawing() -> None:
    found = charts.trend(title="Chênh", curves=[Curve("Chênh", of(-50, 50))], periods=list("ab"), decimals=1)
    assert found is not None
    assert [float(dot.y) for dot in found.series[0].dots] == [found.floor, found.ceiling]
    assert (found.top, found.low) == ("5,0", "-5,0")


def test_one_period_or_no_figure_is_no_trend() -> None:
    assert charts.trend(title="", curves=[Curve("Quà", of(3))], periods=["a"]) is None
    assert charts.trend(title="", curves=[Curve("Quà", of(None, 0))], periods=["a", "b"]) is None


def test_many_periods_are_written_only_where_there_is_room() -> None:
    keys = [f"2026-{month:02d}" for month in range(1, 13)]
    found = charts.trend(title="", curves=[Curve("Quà", of(*range(12)))], periods=keys, size=(320, 140))
    assert found is not None
    assert [key for _, key in found.ticks] == ["2026-01", "2026-04", "2026-07", "2026-10"]


def test_a_bar_is_never_longer_than_its_whole_nor_drawn_of_nothing() -> None:
    found = charts.bars(title="", parts=[("a", "", 1, 4), ("b", "", 9, 4), ("c", "", 0, 0)])
    assert [float(bar.length) for bar in found.bars] == [160, 640, 0]


def test_tiles_leave_out_what_all_names_begin_with_and_cut_what_does_not_fit() -> None:
    names = ["Công đoàn xã An Hải", "Công đoàn xã Đông Thành"]
    assert charts.without_common_words(names) == ["An Hải", "Đông Thành"]
    assert charts.without_common_words(names[:1]) == names[:1]
    assert charts.without_common_words(["Sở Y tế", "Sở Y tế Bắc"]) == ["tế", "tế Bắc"]
    long = "Công ty trách nhiệm hữu hạn một thành viên May mặc xuất khẩu Hải Âu"
    drawn = charts.tile(name=long, short=long, said="", tone=("!", "late"), figure="", share=(1, 2), url="")
    assert [line for _, line in drawn.lines] == ["Công ty trách", "nhiệm hữu hạn một", "thành viên May…"]
    assert (drawn.name, drawn.length) == (long, "60.0")


def test_a_drawing_says_what_it_is_and_has_its_figures_beneath() -> None:
    found = charts.trend(title="Quà <tặng>", curves=[Curve("Quà", of(1, 2))], periods=["a", "b"])
    page = render_to_string("web/charts/trend.html", {"chart": found, "id": "q", "table": True})
    assert 'role="img" aria-labelledby="q-t" aria-describedby="q-d"' in page
    assert '<title id="q-t">Quà &lt;tặng&gt;</title>' in page
    assert '<td class="num">2</td>' in page
    bars = charts.bars(title="Độ phủ", parts=[("Đơn vị", "3 trên 4", 3, 4)])
    assert "3 trên 4</td>" in render_to_string("web/charts/bars.html", {"chart": bars, "id": "b"})
