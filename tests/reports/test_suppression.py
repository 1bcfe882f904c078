"""Small counts stay with their unit: whoever has every published figure of a tree cannot work one out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.numbers import HIDDEN, MISSING, Cell, CellState
from nhipcau.reports.design.parsing import parse, read_yaml
from nhipcau.reports.totals.suppression import (
    Group,
    Member,
    Node,
    groups,
    hidden_nodes,
    is_sound,
    still_hidden,
    to_hide,
    touched,
    veil,
    veil_all,
)
from tests.reports import secrets
from tests.reports.solving import bounds

FLOOR = 5
PARTS = ("people[sex=female]", "people[sex=male]")
GROUP = Group("people", ("people", *PARTS), FLOOR)
Counts = tuple[int, int]
Tree = tuple[Counts, list["Tree"]]

counts = st.tuples(st.sampled_from([0, 0, 1, 2, 4, 5, 9, 30]), st.sampled_from([0, 0, 1, 3, 6, 20]))
leaves: st.SearchStrategy[Tree] = st.tuples(counts, st.just([]))
inner = st.tuples(counts, st.lists(leaves, max_size=4))
trees: st.SearchStrategy[Tree] = st.tuples(counts, st.lists(inner, min_size=1, max_size=3))


def laid_out(
    tree: Tree, depth: int = 0, keys: Iterator[int] | None = None
) -> list[tuple[int, int, Counts, list[int]]]:
    """(key, depth, own counts, keys of its branch) in depth-first order."""
    keys = keys or iter(range(1, 1000))
    key, (own, below) = next(keys), tree
    branches = [laid_out(child, depth + 1, keys) for child in below]
    inside = [key, *(one for branch in branches for node in branch[:1] for one in node[3])]
    return [(key, depth, own, inside), *(node for branch in branches for node in branch)]


def nodes_of(rows: Sequence[tuple[int, int, Counts, list[int]]]) -> list[Node]:
    own = {key: its for key, _, its, _ in rows}
    nodes = []
    for key, depth, _, inside in rows:
        parts = [sum(own[one][sex] for one in inside) for sex in (0, 1)]
        values = dict(zip(GROUP.cells, (sum(parts), *parts), strict=True))
        cells = {code: Cell(CellState.VALUE, value) for code, value in values.items()}
        nodes.append(Node(key, depth, cells, len(inside), len(inside)))
    return nodes


@settings(max_examples=120, deadline=None)
@given(trees)
def test_the_linear_system_of_all_that_is_published_leaves_every_hidden_count_open(tree: Tree) -> None:
    rows = laid_out(tree)
    nodes = nodes_of(rows)
    top = nodes[0]
    shown = is_sound(GROUP.of(top.cells), top.reports, FLOOR)
    hidden = hidden_nodes(nodes, GROUP, top_shown=shown)
    place = {key: number for number, (key, *_) in enumerate(rows)}
    width = 2 * len(rows)

    def row(keys: Sequence[int], sexes: Sequence[int]) -> list[int]:
        """The equation's left side: which units' own counts add up to a figure."""
        return [int(n // 2 in {place[key] for key in keys} and n % 2 in sexes) for n in range(width)]

    sides = [(inside, sexes) for key, _, _, inside in rows if key not in hidden for sexes in ((0,), (1,), (0, 1))]
    figures = [node.cells[code].value for node in nodes if node.key not in hidden for code in (*PARTS, "people")]
    system = [row(inside, sexes) for inside, sexes in sides]
    for node, (key, _, own, inside) in zip(nodes, rows, strict=True):
        secrets = [(inside, GROUP.of(node.cells))] if key in hidden else []
        secrets.append(([key], (sum(own), *own)))  # the unit's own count is nobody else's business either
        for keys, values in secrets:
            for sexes, value in zip(((0, 1), (0,), (1,)), values, strict=True):
                if value and (value < FLOOR or len(keys) == 1):
                    least, most = bounds(system, figures, row(keys, sexes))
                    assert least == 0, "even that there is anybody stays open"
                    assert most is None or most >= FLOOR, "and so does that there are few"


def test_of_a_family_the_small_are_hidden_with_the_smallest_others() -> None:
    family = [
        Member(1, (3,), 4, 4), Member(2, (40,), 9, 9), Member(3, (6,), 3, 3), Member(4, (0,), 3, 1),
        Member(5, (70,), 9, 20),
    ]  # fmt: skip
    assert to_hide(family, FLOOR) == {1, 3}, "three and six are nine together; nothing is nobody's secret"
    assert to_hide(family[1:], FLOOR) == frozenset()


def test_a_correction_does_not_bring_out_what_was_hidden() -> None:
    small, first, second = Member(1, (3,), 4, 4), Member(2, (40,), 5, 5), Member(3, (90,), 9, 9)
    corrected = replace(second, counts=(10,))
    assert to_hide([small, first, second], FLOOR) == to_hide([small, first, corrected], FLOOR) == {1, 2}


def test_where_one_unit_alone_counts_anybody_the_zeros_beside_it_are_hidden_with_it() -> None:
    family = [Member(1, (40,), 1, 1), Member(2, (0,), 1, 1), Member(3, (0,), 1, 1), Member(4, (0,), 1, 1)]
    assert to_hide(family, FLOOR) == {1, 2, 3}


def test_one_units_own_count_is_never_shown_to_others_however_large() -> None:
    assert not is_sound((500,), 1, FLOOR) and not is_sound((500,), 2, FLOOR)
    assert is_sound((500,), 3, FLOOR) and is_sound((0, 0), 1, FLOOR)
    assert not is_sound((500, 4), 9, FLOOR), "a small part hides the whole"


# --- on a page: members, hardship (split by sex, suppressed), share = hardship * 100 / members
HARDSHIP = ("hardship", "hardship[sex=female]", "hardship[sex=male]")
TWICE = '      - {code: twice, label: Gấp đôi, unit: "%", over_units: formula, formula: share * 2}'
DEFINITION, _ = parse(read_yaml(secrets.YAML.replace("issue:", f"{TWICE}\nissue:", 1).encode()))


def page() -> dict[str, Cell]:
    codes = ("members", *HARDSHIP, "share", "twice")
    return {code: Cell(CellState.VALUE, number) for number, code in enumerate(codes, start=1)}


def test_a_suppressed_figure_is_its_whole_and_its_parts() -> None:
    assert groups(DEFINITION) == (Group("hardship", HARDSHIP, 5),)
    assert touched(DEFINITION) == {*HARDSHIP, "share", "twice"}
    whole, _ = parse(read_yaml(secrets.YAML.replace(", breakdowns: [sex]", "").encode()))
    assert groups(whole) == (Group("hardship", ("hardship",), 5),), "not split, it is its own only part"


def test_a_hidden_figure_takes_its_parts_and_all_that_is_computed_from_it_along() -> None:
    shown = veil(DEFINITION, page(), ["hardship"])
    assert {code for code, cell in shown.items() if cell == HIDDEN} == {*HARDSHIP, "share", "twice"}
    assert shown["members"] == page()["members"]
    assert veil_all(DEFINITION, page()) == shown
    assert veil(DEFINITION, page(), []) == page() == veil(DEFINITION, page(), ["members"])


def test_what_nobody_reported_stays_missing_and_what_cannot_be_computed_is_hidden() -> None:
    unreported = page() | {"hardship[sex=male]": MISSING, "share": MISSING}
    shown = veil(DEFINITION, unreported, ["hardship"])
    assert (shown["hardship[sex=male]"], shown["share"]) == (MISSING, HIDDEN)


def test_what_was_hidden_below_stays_hidden_above() -> None:
    below = veil(DEFINITION, page(), ["hardship"])
    part = page() | {"hardship[sex=male]": HIDDEN}
    assert still_hidden(DEFINITION, [page(), below]) == still_hidden(DEFINITION, iter([part])) == ["hardship"]
    assert still_hidden(DEFINITION, [page(), page()]) == still_hidden(DEFINITION, [{}]) == []
