"""What the values of a template file are called by people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.core.said import Said

Words = Mapping[str, Said]

PERIODS: Words = {
    "month": Said("tháng", "month"),
    "quarter": Said("quý", "quarter"),
    "half": Said("6 tháng", "half-year"),
    "nine": Said("9 tháng", "nine months"),
    "year": Said("năm", "year"),
}
CALENDARS: Words = {
    "civil": Said("năm dương lịch (1/1–31/12)", "civil year (1 January to 31 December)"),
    "union": Said("năm công đoàn (1/12–30/11)", "union year (1 December to 30 November)"),
}
AXES: Words = {"territory": Said("lãnh thổ", "territory"), "sector": Said("ngành", "sector")}
OVER_UNITS: Words = {
    "sum": Said("cộng", "added up"),
    "min": Said("số nhỏ nhất", "the least"),
    "max": Said("số lớn nhất", "the greatest"),
    "mean": Said("bình quân có trọng số", "weighted mean"),
    "none": Said("không tổng hợp, chỉ số của chính đơn vị", "not rolled up: the unit's own figure alone"),
    "formula": Said("tính theo công thức", "computed by a formula"),
}
OVER_TIME: Words = {
    "flow": Said("cộng các kỳ", "periods are added up"),
    "stock": Said("lấy số cuối kỳ", "the last one stands"),
    "distinct": Said("không cộng được, hỏi riêng", "cannot be added, is asked anew"),
}
SEVERITIES: Words = {
    "error": Said("phải sửa", "must be corrected"),
    "warning": Said("cần giải thích", "needs an explanation"),
    "info": Said("lưu ý", "a note"),
}
BESIDE: Words = {
    "plan": Said("kế hoạch", "the plan"),
    "percent": Said("phần trăm kế hoạch", "per cent of the plan"),
}
OF_ASPECT: Mapping[str, Words] = {
    "period_kind": PERIODS,
    "calendar": CALENDARS,
    "axis": AXES,
    "over_units": OVER_UNITS,
    "over_time": OVER_TIME,
    "severity": SEVERITIES,
    "beside": BESIDE,
}
