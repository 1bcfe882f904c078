"""The largest form in a browser: a hundred figures broken down by six, filled by one paste, without a hitch."""

from __future__ import annotations

import pytest
import yaml
from playwright.sync_api import CDPSession, Page, Route, expect

from nhipcau.core.numbers import CellState
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Submission
from tests.cast import NOW, SETUP, Cast
from tests.web.browsing import MARKS, inspect, photograph, sign_in
from tests.web.reports import scenes

pytestmark = MARKS
FIGURES, PARTS = 100, 6
SLOW = 0.4  # seconds of the processor, which other work on the machine does not lengthen
BLOCK = "\n".join(
    "\t".join(f"{1000 + row * 10 + part:,}".replace(",", ".") for part in range(PARTS)) for row in range(FIGURES)
)
PASTE = """([input, text]) => new Promise((done) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""


def _large(cast: Cast) -> Submission:
    items = [{"code": f"p{part}", "label": f"Phần {part + 1}"} for part in range(PARTS)]
    figures = [
        {"code": f"f{row}", "label": f"Chỉ tiêu {row + 1}", "unit": "người", "breakdowns": ["phan"]}
        for row in range(FIGURES)
    ]
    raw = yaml.safe_load(scenes.TEMPLATE) | {
        "breakdowns": [{"code": "phan", "label": "Phần", "items": items}],
        "sections": [{"title": "Số liệu", "indicators": figures}],
        "rules": [
            {"code": "lon", "severity": "error", "check": "f0 <= 6000", "message": "{f0} người là quá nhiều."}
        ],
    }
    del raw["activity_types"]
    version = import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version
    return scenes.draft(version, cast.local_volunteer)


@pytest.fixture
def grid(page: Page, live_cast: Cast) -> Page:
    report = _large(live_cast)
    sign_in(page)
    page.goto(f"/bao-cao/{report.uid}/")
    return page


def _spent(clock: CDPSession) -> float:
    """Seconds of the processor that the page's own thread has had."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))


def test_a_block_fills_a_hundred_figures_by_six(grid: Page) -> None:
    first = grid.locator(".now input").first
    first.focus()
    clock = grid.context.new_cdp_session(grid)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _spent(clock)
    with grid.expect_response("**/bao-cao/**"):
        grid.evaluate(PASTE, [first.element_handle(), BLOCK])
        spent = _spent(clock) - before
    expect(grid.locator(".grid-state")).to_contain_text("Đã lưu lúc")
    expect(grid.locator("#progress")).to_contain_text("Đã điền 600 / 600 ô")
    expect(grid.locator("output").first).to_have_text("6.015")
    expect(grid.locator("#findings")).to_contain_text("6.015 người là quá nhiều")
    expect(grid.locator("tr.computed .why").first).to_contain_text("6.015 người là quá nhiều")
    assert spent < SLOW
    (report,) = Submission.objects.all()
    cells = cells_of(report)
    assert {cell.state for cell in cells.values()} == {CellState.VALUE}
    assert cells[f"f{FIGURES - 1}[phan=p{PARTS - 1}]"].value == 1000 + (FIGURES - 1) * 10 + PARTS - 1
    photograph(grid, "luoi-lon")


def _let_wait(route: Route) -> None:
    """What is sent gets no answer; an error would be told on the console."""
    if route.request.method != "POST":
        route.continue_()


def test_keys_move_totals_run_and_progress_counts_before_the_server_answers(grid: Page) -> None:
    grid.route("**/bao-cao/**", _let_wait)
    first, second = (grid.locator(".now input").nth(n) for n in (0, 1))
    first.fill("1.200")
    expect(grid.locator("output").first).to_have_text("1.200")
    expect(grid.locator("#progress")).to_contain_text("Đã điền 1 / 600 ô")
    first.press("Enter")
    expect(second).to_be_focused()
    second.press("Tab")
    expect(grid.locator(".now input").nth(2)).to_be_focused()
    grid.keyboard.press("ArrowUp")
    expect(second).to_be_focused()
    second.fill("34")
    expect(grid.locator("output").first).to_have_text("1.234")
    second.fill("1.23")
    expect(second.locator("xpath=following-sibling::*")).to_have_text("chưa rõ số")


def test_the_large_grid_is_sound(grid: Page) -> None:
    inspect(grid, "luoi-lon")
