"""Papers that show work was done pass one door."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as Word

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.actions import KeptOut
from nhipcau.documents.storing.evidence import MOST, Paper, accept_paper, checked_papers
from tests.cast import NOW, Cast
from tests.documents.letters import REFUSED


def _word(text: str) -> bytes:
    document, file = Word(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def test_ordinary_papers_pass_with_clean_names(cast: Cast) -> None:
    given = [Paper("C:\\thu muc\\bien ban.docx", _word("Biên bản họp")), Paper("a.txt", "Kế hoạch".encode())]
    papers = checked_papers(given, actor=cast.clerk, at=NOW)
    assert [paper.name for paper in papers] == ["bien ban.docx", "a.txt"]
    assert accept_paper(papers[0]).size == len(papers[0].data)


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx"])
@pytest.mark.parametrize("word", [False, True])
def test_the_words_of_a_paper_are_screened_whatever_it_is_called(cast: Cast, name: str, word: bool) -> None:
    data = _word(REFUSED) if word else REFUSED.encode()
    with pytest.raises(BoundaryRefused):
        checked_papers([Paper(name, data)], actor=cast.clerk, at=NOW)


@pytest.mark.parametrize("stamp", ["MẬT", "ĐƠN KHIẾU NẠI"])
def test_a_stamped_paper_is_kept_out_and_nothing_of_it_stays(cast: Cast, data_dir: Path, stamp: str) -> None:
    with pytest.raises(KeptOut):
        checked_papers([Paper("a.docx", _word(f"{stamp}\nNội dung"))], actor=cast.clerk, at=NOW)
    assert not (data_dir / "files").exists()


def test_a_paper_that_cannot_be_read_passes_by_its_name(cast: Cast) -> None:
    papers = [Paper("a.pdf", b"%PDF-1.7\n1 0 obj\n")]
    assert checked_papers(papers, actor=cast.clerk, at=NOW) == papers
    with pytest.raises(BoundaryRefused):
        checked_papers([Paper(f"{REFUSED}.pdf", papers[0].data)], actor=cast.clerk, at=NOW)


def test_too_many_papers_are_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="tối đa"):
        checked_papers([Paper("a.txt", b"a")] * (MOST + 1), actor=cast.clerk, at=NOW)
