"""A list that may be very long is counted a few pages ahead, and can be turned to its end all the same."""

from __future__ import annotations

import pytest

from nhipcau.org.models import Post
from nhipcau.web import paging
from nhipcau.web.paging import Ahead, leaf
from tests.cast import Cast


@pytest.fixture
def few_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "AHEAD", 1)


def test_a_short_list_is_counted_whole(cast: Cast) -> None:
    page = leaf(Post.objects.order_by("pk"), 2, None)
    assert (page.paginator.count, page.paginator.num_pages, page.number) == (5, 3, 1)
    assert isinstance(page.paginator, Ahead)
    assert (page.paginator.more, page.paginator.said) == (False, "5")


def test_of_a_long_one_so_much_is_counted_that_one_can_turn_on(cast: Cast, few_ahead: None) -> None:
    rows = Post.objects.order_by("pk")
    first = leaf(rows, 2, "1")
    assert isinstance(first.paginator, Ahead)
    assert (first.paginator.count, first.paginator.more, first.paginator.said) == (4, True, "hơn 4")
    second = leaf(rows, 2, "2")
    assert (second.has_next(), second.paginator.count) == (True, 5)
    assert list(leaf(rows, 2, "3").object_list) == list(rows[4:])


@pytest.mark.parametrize(("asked", "number"), [("99", 3), ("0", 3), ("x", 1), ("", 1), ("9" * 40, 3)])
def test_a_page_that_is_none_leads_to_one_that_is(cast: Cast, asked: str, number: int) -> None:
    assert leaf(Post.objects.order_by("pk"), 2, asked).number == number
