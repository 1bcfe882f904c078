"""The narrative blocks of a report in hand: what is written, what it says, what can be put in, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.numbers import MISSING
from nhipcau.core.periods import Period
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator, NarrativeBlock
from nhipcau.reports.design.figures import Cells
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import NarrativeBelow, narratives_below, shown_cells
from nhipcau.web.grid import RowMessage
from nhipcau.web.measures import measured
from nhipcau.web.reports import pieces
from nhipcau.web.reports.words import FIELD, Insertable, Text, of_branch_now, of_report, plain
from nhipcau.web.words import labelled, titled

BLOCK = "van:"


@dataclass(frozen=True)
class Paragraph:
    """A narrative block with what the units below wrote under the same heading.

    `said` is the text as printed, `branch` as the issued report of a unit with units below would print it; neither
    where no figure is named.
    """

    name: str
    title: str
    block: NarrativeBlock
    text: str
    messages: Sequence[RowMessage]
    below: Sequence[tuple[str, Text]]
    figures: Sequence[str] = ()  # what it explains, as it stands
    said: Text = ()
    branch: Text = ()
    insertables: Sequence[Insertable] = ()


def paragraphs(
    report: Submission,
    definition: Definition,
    period: Period,
    messages: Mapping[str, Sequence[RowMessage]],
    typed: Mapping[str, str],
    scope: Scope,
    *,
    editable: bool,
) -> list[Paragraph]:
    """Every block, as the viewer may see it."""
    own = report.unit_id == scope.unit.pk
    items = {item.code: item for item in definition.indicators()}
    complete = shown_cells(report, scope.unit) if any(block.about for block in definition.narrative) else {}
    offered = {code: items[code] for block in definition.narrative for code in block.about if code in items}
    speaker = of_report(report, scope.unit, tuple(offered.values()) if editable else ())
    named = any(FIELD in text for text in report.narrative.values())
    above = of_branch_now(report, scope.at) if named and own and pieces.has_below(report.unit, scope) else None
    made = []
    for block in definition.narrative:
        kept, about = report.narrative.get(block.code, ""), [items[code] for code in block.about if code in items]
        made.append(
            Paragraph(
                name=BLOCK + block.code,
                title=titled(block),
                block=block,
                text=typed.get(BLOCK + block.code, kept),
                messages=messages.get(block.code, ()),
                below=_below(report, period, block, scope) if own else (),
                figures=[_figure(item, complete) for item in about],
                said=speaker.text(kept) if FIELD in kept or not editable else (),
                branch=above.text(kept) if above and FIELD in kept else (),
                insertables=speaker.insertables(about) if editable else (),
            )
        )
    return made


def _below(report: Submission, period: Period, block: NarrativeBlock, scope: Scope) -> list[tuple[str, Text]]:
    """What the units directly below wrote there: one with units of its own with the figures of its branch, as its
    words go on into what is issued; any other with its own figures."""

    def said(one: NarrativeBelow) -> Text:
        if FIELD not in one.text:
            return plain(one.text)
        speaker = of_branch_now(one.report, scope.at) if one.has_below else of_report(one.report, scope.unit)
        return speaker.text(one.text)

    return [(one.name.name, said(one)) for one in narratives_below(scope, report.version, period, block.code)]


def _figure(item: Indicator, complete: Cells) -> str:
    return f"{labelled(item)} {pieces.figure(complete.get(item.code, MISSING), item)} {measured(item.unit)}"
