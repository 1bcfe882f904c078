"""What reading a form says of a cell, in both languages; a sentence follows the cell's address."""

from __future__ import annotations

from nhipcau.core.said import Said


def odd(kind: str, shown: str) -> Said:
    """A truth value or a day where a figure or a text should be."""
    if kind == "date":
        return Said(f"cần một số, đã nhập ngày «{shown}»", f"a number is needed, a day “{shown}” was given")
    return Said(f"cần một số, đã nhập «{shown}»", f"a number is needed, “{shown}” was given")


def doubled(label: str) -> Said:
    """A row that stands there twice."""
    return Said(f"dòng «{label}» có hai lần; hãy bỏ bớt một", f"the row “{label}” stands there twice; remove one")


def lacking(label: str) -> Said:
    """A row that is gone."""
    return Said(f"thiếu dòng «{label}»", f"the row “{label}” is missing")


def too_large(shown: str) -> Said:
    """More digits than Excel keeps."""
    return Said(
        f"số quá lớn để Excel giữ đúng từng chữ số, đã nhập «{shown}»; hãy kiểm tra lại",
        f"too large for Excel to keep every digit, “{shown}” was given; check it",
    )


def negative(shown: str) -> Said:
    """Below zero."""
    return Said(f"số liệu không được âm, đã nhập «{shown}»", f"a figure cannot be negative, “{shown}” was given")


def too_precise(decimals: int, shown: str) -> Said:
    """More decimals than the indicator has."""
    vi = f"nhiều nhất {decimals} chữ số thập phân" if decimals else "số nguyên"
    en = f"at most {decimals} decimals" if decimals else "a whole number"
    return Said(f"cần {vi}, đã nhập «{shown}»", f"{en} needed, “{shown}” was given")


def unreadable(name: str) -> Said:
    """A file whose stamp is ours and whose contents make no sense."""
    return Said(
        f"Tệp “{name}” không đọc được. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
        f"The file “{name}” cannot be read. Download the form again and copy the figures over.",
    )


def no_section(number: int, most: int) -> Said:
    """A section that the template does not have."""
    return Said(
        f"Biểu mẫu có {most} phần, không có phần {number}.",
        f"The form has {most} sections, there is no section {number}.",
    )


def other_version(name: str) -> Said:
    """A file that does not fit the version it names."""
    return Said(
        f"Tệp “{name}” không khớp với phiên bản biểu mẫu đang lưu. Hãy tải lại biểu mẫu.",
        f"The file “{name}” does not fit the stored version of its form. Download the form again.",
    )


UNKNOWN_VERSION = Said(
    "Phiên bản biểu mẫu này không còn ở đây. Hãy tải lại biểu mẫu.",
    "This version of the form is not here any more. Download the form again.",
)
NEWER_VERSION = Said(
    "Kỳ này đã dùng phiên bản biểu mẫu mới hơn. Hãy tải lại biểu mẫu rồi chép số liệu sang.",
    "The period uses a newer version of the form. Download it again and copy the figures over.",
)
NO_UNIT = Said("Đơn vị của biểu mẫu này không còn trong hệ thống.", "The unit of this form is not here any more.")
NOTHING_NEW = Said(
    "Không có gì mới so với báo cáo đang lưu.", "Nothing is new compared with the report as it stands."
)
EMPTY = Said("(trống)", "(empty)")
UNSTORED = Said("Có chỗ chưa nhận được.", "Something could not be taken.")


def faulty(count: int) -> Said:
    """Cells that could not be read."""
    return Said(
        f"Có {count} ô chưa đọc được; chưa nhận ô nào.", f"{count} cells could not be read; none was taken."
    )


def disputed(count: int) -> Said:
    """Cells that were changed here after the form was handed out."""
    return Said(
        f"Có {count} ô đã được sửa trên hệ thống sau khi tải biểu mẫu. "
        "Hãy chọn lấy số trong tệp hay giữ số trên hệ thống.",
        f"{count} cells were changed in the system after the form was downloaded. "
        "Choose the file's figures or keep the system's.",
    )


def closed(state: str) -> Said:
    """A report that is out of the unit's hands."""
    return Said(
        f"Báo cáo {state}, không sửa được nữa.", "The report is out of the unit's hands and cannot be changed."
    )


def taken(count: int, *, preview: bool) -> Said:
    """How much goes, or would go, into the draft."""
    if preview:
        return Said(f"Sẽ ghi {count} chỗ vào báo cáo của đơn vị.", f"{count} changes would go into the report.")
    return Said(f"Đã ghi {count} chỗ vào báo cáo của đơn vị.", f"{count} changes went into the report.")
