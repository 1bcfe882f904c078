"""What gets no plan to fulfil: a number set beforehand for these presses people, or makes them hide what happens.

Concerns, complaints, disputes, stoppages and accidents happen or do not; attendance at political study is nobody's
quota. Teaching about them, and preventing accidents, is work like any other and may be planned.
The words stand in `rules/unplanned.yaml`.
"""

from __future__ import annotations

from functools import partial

from nhipcau.boundary.sheets import told
from nhipcau.core.said import Said

WHY = Said(
    "không đặt kế hoạch cho phản ánh, khiếu nại, tranh chấp, ngừng việc, tai nạn hay việc học tập chính trị: con "
    "số đặt trước thành sức ép lên con người",
    "no plan is set for concerns, complaints, disputes, stoppages, accidents or political study: a number set "
    "beforehand presses people",
)


_says = partial(told, "unplanned")


def unplanned(text: str) -> Said | None:
    """Why a figure with that label gets no plan; None if it may have one."""
    if _says("political_study", text) or _says("happening_counted", text):
        return WHY
    return WHY if _says("happening", text) and not _says("taught", text) else None
