"""The tree of letters: what one rests on, what rests on it, as one post may see it."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.documents.actions import register_outgoing
from nhipcau.documents.lineage.tree import End, Node, Way, branches, described, missing
from nhipcau.documents.models import Document
from nhipcau.org.models import Post
from tests.cast import NOW, Cast
from tests.documents.letters import plan, registered
from tests.documents.test_linking import _guide

DAY = dt.date(2026, 3, 12)


def _send(actor: Post, subject: str, *cites: Document, text: str = "") -> Document:
    return register_outgoing(
        unit=actor.unit,
        doc_type="kế hoạch",
        subject=subject,
        dated=DAY,
        text=text,
        cites=cites,
        actor=actor,
        at=NOW,
    )


def _names(nodes: list[Node]) -> list[object]:
    """Symbol, or [symbol, what is under it]."""
    return [[node.symbol, *_names(node.children)] if node.children else node.symbol for node in nodes]


def test_a_letter_shows_what_it_rests_on_and_what_rests_on_it(cast: Cast) -> None:
    guide = registered(cast.clerk, _guide())
    directive = registered(cast.clerk)
    own = _send(cast.clerk, "Kế hoạch của tỉnh", directive)
    scope = cast.scope(cast.clerk)
    assert _names(branches(scope, own, Way.UP)) == [["56/KH-LĐLĐ", "12/HD-TLĐ"]]
    assert _names(branches(scope, guide, Way.DOWN)) == [["56/KH-LĐLĐ", own.number]]


def test_the_same_letter_in_two_registers_is_one_so_the_tree_goes_on_below(cast: Cast) -> None:
    above = registered(cast.clerk)
    theirs = registered(cast.commune_officer)
    answer = _send(cast.commune_officer, "Kế hoạch của xã", theirs)
    below = branches(cast.scope(cast.clerk), above, Way.DOWN)
    assert [node.document for node in below] == [answer]
    assert branches(cast.scope(cast.stranger), registered(cast.stranger), Way.DOWN) == []


def test_a_unit_below_that_never_entered_the_letter_still_stands_under_it(cast: Cast) -> None:
    own = _send(cast.clerk, "Kế hoạch của tỉnh")
    text = f"Thực hiện Kế hoạch số {own.number} ngày 12/3/2026 của Liên đoàn Lao động tỉnh Đông Giang, xã mở lớp."
    answer = _send(cast.commune_officer, "Kế hoạch của xã", text=text)
    below = branches(cast.scope(cast.clerk), own, Way.DOWN)
    assert [(node.document, node.kind) for node in below] == [(answer, "implements")]
    up = branches(cast.scope(cast.commune_officer), answer, Way.UP)
    assert [(node.symbol, node.document) for node in up] == [(own.number, None)]


def test_a_circle_is_cut_where_it_closes(cast: Cast) -> None:
    first = _send(cast.clerk, "Một")
    second = _send(cast.clerk, "Hai", first)
    first.citations.create(symbol=second.number, symbol_key=second.number_key, dated=DAY, target=second)
    [node] = branches(cast.scope(cast.clerk), first, Way.UP)
    assert node.document == second
    assert [(child.document, child.end, child.children) for child in node.children] == [(first, End.SEEN, [])]


def test_depth_is_bounded_and_so_are_the_queries(cast: Cast) -> None:
    letters = [_send(cast.clerk, "Số 0")]
    for number in range(1, 9):
        letters.append(_send(cast.clerk, f"Số {number}", letters[-1]))
    _ = cast.scope(cast.clerk).is_whole  # where the tree has a number, who is on top is kept from now on
    with CaptureQueriesContext(connection) as taken:
        [node] = branches(cast.scope(cast.clerk), letters[-1], Way.UP, depth=3)
    assert node.children[0].children[0].end is End.DEEP
    assert len(taken) <= 10  # one of them asks once whether the own unit is the top of all
    for _ in range(20):
        _send(cast.clerk, "Nhánh", letters[0])
    with CaptureQueriesContext(connection) as wide:
        assert len(branches(cast.scope(cast.clerk), letters[0], Way.DOWN, depth=1)) == 21
    assert len(wide) <= 4


def test_letters_that_are_cited_and_lacking_are_listed_with_who_cites_them(cast: Cast) -> None:
    first, second = registered(cast.clerk), registered(cast.clerk, plan(number="57/KH-LĐLĐ"))
    scope = cast.scope(cast.clerk)
    [line] = described(scope, list(missing(scope)))
    assert (line.first.symbol, line.count, set(line.citing)) == ("12/HD-TLĐ", 2, {first, second})
    assert list(missing(cast.scope(cast.stranger))) == list(missing(cast.scope(cast.commune_officer))) == []
    registered(cast.clerk, _guide())
    assert list(missing(scope)) == []
