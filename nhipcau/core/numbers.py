"""Exact numbers: integers scaled by the decimals of their measure, and what a cell can hold.

A cell is a value, missing ("…") or not applicable ("x"); zero is a value ("0"). Cells are written the
Vietnamese way: "." between groups of three digits, "," before the decimals. No float enters or leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said

INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
MOST_DECIMALS = 6

MISSING_TEXT, NOT_APPLICABLE_TEXT, HIDDEN_TEXT = "…", "x", "*"


def check_int64(value: int) -> int:
    """The value itself. Raises `InvalidInput` if it does not fit into 64 bits."""
    if INT64_MIN <= value <= INT64_MAX:
        return value
    raise InvalidInput(
        Said(
            f"Số {_grouped(abs(value))} quá lớn, hệ thống không lưu được. Hãy kiểm tra lại số liệu.",
            f"The number {_grouped(abs(value))} is too large to be kept. Check the figure.",
        )
    )


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


class CellState(IntEnum):
    """The 2-bit state of a cell. Missing is 0, so that an untouched vector holds nothing.

    A hidden cell has a value that this reader is not shown; it is never kept in a vector.
    """

    MISSING = 0
    VALUE = 1
    NOT_APPLICABLE = 2
    HIDDEN = 3


@dataclass(frozen=True)
class Cell:
    """One cell: `value` is the scaled integer, 0 unless the state is VALUE. Raises `InvalidInput` else."""

    state: CellState
    value: int = 0

    def __post_init__(self) -> None:
        check_int64(self.value)
        if self.value and self.state is not CellState.VALUE:
            raise InvalidInput("Ô để trống hoặc không áp dụng thì không được mang giá trị.")


MISSING = Cell(CellState.MISSING)
NOT_APPLICABLE = Cell(CellState.NOT_APPLICABLE)
HIDDEN = Cell(CellState.HIDDEN)


@dataclass(frozen=True)
class Measure:
    """Unit of measure and number of decimals (0 to 6) of an indicator: `Measure(0, "đồng")`."""

    decimals: int
    unit: str

    def __post_init__(self) -> None:
        _check_decimals(self.decimals)

    def parse(self, text: str) -> Cell:
        """See `parse_cell`."""
        return parse_cell(text, self.decimals)

    def format(self, cell: Cell) -> str:
        """See `format_cell`; without the unit."""
        return format_cell(cell, self.decimals)


def _check_decimals(decimals: int) -> None:
    if not 0 <= decimals <= MOST_DECIMALS:
        raise InvalidInput(
            Said(
                f"Số chữ số thập phân phải từ 0 đến {MOST_DECIMALS}, không phải {decimals}.",
                f"Decimals must be 0 to {MOST_DECIMALS}, not {decimals}.",
            )
        )


# --- reading -----------------------------------------------------------------------------------------
_NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]+))?")
_ONE_POINT = re.compile(r"[-−]?[0-9]+\.[0-9]+")
_ENGLISH = re.compile(r"[-−]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def parse_value(text: str, decimals: int) -> int:
    """The scaled integer a cell's text stands for: "1.234" with 0 decimals 1234, "12,5" with 2 1250.

    Strict: whatever could be read in two ways is refused with `InvalidInput` that says how it was
    understood and how to write it. Blanks at the ends are ignored.
    """
    _check_decimals(decimals)
    wanted = text.strip()
    found = _NUMBER.fullmatch(wanted)
    if not found:
        raise InvalidInput(f"Không đọc được số “{wanted}”: {_why_unread(wanted, decimals)}")
    part = found["part"] or ""
    if len(part) > decimals:
        raise InvalidInput(f"Không nhận số “{wanted}”: {_too_precise(wanted, found['whole'], part, decimals)}")
    # Past 30 digits it is no figure, and int() would labour over thousands of them.
    digits = found["whole"].replace(".", "")
    if len(digits) > 30:
        raise InvalidInput(
            Said(
                f"Số có {len(digits)} chữ số là quá lớn. Hãy kiểm tra lại số liệu.",
                f"A number of {len(digits)} digits is too large. Check the figure.",
            )
        )
    scaled = int(digits + part.ljust(decimals, "0"))
    return check_int64(-scaled if found["sign"] else scaled)


def parse_cell(text: str, decimals: int) -> Cell:
    """A cell from its text: empty or "…" missing, "x" not applicable, else the value (`parse_value`)."""
    wanted = text.strip()
    if wanted in ("", MISSING_TEXT, "..."):
        return MISSING
    if wanted in ("x", "X"):
        return NOT_APPLICABLE
    return Cell(CellState.VALUE, parse_value(wanted, decimals))


def scale(number: int | Decimal, decimals: int) -> int:
    """The scaled integer of an exact number. Raises `InvalidInput` if it has more decimals than that."""
    _check_decimals(decimals)
    exact = Decimal(number)
    if not exact.is_finite() or exact.adjusted() > 30:
        raise InvalidInput(
            Said(
                f"“{number}” không phải là một số dùng được. Hãy kiểm tra lại số liệu.",
                f"“{number}” is no number that can be used. Check the figure.",
            )
        )
    ratio, rest = divmod(exact.as_integer_ratio()[0] * 10**decimals, exact.as_integer_ratio()[1])
    if rest:
        raise InvalidInput(
            Said(
                f"Số “{number}” có nhiều hơn {decimals} chữ số thập phân. Hãy làm tròn rồi nhập lại.",
                f"The number “{number}” has more than {decimals} decimals. Round it and enter it again.",
            )
        )
    return check_int64(ratio)


def _why_unread(text: str, decimals: int) -> str:
    if _ENGLISH.fullmatch(text) and ("." in text or text.count(",") > 1):
        vietnamese = text.translate(str.maketrans(",.", ".,"))
        return f"đây có vẻ là cách viết kiểu Anh. Hãy viết “{vietnamese}”."
    if _ONE_POINT.fullmatch(text):
        hint = f" Nếu dấu chấm là dấu thập phân, hãy viết “{text.replace('.', ',')}”." if decimals else ""
        whole = f" Nếu là số nguyên, hãy viết “{_regrouped(text)}”."
        return f"dấu chấm chỉ dùng để phân nhóm ba chữ số, mà ở đây các nhóm không đủ ba chữ số.{hint}{whole}"
    if re.search(r"[0-9]\s+[0-9]", text):
        example = _regrouped(text)
        return f"có khoảng trắng giữa các chữ số. Hãy viết liền hoặc dùng dấu chấm, ví dụ “{example}”."
    return f"hãy chỉ viết chữ số, ví dụ “{format_value(1_234_567 * 10**decimals, decimals)}”, không kèm đơn vị."


def _too_precise(text: str, whole: str, part: str, decimals: int) -> str:
    understood = f"hiểu là {whole} phẩy {part}"
    thousands = f"{whole}.{part}" if len(part) == 3 and "." not in whole and whole != "0" else ""
    hint = f" Nếu muốn ghi {thousands} (phân nhóm nghìn), hãy dùng dấu chấm." if thousands else ""
    if decimals == 0:
        return f"{understood}, nhưng chỉ tiêu này là số nguyên.{hint}"
    return f"{understood}, nhưng chỉ tiêu này chỉ có {decimals} chữ số thập phân.{hint}"


def _regrouped(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)[:30]
    return _grouped(int(digits))


# --- writing -----------------------------------------------------------------------------------------
def format_value(value: int, decimals: int) -> str:
    """A scaled integer the Vietnamese way, always with its decimals: 1250 with 2 is "12,50"."""
    _check_decimals(decimals)
    whole, part = divmod(abs(value), 10**decimals)
    tail = f",{part:0{decimals}d}" if decimals else ""
    return ("-" if value < 0 else "") + _grouped(whole) + tail


def format_rounded(value: Decimal, decimals: int = 1) -> str:
    """A number rounded half up for display: 95.45 is "95,5"."""
    return format_value(int(value.scaleb(decimals).to_integral_value(ROUND_HALF_UP)), decimals)


def format_cell(cell: Cell, decimals: int) -> str:
    """The cell as printed: "…" missing, "x" not applicable, "*" hidden, else the value."""
    if cell.state is CellState.MISSING:
        return MISSING_TEXT
    if cell.state is CellState.NOT_APPLICABLE:
        return NOT_APPLICABLE_TEXT
    if cell.state is CellState.HIDDEN:
        return HIDDEN_TEXT
    return format_value(cell.value, decimals)


# --- adding ------------------------------------------------------------------------------------------
def add_cells(cells: Iterable[Cell]) -> Cell:
    """The sum of the cells present, hidden if one is. None present: not applicable if all are, else missing (also
    of none).

    Raises `InvalidInput` if the sum does not fit into 64 bits.
    """
    total = 0
    states = set()
    for cell in cells:
        states.add(cell.state)
        total += cell.value
    if CellState.HIDDEN in states:
        return HIDDEN
    if CellState.VALUE in states:
        return Cell(CellState.VALUE, total)
    return NOT_APPLICABLE if states == {CellState.NOT_APPLICABLE} else MISSING


# --- vectors -----------------------------------------------------------------------------------------
# Payload of n cells: n little-endian int64 values, then the states, 2 bits each, cell i in bits 2*(i % 4) of
# byte i // 4. It is canonical: a value that is not present is 0, and spare bits are 0, so that equal cells
# have equal bytes. In memory: `values` int64 and `states` uint8 (`CellState`), of equal shape.
Values = npt.NDArray[np.int64]
States = npt.NDArray[np.uint8]
Payloads = npt.NDArray[np.uint8]  # one to a row

_SHIFTS = np.array([0, 2, 4, 6], dtype=np.uint8)
# The four states that a byte holds, a byte each; looked up as one number, which is eight times as fast.
_STATES_OF_BYTE: States = (np.arange(256, dtype=np.uint8)[:, np.newaxis] >> _SHIFTS & np.uint8(3)).astype(np.uint8)
_FOUR_STATES = _STATES_OF_BYTE.view(np.uint32)[:, 0]
# What a sum's state is, by the set of states seen (bit s set: state s was seen).
_STATE_OF_SEEN = np.array(
    [
        CellState.VALUE
        if seen & (1 << CellState.VALUE)
        else CellState.NOT_APPLICABLE
        if seen == 1 << CellState.NOT_APPLICABLE
        else CellState.MISSING
        for seen in range(8)
    ],
    dtype=np.uint8,
)


def packed_size(n: int) -> int:
    """Bytes of a payload of n cells."""
    return 8 * n + (n + 3) // 4


def pack(cells: Sequence[Cell]) -> bytes:
    """The payload of the cells, in their order."""
    values = np.array([cell.value for cell in cells], dtype=np.int64)
    states = np.array([cell.state for cell in cells], dtype=np.uint8)
    return pack_arrays(values, states)


def pack_arrays(values: Values, states: States) -> bytes:
    """The payload of one-dimensional arrays. Raises `InvalidInput` if they are not canonical cells."""
    _check(values, states)
    padded = np.zeros((len(states) + 3) // 4 * 4, dtype=np.uint8)
    padded[: len(states)] = states
    packed = np.bitwise_or.reduce(padded.reshape(-1, 4) << _SHIFTS, axis=1).astype(np.uint8)
    payload: bytes = values.astype("<i8").tobytes() + packed.tobytes()
    return payload


def pack_many(values: Values, states: States) -> list[bytes]:
    """The payloads of arrays of shape (rows, cells), one a row; the way to write many. Raises as `pack_arrays`."""
    _check(values, states)
    rows, n = values.shape
    padded = np.zeros((rows, (n + 3) // 4 * 4), dtype=np.uint8)
    padded[:, :n] = states
    packed = np.bitwise_or.reduce(padded.reshape(rows, padded.shape[1] // 4, 4) << _SHIFTS, axis=2).astype(np.uint8)
    laid = np.concatenate(
        [np.ascontiguousarray(values, dtype="<i8").view(np.uint8).reshape(rows, 8 * n), packed], axis=1
    )
    whole, size = laid.tobytes(), packed_size(n)
    return [whole[start : start + size] for start in range(0, rows * size, size)]


def unpack(payload: bytes, n: int) -> list[Cell]:
    """The n cells of a payload. Raises `InvalidInput` if it is damaged or of another length."""
    values, states = unpack_arrays(payload, n)
    return [Cell(CellState(state), value) for state, value in zip(states.tolist(), values.tolist(), strict=True)]


def unpack_arrays(payload: bytes, n: int) -> tuple[Values, States]:
    """(values int64[n], states uint8[n]), not writable. Raises `InvalidInput` as `unpack` does."""
    values, states = unpack_many([payload], n)
    return values[0], states[0]


def unpack_many(payloads: Sequence[bytes], n: int) -> tuple[Values, States]:
    """(values int64[m, n], states uint8[m, n]) of m payloads at once, not writable; the way to read many.

    Raises `InvalidInput` if any is damaged or of another length.
    """
    return unpack_rows(laid_out(payloads, n), n)


def laid_out(payloads: Sequence[bytes], n: int, lengths: Sequence[int] | None = None) -> Payloads:
    """Payloads of n cells, one to a row. Where `lengths` says how long each is, one part may hold several.

    Raises `InvalidInput` if one is of another length.
    """
    size, lengths = packed_size(n), list(map(len, payloads)) if lengths is None else lengths
    for other in set(lengths) - {size}:
        raise InvalidInput(
            Said(
                f"Dữ liệu số liệu bị hỏng: có {other} byte, lẽ ra phải có {size} byte cho {n} ô.",
                f"The stored figures are damaged: {other} bytes where {n} cells need {size}.",
            )
        )
    return np.frombuffer(b"".join(payloads), dtype=np.uint8).reshape(len(lengths), size)


def unpack_rows(rows: Payloads, n: int) -> tuple[Values, States]:
    """As `unpack_many`, of payloads laid out one to a row."""
    values: Values = np.ascontiguousarray(rows[:, : 8 * n]).view("<i8").astype(np.int64, copy=False)
    every = np.take(_FOUR_STATES, rows[:, 8 * n :]).view(np.uint8)
    states: States = np.ascontiguousarray(every[:, :n])
    _check(values, states)
    if every[:, n:].any():
        raise InvalidInput("Dữ liệu số liệu bị hỏng: phần thừa sau ô cuối không rỗng.")
    values.setflags(write=False)
    states.setflags(write=False)
    return values, states


def sum_vectors(vectors: Sequence[tuple[Values, States]]) -> tuple[Values, States]:
    """The cell-wise sum of vectors of equal length, by the rule of `add_cells`.

    Raises `InvalidInput` if there is none, if lengths differ, or if a sum does not fit into 64 bits.
    """
    if len({len(values) for values, _ in vectors}) != 1:
        raise InvalidInput("Không cộng được: cần ít nhất một bộ số liệu và các bộ phải cùng số ô.")
    values = np.stack([values for values, _ in vectors])
    states = np.stack([states for _, states in vectors])
    total, state = sum_segments(values, states, np.zeros(1, dtype=np.intp))
    return total[0], state[0]


def sum_segments(values: Values, states: States, starts: npt.NDArray[np.intp]) -> tuple[Values, States]:
    """Sums of consecutive runs of rows: rows starts[i] up to starts[i+1] (the last to the end).

    `values` and `states` have shape (rows, cells); `starts` is strictly increasing and within the rows, so
    that no run is empty. Returns arrays of shape (len(starts), cells). Raises `InvalidInput` if a sum does
    not fit into 64 bits.
    """
    seen = np.bitwise_or.reduceat(np.left_shift(np.uint8(1), states), starts, axis=0)
    return _checked_sums(values, starts), _STATE_OF_SEEN[seen]


def _checked_sums(values: Values, starts: npt.NDArray[np.intp]) -> Values:
    if not values.size:
        return np.add.reduceat(values, starts, axis=0)
    furthest = max(int(values.max()), -int(values.min()))
    if furthest * len(values) <= INT64_MAX:
        return np.add.reduceat(values, starts, axis=0)
    # Halves of 32 bits cannot overflow (under 2^31 rows); carry the lower sum into the upper one.
    low = np.add.reduceat(values & 0xFFFFFFFF, starts, axis=0)
    high = np.add.reduceat(values >> 32, starts, axis=0) + (low >> 32)
    if ((high < -(2**31)) | (high >= 2**31)).any():
        raise InvalidInput(
            "Tổng quá lớn, hệ thống không lưu được. Hãy kiểm tra lại số liệu của các đơn vị, nhất là đơn vị tính."
        )
    total: Values = (high << 32) | (low & 0xFFFFFFFF)
    return total


def _check(values: Values, states: States) -> None:
    if values.shape != states.shape:
        raise InvalidInput("Dữ liệu số liệu bị hỏng: số giá trị và số trạng thái không khớp.")
    if (states > CellState.NOT_APPLICABLE).any():
        raise InvalidInput("Dữ liệu số liệu bị hỏng: có ô mang trạng thái không tồn tại.")
    absent = np.flatnonzero(states != CellState.VALUE)  # few: to look at these is quicker than to compare all
    if values.reshape(-1)[absent].any():
        raise InvalidInput("Dữ liệu số liệu bị hỏng: có ô trống hoặc không áp dụng mà vẫn mang giá trị.")
