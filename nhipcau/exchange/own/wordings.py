"""What taking a foreign table says, in both languages."""

from __future__ import annotations

from nhipcau.core.said import Said

TOO_LARGE = Said("Tệp lớn quá 5 MB.", "The file is larger than 5 MB.")
NO_NUMBER = Said("cần một số, ô đang có chữ", "a number is needed, the cell holds words")
NO_MATCH = Said(
    "Chưa có cột nào được nối với chỉ tiêu; hãy chọn chỉ tiêu cho ít nhất một cột.",
    "No column is matched to a figure yet; choose a figure for one column at least.",
)

GUESSED = Said("Hệ thống đoán theo tên gần giống; hãy xem lại.", "A guess from a similar name; look again.")
UNKNOWN_COLUMN = Said(
    "Không nhận ra cột này; hãy chọn chỉ tiêu, hoặc để «Không lấy cột này».",
    "This column was not recognised; choose its figure, or leave it out.",
)
SCALE_MENTIONED = Said(
    "Tiêu đề có nói nghìn, triệu hoặc tỷ; hãy xem số trong cột ghi bằng gì.",
    "The heading speaks of thousands, millions or billions; see in what the column's figures are written.",
)
PARTS_OR_PERCENT = Said(
    "Các số trong cột đều từ 0 đến 1; hãy chọn cột ghi phần trăm (1 là 1 %) hay phần của một (1 là 100 %).",
    "All figures of the column are between 0 and 1; choose whether it is in per cent (1 is 1 %) or in parts of one "
    "(1 is 100 %).",
)
NO_ROWS = Said(
    "Không có dòng nào của đơn vị trực thuộc có số ở các cột đã chọn; chưa nhập gì.",
    "No row of a unit below has a figure in the chosen columns; nothing was entered.",
)
NAMELESS = Said("dòng có số mà không có tên đơn vị", "the row has figures and no unit")
A_PERSON = Said(
    "ô đơn vị trông như họ tên một người nên không đọc; hãy ghi mã hoặc tên đầy đủ của đơn vị",
    "the unit's cell looks like a person's name and was not read; write the unit's code or its full name",
)
NO_SCALE = Said(
    "chỉ tiêu này không ghi bằng nghìn, triệu hay tỷ; hãy chọn lại",
    "this figure is not written in thousands, millions or billions; choose again",
)


def scale_stated(word: str) -> Said:
    """A scale read from the heading or from the note above the table."""
    return Said(
        f"Bảng ghi cột này bằng {word}: 1,5 sẽ được nhập là 1,5 {word}. Hãy xem lại.",
        f"The table says this column is in {_EN[word]}; the figures are multiplied. Look again.",
    )


def undecided(column: str) -> Said:
    """A column whose way of counting nobody chose."""
    return Said(f"cột {column}: hãy chọn cột ghi bằng gì", f"column {column}: choose in what it is written")


def absurd(number: str, word: str, dong: str) -> Said:
    """An amount written out in đồng in a column of millions."""
    return Said(
        f"«{number}» {word} là {dong} đồng; nếu cột ghi bằng đồng thì hãy chọn lại",
        f"«{number}» in {_EN[word]} is {dong} đồng; if the column is in đồng, choose again",
    )


def skipped(kind: str, places: str, count: int) -> Said:
    """Rows of which nothing is entered, and why."""
    vi, en = _SKIPPED[kind]
    return Said(f"{count} {vi} (dòng {places}).", f"{count} {en} (rows {places}).")


def below(count: int) -> Said:
    """Notes and signatures."""
    return Said(f"{count} dòng dưới bảng không đọc.", f"{count} rows below the table were not read.")


def words(columns: str) -> Said:
    """Columns without numbers."""
    return Said(f"Cột chữ không lấy: {columns}.", f"Columns of words, not taken: {columns}.")


_EN = {"nghìn": "thousands", "triệu": "millions", "tỷ": "billions"}
_SKIPPED = {
    "sum": ("dòng tổng, không lấy", "rows of sums, not taken"),
    "group": (
        "dòng tên nhóm, không phải đơn vị trực thuộc, không lấy",
        "rows of groups, no units below, not taken",
    ),
    "head": ("dòng tiêu đề in lại, không lấy", "headings printed again, not taken"),
    "bare": ("dòng không có đơn vị và không có số, không lấy", "rows without unit and figures, not taken"),
    "blank": ("đơn vị để trống, không nhập gì", "units left blank, nothing is entered for them"),
}


def no_units(name: str) -> Said:
    """A table that does not say whose the figures are."""
    return Said(
        f"Tệp “{name}” không có cột mã hay tên đơn vị. "
        "Hệ thống chỉ nhận số của đơn vị, không nhận bảng theo người.",
        f"The file “{name}” has no column of units' codes or names. "
        "Only units' figures are taken, no lists of people.",
    )


def dropped(columns: str) -> Said:
    """Columns of persons."""
    return Said(
        f"Cột {columns} trông như thông tin của từng người (tên, ngày sinh, số giấy tờ, điện thoại): đã bỏ, "
        "không đọc và không giữ.",
        f"The columns {columns} look like facts about persons (names, birth dates, identity or telephone numbers): "
        "they were dropped, neither read nor kept.",
    )


def unknown_unit(name: str) -> Said:
    """A row of nobody below."""
    return Said(
        f"không có đơn vị trực thuộc nào mang mã hay tên «{name}»", f"no unit directly below is called «{name}»"
    )


def two_rows(name: str) -> Said:
    """A unit that stands there twice."""
    return Said(f"đơn vị «{name}» có hai dòng", f"the unit «{name}» has two rows")


def doubled(code: str) -> Said:
    """A figure with two columns."""
    return Said(f"chỉ tiêu «{code}» được chọn cho hai cột", f"the figure «{code}» is chosen for two columns")


def faulty(count: int) -> Said:
    """All or nothing."""
    return Said(f"Tệp có {count} lỗi; chưa nhập gì.", f"The file has {count} faults; nothing was entered.")


def note(name: str, sheet: str) -> str:
    """Where the figures of a report came from, kept with it."""
    return f"Bảng tính của đơn vị cấp trên: {name}, trang {sheet}"


NO_PERIOD = Said(
    "dòng không nói kỳ nào; thêm cột «Kỳ», hoặc chỉ rõ kỳ cho cả tệp (--period)",
    "the row names no period; add a column “Kỳ”, or name the period of the whole file (--period)",
)


def unmatched(heading: str, near: str) -> Said:
    """A column of numbers that nobody has said the figure of."""
    hint = near or "mã"
    return Said(
        f'cột «{heading}» chưa nối chắc với chỉ tiêu nào; hãy chỉ rõ (--column "{heading}={hint}"), hoặc bỏ qua '
        f'cột (--column "{heading}=")',
        f'the column «{heading}» is not surely any figure; say which (--column "{heading}={near or "code"}"), or '
        f'leave it out (--column "{heading}=")',
    )


def unknown_figure(code: str) -> Said:
    """A code the template does not have."""
    return Said(f"biểu mẫu không có chỉ tiêu «{code}»", f"the form has no figure «{code}»")


def unknown_here(name: str) -> Said:
    """A row of nobody in sight."""
    return Said(
        f"không có đơn vị nào trong phạm vi mang mã hay tên «{name}», cả vào cuối kỳ lẫn hôm nay",
        f"no unit in sight is called «{name}», at the end of the period or today",
    )


WHICH_TOTAL = Said(
    "Bảng có nhiều cột số mà không cột nào ghi rõ là tổng; hãy để một cột số, hoặc đặt tiêu đề là «Tổng cộng».",
    "The table has several columns of numbers and none is headed as the total; leave one, or head it “Tổng cộng”.",
)


def faulty_compared(count: int) -> Said:
    """Nothing is compared that was not read whole."""
    return Said(f"Tệp có {count} ô không đọc được; chưa so gì.",
                f"{count} cells of the file cannot be read; nothing was compared.")  # fmt: skip
