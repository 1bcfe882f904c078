"""What stands in the archive, for somebody who has nothing but the archive."""

from __future__ import annotations

from collections.abc import Sequence

from nhipcau.core.said import Said
from nhipcau.exchange.archive.tables import TABLES
from nhipcau.exchange.archive.whole import STAYS

_ALSO = (
    ("templates/*.yaml", Said("Biểu mẫu, mỗi phiên bản một tệp.", "Report forms, a file for each version.")),
    ("reports/MẪU/KỲ.csv", Said(
        "Báo cáo của một biểu mẫu, một kỳ: mỗi dòng một bản của một đơn vị, mỗi cột một chỉ tiêu. Trống là chưa "
        "có, x là không áp dụng, * là số nhỏ được che. «origin» history là số liệu cũ nhập từ tệp.",
        "Reports of a form and period: a row for each revision of a unit, a column for each figure. Empty is "
        "missing, x not applicable, * a hidden small count. “origin” history: an old figure from a file.")),
    ("reports/MẪU/KỲ.json", Said("Như trên, kèm lời thuyết minh, giải thích, nguồn của từng số.",
                                 "The same with narrative, explanations and the source of every figure.")),
    ("files/", Said("Tệp gốc, minh chứng; tên là SHA-256 của chính tệp ấy.",
                    "Originals and evidence; a file's name is its own SHA-256.")),
    ("log.jsonl", Said(
        "Nhật ký nguyên chuỗi (chỉ khi đơn vị đứng đầu cây): digest = SHA-256 của JSON [at, actor, action, object, "
        "data]; chain = SHA-256 của «chain trước:seq:digest».",
        "The log with its chain (only for a unit at the top of the tree): digest = SHA-256 of the JSON list [at, "
        "actor, action, object, data]; chain = SHA-256 of “chain before:seq:digest”.")),
    ("manifest.json", Said("Mọi tệp với SHA-256, kích cỡ, số dòng.", "Every file with SHA-256, size, rows.")),
)  # fmt: skip
_HEAD = Said(
    "Đây là toàn bộ những gì đơn vị được mang đi, đọc được không cần Nhịp Cầu. Bảng .csv mã hóa UTF-8, thời điểm "
    "theo UTC, mã đơn vị và đối tượng là uid không đổi. Không có dữ liệu đoàn viên (hệ thống không giữ), không có "
    "tài khoản, mật khẩu, điện thoại, thư điện tử.",
    "This is all that the unit may take away, readable without this product. Tables (.csv) are UTF-8, moments UTC; "
    "units and objects go by their lasting uid. There is no members' data (none is kept), no account, password, "
    "telephone or mail address.",
)


def readme(title: str, has_log: bool) -> str:
    """README.txt, in Vietnamese and then in English."""
    told = [(one.path, one.about) for one in TABLES] + [one for one in _ALSO if has_log or one[0] != "log.jsonl"]
    vi, en = (f"{_listed(told, english=english)}\n\n{_left(english=english)}" for english in (False, True))
    return f"{title}\n\n{_HEAD}\n\n{vi}\n\n---\n\n{_HEAD.en}\n\n{en}\n"


def _left(*, english: bool = False) -> str:
    """What stays behind, by its reason."""
    by_reason: dict[Said, list[str]] = {}
    for model, why in STAYS.items():
        by_reason.setdefault(why, []).append(model)
    head = "Not in here:" if english else "Không có ở đây:"
    lines = [f"- {why.en if english else why}: {', '.join(models)}" for why, models in by_reason.items()]
    return "\n".join([head, *lines])


def _listed(told: Sequence[tuple[str, Said]], *, english: bool = False) -> str:
    return "\n".join(f"- {path}: {about.en if english else about}" for path, about in told)
