"""A walk through the demonstration: the main job from the letter to the issued report, by real pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from nhipcau.core.said import Said


@dataclass(frozen=True)
class Stop:
    """What to look at, as whom, on which page."""

    login: str
    title: Said
    look: Said
    page: str

    @property
    def url(self) -> str:
        return reverse(self.page)


STOPS = (
    Stop(
        "vanthu",
        Said("Văn bản vào sổ", "A letter enters the register"),
        Said(
            "Mở một văn bản: ai gửi, đòi hỏi gì, hạn nào, mỗi điều chỉ về đúng câu của nó.",
            "Open a letter: who sent it, what it asks, by when; each leads to its own sentence.",
        ),
        "documents:register",
    ),
    Stop(
        "chinhsach",
        Said("Giao việc xuống", "Work is handed down"),
        Said(
            "Mở một việc: đơn vị nào đã nhận, đã xong, đang chậm, gọi số nào.",
            "Open a task: which units have it, are done, are late, and whom to call.",
        ),
        "tasks:index",
    ),
    Stop(
        "coso",
        Said("Công đoàn cơ sở nhận việc", "A local union takes it up"),
        Said("Việc nào đến hạn trước, vì sao có hạn ấy.", "What falls due first, and why then."),
        "home",
    ),
    Stop(
        "coso",
        Said("Ghi việc đã làm", "What was done is recorded"),
        Said("Một hoạt động trong một phút, không ghi tên ai.", "An activity in a minute, nobody named."),
        "activities:list",
    ),
    Stop(
        "coso",
        Said("Báo cáo tự điền", "The report fills itself"),
        Said("Bấm vào nguồn của một ô để thấy hoạt động nào.", "Press a cell's source to see which activities."),
        "reports:mine",
    ),
    Stop(
        "huyen",
        Said("Cấp trên tiếp nhận", "The level above accepts"),
        Said(
            "Trước đó, bằng tài khoản coso, lập bản điều chỉnh 6 tháng đầu năm rồi gửi. Ở đây chỗ thay đổi hiện "
            "trước; trả lại theo từng ô, hoặc tiếp nhận.",
            "First, as coso, make a correction of the first half-year and send it. Here changes come first; return "
            "by cell, or accept.",
        ),
        "reports:queue",
    ),
    Stop(
        "chutich",
        Said("Tổng hợp và truy nguồn", "Totals, and where they come from"),
        Said("Bấm một con số, đi đến tận hoạt động của nó.", "Press a figure and follow it to its activities."),
        "reports:consolidated_start",
    ),
    Stop(
        "chutich",
        Said("Số đổi sau phát hành", "Changed after issue"),
        Said(
            "Huyện tiếp nhận bản điều chỉnh ấy rồi, báo cáo đã phát hành được nêu ở đây: chọn cách xử lý.",
            "Once the district has accepted that correction, the issued report is named here: decide.",
        ),
        "reports:changed",
    ),
)
