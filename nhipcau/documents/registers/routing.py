"""Where an incoming letter went inside the office: told by the app that routes it, printed by the register.

The register of incoming letters has two columns that only routing can fill (Decree 30/2020/NĐ-CP, Appendix IV:
"đơn vị hoặc người nhận", "ngày chuyển"). Letters know nothing of routing, so apps above register a provider.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple


class Routed(NamedTuple):
    """Who received a letter, as it is printed ("Ban Chính sách; Ban Tài chính"), and on which local day."""

    receiver: str
    transferred_on: dt.date | None


Provider = Callable[[Collection[int]], Mapping[int, Routed]]
_providers: list[Provider] = []


def routes(provider: Provider) -> None:
    """Ask `provider` where letters went (apps above register here, in `ready`).

    It gets the primary keys of documents, at most a few thousand at once, and answers with those that were
    routed; it should need a fixed number of queries. A plain tuple (receiver, day) will do as an answer.
    """
    if provider not in _providers:
        _providers.append(provider)


def routing(documents: Collection[int]) -> dict[int, Routed]:
    """Where each of the documents went; those that nobody routed are absent.

    Two providers naming one letter: receivers are joined with "; ", the earlier day is kept.
    """
    found: dict[int, Routed] = {}
    for provider in _providers:
        for document, (receiver, day) in provider(documents).items():
            before = found.get(document)
            if before is None:
                found[document] = Routed(receiver, day)
                continue
            days = [one for one in (before.transferred_on, day) if one]
            found[document] = Routed(f"{before.receiver}; {receiver}", min(days, default=None))
    return found
