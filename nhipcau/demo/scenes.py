"""The two moments the demonstration is looked at: after the restatement of 2018, and on the new tree of 2025."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.demo.dates import CLOCK

NEW_TREE = dt.date(2025, 7, 1)
AFTER = dt.datetime(2025, 7, 15, 9, 0, tzinfo=VN)
SCENES = (("7/2018", CLOCK), ("7/2025", AFTER))
# Whom a visitor may sign in as, and who that is; told on the sign-in page.
VISITORS = (
    ("chutich", "Chủ tịch Liên đoàn Lao động tỉnh", "President of the provincial federation"),
    ("chinhsach", "Trưởng ban Chính sách pháp luật của tỉnh", "Head of the province's policy department"),
    ("vanthu", "Văn thư của tỉnh", "Clerk of the province"),
    (
        "huyen",
        "Chủ tịch Liên đoàn Lao động huyện (cảnh 7/2018)",
        "President of a district federation (scene 7/2018)",
    ),
    ("xa", "Chủ tịch công đoàn phường (cảnh 7/2025)", "Ward president (scene 7/2025)"),
    ("coso", "Chủ tịch công đoàn cơ sở", "President of a local union"),
    ("quantri", "Quản trị cây tổ chức", "Administrator of the tree of units"),
)
