"""What was read by mistake is put aside before it has a number."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import discard
from nhipcau.documents.models import Document, DocumentState, RegisterEntry
from nhipcau.documents.queries import get_document_for, visible_documents
from nhipcau.documents.storing import files
from nhipcau.org.models import Post
from tests.cast import NOW, Cast
from tests.documents.letters import REFUSED, arrive, plan, register, registered


def put_aside(actor: Post, document: Document, reason: str = "gửi nhầm tệp") -> Document:
    return discard(document=document, reason=reason, actor=actor, at=NOW)


def test_it_leaves_the_lists_and_takes_no_number(cast: Cast) -> None:
    document = put_aside(cast.clerk, arrive(cast.clerk))
    assert (document.state, document.discard_reason) == (DocumentState.DISCARDED, "gửi nhầm tệp")
    scope = cast.scope(cast.clerk)
    assert not visible_documents(scope).exists()
    assert list(visible_documents(scope, state=DocumentState.DISCARDED)) == [document]
    assert not RegisterEntry.objects.exists()
    assert Entry.objects.get(action="documents.discarded").object == f"document:{document.uid}"


def test_what_was_read_is_erased_and_the_file_stays(cast: Cast) -> None:
    document = Document.objects.get(pk=put_aside(cast.clerk, arrive(cast.clerk)).pk)
    assert (document.text, document.folded, document.reading) == ("", "", {})
    assert document.original is not None
    assert files.read(document.original) == plan()


def test_the_same_file_may_come_in_again(cast: Cast) -> None:
    put_aside(cast.clerk, arrive(cast.clerk))
    assert register(cast.clerk, arrive(cast.clerk)).number == 1


def test_repeating_is_safe_and_a_number_is_struck_instead(cast: Cast) -> None:
    document = arrive(cast.clerk)
    assert put_aside(cast.clerk, document) == put_aside(cast.clerk, document)
    assert Entry.objects.filter(action="documents.discarded").count() == 1
    with pytest.raises(Conflict):
        put_aside(cast.clerk, document, "lý do khác")
    with pytest.raises(Conflict, match="hủy số"):
        put_aside(cast.clerk, registered(cast.clerk, plan("57/KH-LĐLĐ")))


def test_it_needs_a_reason_that_passes_the_boundary(cast: Cast) -> None:
    document = arrive(cast.clerk)
    with pytest.raises(InvalidInput):
        put_aside(cast.clerk, document, " ")
    with pytest.raises(BoundaryRefused):
        put_aside(cast.clerk, document, REFUSED)


def test_only_the_unit_itself_puts_its_letters_aside(cast: Cast) -> None:
    document = arrive(cast.commune_officer)
    with pytest.raises(NotFound):
        put_aside(cast.stranger, document)
    with pytest.raises(NotAllowed):
        put_aside(cast.provincial_officer, document)
    put_aside(cast.commune_officer, document)
    with pytest.raises(NotFound):
        get_document_for(cast.scope(cast.provincial_officer), document.uid)
