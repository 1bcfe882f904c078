"""Tables of tasks that lost their columns altogether, turned into rows with rules again.

A copy may print each cell on a line of its own ("TT / Nội dung / Thời gian / 1 / …"), or a whole row as one
run of words ("1 Ban hành kế hoạch Văn phòng Trước 25/02"). The running numbers and the times still tell the
rows: a number one higher than the last begins a row, and what is nothing but a time is its time.
"""

from __future__ import annotations

import re

from nhipcau.reader.language.text import plain
from nhipcau.reader.page.titles import NUMBER, ONLY_TIME, WHAT, WHO, columns_of

_MOST_TITLES, _MOST_CELL_LINES = 8, 14
_LONGEST_TITLE = 40
_RUNNING = re.compile(r"\s*0?(\d{1,2})[.)]?\s*$")
_RUNS_ON = re.compile(r"\s*0?(\d{1,2})[.)]?\s+(?=\S)")
_TITLES_RUN_ON = re.compile(
    r"\W*(?:so\s|s)?tt\s.*\b(?:thoi (?:gian|han)|tien do|(?:ngay|han) hoan thanh)(?:\s(?:thuc hien|hoan thanh))?$"
)
_NAMES_WORK = re.compile(r"\b(?:noi dung|nhiem vu|cong viec|hoat dong|don vi|chu tri|phu trach|nguoi)\b")


def restacked(raws: list[str]) -> list[str]:
    """The same lines with each such table as "|cell|cell|" rows; lines that went into a row become ""."""
    rows = list(raws)
    index = 0
    while index < len(rows):
        folded = plain(rows[index].strip())
        if NUMBER.fullmatch(folded.rstrip(".: ")):
            index = _stacked(rows, index)
        elif (
            len(folded) < 120 and "|" not in folded and _TITLES_RUN_ON.match(folded) and _NAMES_WORK.search(folded)
        ):
            index = _run_on(rows, index)
        else:
            index += 1
    return rows


def _stacked(rows: list[str], at: int) -> int:
    """One cell a line: titles down to the first running number, then row by row."""
    titles, first = _filled(rows, at, _MOST_TITLES, until=1)
    words = [plain(rows[line]).strip() for line in titles]
    columns = columns_of(words)
    if first is None or columns is None or any(len(word) > _LONGEST_TITLE for word in words):
        return at + 1
    before = [word for word in words[1 : columns.when] if WHO.match(word) or WHAT.match(word)]
    last = any(WHAT.match(word) or WHO.match(word) for word in words[columns.when + 1 :])
    found: list[tuple[int, list[str]]] = []
    line: int | None = first
    number, end = 1, at + 1
    while line is not None:
        cells, following = _filled(rows, line + 1, _MOST_CELL_LINES, until=number + 1)
        row = _row([rows[cell].strip() for cell in cells], len(words) - 1, time_first=last and not before)
        if row is None:
            break
        texts, used = row
        found.append((line, [str(number), *texts]))
        for cell in cells[:used]:
            rows[cell] = ""
        end = cells[used - 1] + 1
        number, line = number + 1, following if used == len(cells) else None
    if not found:
        return end
    for title in titles:
        rows[title] = ""
    who_last = last and not before
    rows[at] = "|TT|Thời gian|Nội dung|Đơn vị|" if who_last else "|TT|Nội dung|Đơn vị|Thời gian|"
    for line, cells_of_row in found:
        rows[line] = "|" + "|".join(cells_of_row) + "|"
    return end


def _filled(rows: list[str], at: int, most: int, *, until: int) -> tuple[list[int], int | None]:
    """The next filled lines before the running number `until`, and where that number stands."""
    lines: list[int] = []
    for index in range(at, min(len(rows), at + 3 * most)):
        text = rows[index].strip()
        if not text:
            continue
        running = _RUNNING.match(text)
        if running and int(running[1]) == until and lines:
            return lines, index
        if len(lines) == most:
            break
        lines.append(index)
    return lines, None


def _row(cells: list[str], width: int, *, time_first: bool) -> tuple[list[str], int] | None:
    """(what, who, when) or (when, what, who), and how many lines they took; None without a time."""
    times = [bool(ONLY_TIME.fullmatch(plain(cell))) for cell in cells]
    if True not in times:
        return None
    start = times.index(True)
    end = start + 1
    while end < len(times) and times[end] and not _whole(cells[end]):
        end += 1
    when = " ".join(cells[start:end])
    if time_first:
        rest = cells[end : end + max(1, width - 1)]
        return [when, rest[0] if rest else "", " ".join(rest[1:])], end + len(rest)
    before = cells[:start]
    who = before.pop() if len(before) > 1 and width > 2 else ""
    return [" ".join(before), who, when], max(end, min(len(cells), width))


def _whole(cell: str) -> bool:
    return re.match(r"(?:truoc|ngay|thang|quy|tu)\b", plain(cell)) is not None


def _run_on(rows: list[str], at: int) -> int:
    """One row a run of words: the time stands at the end of one of its lines."""
    number, index = 1, at + 1
    while index < len(rows):
        begun = _RUNS_ON.match(rows[index])
        if begun is None or int(begun[1]) != number:
            break
        lines = [index]
        while index + len(lines) < len(rows) and len(lines) < 6 and _goes_on(rows[index + len(lines)], number + 1):
            lines.append(index + len(lines))
        words, when = _time_at_the_end([rows[index][begun.end() :], *(rows[line] for line in lines[1:])])
        for line in lines:
            rows[line] = ""
        rows[index] = f"|{number}|{words}|{when}|"
        index += len(lines)
        number += 1
    if number > 1:
        rows[at] = "|TT|Nội dung|Thời gian|"
    return max(index, at + 1)


def _goes_on(raw: str, next_number: int) -> bool:
    """A line that wraps the row above: it begins small or is no more than a time."""
    begun = _RUNS_ON.match(raw)
    text = raw.strip()
    if not text or (begun and int(begun[1]) == next_number):
        return False
    return text[0].islower() or ONLY_TIME.fullmatch(plain(text)) is not None


def _time_at_the_end(lines: list[str]) -> tuple[str, str]:
    for index, line in enumerate(lines):
        words = line.split()
        for start in range(max(0, len(words) - 8), len(words)):
            if ONLY_TIME.fullmatch(plain(" ".join(words[start:]))):
                others = [*lines[:index], " ".join(words[:start]), *lines[index + 1 :]]
                return " ".join(" ".join(others).split()), " ".join(words[start:])
    return " ".join(" ".join(lines).split()), ""
