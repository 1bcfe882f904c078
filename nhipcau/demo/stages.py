"""The stages of the demonstration, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nhipcau.demo import desk, going_on, restatement, second_scene
from nhipcau.demo.story import Counts, Story


def stages(story: Story) -> Sequence[tuple[str, Callable[[], Counts]]]:
    """Names (Vietnamese) and steps."""
    return (
        ("Lập liên đoàn", story.found),
        ("Văn bản đến: đọc, xác nhận, vào sổ", story.receive_directive),
        ("Giao việc và chuyển tiếp ba cấp", story.cascade),
        ("Ghi hoạt động", story.record_activities),
        ("Lập và gửi báo cáo", story.report),
        ("Tổng hợp và phát hành", story.issue),
        ("Đính chính và báo cáo điều chỉnh", lambda: restatement.correct_and_restate(story)),
        ("Việc đang chờ ngày 20/7/2018", lambda: desk.lay_out(story)),
        ("Đang diễn ra tháng 7/2018: chiến dịch, thông báo, biểu hỏi", lambda: going_on.go_on(story)),
        ("Cảnh hai: 1/7/2025, công đoàn xã thay công đoàn huyện", lambda: second_scene.run(story)),
    )
