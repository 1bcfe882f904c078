"""Digital signatures in a PDF are checked and reported, never judged by the product."""

from __future__ import annotations

import io

import pikepdf
import pytest

from nhipcau.reader.extract import signatures
from nhipcau.reader.extract.found import Extracted, from_wire, to_wire
from nhipcau.reader.extract.signatures import read_signatures
from tests.reader.signed import SIGNER, pages, signed


def test_an_unsigned_letter_has_no_signature() -> None:
    assert read_signatures(pages()) == ((), ())


def test_a_signed_letter_names_its_signer_and_says_that_nothing_changed() -> None:
    (signature,), warnings = read_signatures(signed(pages()))

    assert (signature.signer, signature.state, warnings) == (SIGNER, "intact", ())
    assert signature.signed_at is not None


def test_two_offices_sign_one_after_the_other() -> None:
    found, _ = read_signatures(signed(signed(pages()), "ChuKy2"))

    assert [one.state for one in found] == ["intact", "intact"]


def test_a_letter_altered_after_signing_is_told() -> None:
    data = bytearray(signed(pages()))
    at = data.index(b"595")
    data[at : at + 3] = b"599"

    (signature,), _ = read_signatures(bytes(data))

    assert signature.state == "broken"
    assert "sửa sau khi ký" in signature.note


def test_a_page_added_after_signing_is_told() -> None:
    base = signed(pages())
    with pikepdf.open(io.BytesIO(base)) as document:
        document.add_blank_page()
        out = io.BytesIO()
        document.save(out)

    found, warnings = read_signatures(out.getvalue())

    assert warnings or all(one.state != "intact" for one in found)


def test_rubbish_that_claims_a_signature_is_a_warning() -> None:
    found, warnings = read_signatures(b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF")

    assert found == ()
    assert "không đọc được" in warnings[0]


def test_without_the_extra_the_clerk_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "find_spec", lambda _: None)

    assert "signing" in read_signatures(signed(pages()))[1][0]


def test_a_signature_passes_from_the_confined_process_whole() -> None:
    found, _ = read_signatures(signed(pages()))
    extracted = Extracted("chữ", "pdf-text", (), found)

    assert from_wire(to_wire(extracted)) == extracted
