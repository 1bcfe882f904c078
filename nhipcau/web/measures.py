"""In what figures are counted, in the visitor's language: forms name it in Vietnamese alone."""

from __future__ import annotations

from django.utils.translation import get_language

_ENGLISH = {
    "%": "%",
    "ban": "committees",
    "bài": "articles",
    "bản": "copies",
    "buổi": "sessions",
    "chỗ": "places",
    "cuộc": "events",
    "đoàn viên": "members",
    "đồng": "VND",
    "đơn vị": "units",
    "đơn vị máu": "units of blood",
    "giờ": "hours",
    "hộ": "households",
    "khoản": "items",
    "kg": "kg",
    "lần": "times",
    "lớp": "classes",
    "lượt": "times",
    "lượt người": "attendances",
    "mũ": "helmets",
    "ngày": "days",
    "nguy cơ": "hazards",
    "người": "people",
    "nhà": "homes",
    "nội dung": "topics",
    "nơi": "places",
    "phần": "parts",
    "suất": "gifts",
    "suất quà": "gifts",
    "thỏa ước": "agreements",
    "tờ": "sheets",
    "văn bản": "documents",
    "vụ": "cases",
    "xe": "vehicles",
    "ý kiến": "comments",
}


def measured(unit: str) -> str:
    """The word for what is counted; one that a form made for itself stays as it was written."""
    return _ENGLISH.get(unit, unit) if (get_language() or "").startswith("en") else unit
