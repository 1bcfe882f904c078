"""The largest form in a browser: a hundred figures broken down by six, filled by one paste, without a hitch."""

from __future__ import annotations

import pytest
import yaml
from playwright.sync_api import Page, expect

from nhipcau.core.numbers import CellState
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Submission
from tests.cast import NOW, SETUP, Cast
from tests.web.browsing import MARKS, inspect, photograph, sign_in
from tests.web.reports import scenes

pytestmark = MARKS
FIGURES, PARTS = 100, 6
SLOW = 400  # milliseconds of one task on a machine shared by many; measured alone it is a quarter of that
BLOCK = "\n".join(
    "\t".join(f"{1000 + row * 10 + part:,}".replace(",", ".") for part in range(PARTS)) for row in range(FIGURES)
)
PASTE = """([input, text]) => new Promise((done) => {
  let longest = 0;
  const note = (list) => { longest = Math.max(longest, ...list.getEntries().map((one) => one.duration)); };
  new PerformanceObserver(note).observe({ type: "longtask" });
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const start = performance.now();
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  const took = performance.now() - start;
  const told = () => done({ took, drawn: performance.now() - start, longest });
  requestAnimationFrame(() => requestAnimationFrame(told));
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


def test_a_block_fills_a_hundred_figures_by_six(grid: Page) -> None:
    first = grid.locator(".now input").first
    first.focus()
    with grid.expect_response("**/bao-cao/**") as answer:
        timed = grid.evaluate(PASTE, [first.element_handle(), BLOCK])
    expect(grid.locator(".grid-state")).to_contain_text("Đã lưu lúc")
    expect(grid.locator("#progress")).to_contain_text("Đã điền 600 / 600 ô")
    expect(grid.locator("output").first).to_have_text("6.015")
    expect(grid.locator("#findings")).to_contain_text("6.015 người là quá nhiều")
    expect(grid.locator("tr.computed .why").first).to_contain_text("6.015 người là quá nhiều")
    print(f"paste {timed}; answer {len(answer.value.body())} bytes")
    assert timed["took"] < SLOW
    (report,) = Submission.objects.all()
    cells = cells_of(report)
    assert {cell.state for cell in cells.values()} == {CellState.VALUE}
    assert cells[f"f{FIGURES - 1}[phan=p{PARTS - 1}]"].value == 1000 + (FIGURES - 1) * 10 + PARTS - 1
    photograph(grid, "luoi-lon")


def test_keys_move_totals_run_and_progress_counts_before_the_server_answers(grid: Page) -> None:
    grid.route(
        "**/bao-cao/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
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
