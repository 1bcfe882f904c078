"""What taking an XLSForm over says, in both languages; a sentence follows a cell's address."""

from __future__ import annotations

from nhipcau.core.said import Said

TOO_LARGE = Said("Tệp lớn quá 5 MB.", "The file is larger than 5 MB.")
NO_FIGURE = Said("không có câu hỏi nào lấy số", "no question asks for a number")
CALCULATED = Said(
    "ô tính (calculate) không lấy; hãy thêm chỉ tiêu có công thức ở bản thảo",
    "a calculation is not taken over; add a figure with a formula in the draft",
)


def faulty(count: int) -> Said:
    """Rows no template can hold."""
    return Said(
        f"XLSForm có {count} dòng không thành chỉ tiêu được; chưa lấy gì.",
        f"{count} rows of the XLSForm cannot become figures; nothing was taken.",
    )


def unsupported(kind: str) -> Said:
    """A kind of question that is no count."""
    return Said(
        f"kiểu «{kind}» không lấy được: biểu mẫu chỉ gồm số đếm, không có chữ, ảnh, vị trí, ngày "
        "hay danh sách người; hãy bỏ dòng này hoặc đổi thành integer, decimal, select_one",
        f"the kind «{kind}» cannot be taken: a template holds counts, no texts, pictures, places, days or lists of "
        "people; remove the row or make it integer, decimal or select_one",
    )


def doubled(name: str) -> Said:
    """The same name twice."""
    return Said(f"tên «{name}» đã có ở dòng trên", f"the name «{name}» stands in a row above")


def device(kind: str) -> Said:
    """What a telephone would tell of itself."""
    return Said(f"«{kind}» là dữ kiện của máy, không lấy", f"«{kind}» is about the device and is not taken")


def condition(column: str, text: str) -> Said:
    """A condition beyond our rules."""
    return Said(
        f"{column} «{text}» không viết được bằng quy tắc của hệ thống, không lấy",
        f"{column} «{text}» cannot be said in our rules and is not taken",
    )


def column(name: str) -> Said:
    """A column without a counterpart."""
    return Said(f"cột «{name}» không lấy", f"the column «{name}» is not taken")


def unitless(count: int, unit: str) -> Said:
    """Figures whose unit of measure had to be made up."""
    return Said(
        f"{count} chỉ tiêu chưa có đơn vị tính, tạm ghi «{unit}»; hãy sửa ở bản thảo",
        f"{count} figures name no unit of measure and say «{unit}» for now; mend it in the draft",
    )
