"""Proof of the search: every letter is found by its own words, and by no others."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.documents.models import Document, SearchRow
from nhipcau.documents.search import engine as searchengine
from nhipcau.documents.search.rows import CHUNK, NEVER, findable, row_of

_WAY_OUT = "Chạy «nhipcau search rebuild» để lập lại."


class SearchProof:
    """Every row of the search against its letter, then the database's index against the rows."""

    name = "search"
    label = "Tìm kiếm"

    def size(self) -> int:
        """How many letters can be found."""
        return findable().count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Rows that are missing, differ or ought not to be; then what the index says of itself."""
        last = weight = 0
        while letters := list(findable().filter(pk__gt=last)[:CHUNK]):
            rows = SearchRow.objects.in_bulk([one.pk for one in letters])
            yield from (fault for one in letters if (fault := _compared(one, rows.get(one.pk))))
            weight += sum(searchengine.weight_of(term) for row in rows.values() for term in set(row.terms.split()))
            last = letters[-1].pk
            step(len(letters))
        for pk in SearchRow.objects.filter(document__state__in=NEVER).values_list("pk", flat=True).iterator(CHUNK):
            yield Difference(
                self.name, f"document:{pk}", "không có", "có", f"Một văn bản đã bỏ vẫn tìm thấy được. {_WAY_OUT}"
            )
        held = searchengine.engine().weight()
        if held is not None and held != weight:
            yield Difference(
                self.name, searchengine.INDEX, str(weight), str(held), f"Chỉ mục tìm kiếm không khớp. {_WAY_OUT}"
            )


def _compared(letter: Document, row: SearchRow | None) -> Difference | None:
    if row is None:
        found, message = "không có", f"Văn bản {letter} không tìm thấy được. {_WAY_OUT}"
    elif any(
        getattr(row, name) != getattr(row_of(letter), name) for name in ("unit_id", "waiting", "dated", "terms")
    ):
        found, message = "khác", f"Tìm kiếm giữ lời cũ của văn bản {letter}. {_WAY_OUT}"
    else:
        return None
    return Difference(SearchProof.name, f"document:{letter.pk}", "đúng văn bản", found, message)
