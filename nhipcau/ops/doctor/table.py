"""The reference of all checks: one row each, as they stand in the code."""

from __future__ import annotations

from collections.abc import Sequence

from nhipcau.ops.doctor.checks import Check

HEAD = """\
# `nhipcau doctor`

Bảng này do `nhipcau doctor --list` in ra từ chính mã nguồn. `✗` là điều phải sửa (lệnh thoát 1), `–` là điều
nên biết. `nhipcau doctor --json` in một danh sách; mỗi mục có `check` (mã ở cột đầu, không đổi giữa các phiên
bản), `about` (một trong nhiều thứ cùng loại), `name`, `ok`, `needed`, `says`, và khi không ổn có `means`, `mend`.

*In English: every check, what a red line means, and the command or setting that mends it. `--json` is stable:
go by `check`.*

| mã | dòng | không ổn nghĩa là | sửa thế nào |
|---|---|---|---|
"""


def table(checks: Sequence[Check]) -> str:
    """Markdown, with an end of line."""
    rows = (f"| `{one.key}` | {one.name} | {one.means} | {_cell(one.mend)} |\n" for one in checks)
    return HEAD + "".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|") or "(không cần)"
