"""Digital signatures of a PDF, checked as far as that is possible without a network.

A technical result, not a judgement of validity: whether the bytes are the signed ones, whether anything was
added afterwards, and who the certificate names (ISO 32000-1, 12.8; ETSI EN 319 142). The chain up to a public
certification authority is not followed: its lists live on the network, which the confined process has not.
"""

from __future__ import annotations

import io
import logging
from importlib.util import find_spec
from typing import Any

from nhipcau.core.said import Said
from nhipcau.reader.model import Signature

_MOST = 50  # signatures of one file
_SIGNED = b"/ByteRange"  # stands in clear in every signature: it says which bytes are signed
_MISSING = Said(
    "Tệp có chữ ký số nhưng máy chủ chưa cài phần kiểm tra (gói pyHanko, phần mở rộng «signing»): "
    "hãy kiểm tra bằng phần mềm ký số.",
    "The file is signed digitally, but the server lacks the check (package pyHanko, extra «signing»): "
    "check it with signing software.",
)
_ALTERED = Said("nội dung đã bị sửa sau khi ký", "the content was altered after signing")
_ADDED = Said("tệp được thêm nội dung sau chữ ký này", "something was added after this signature")
_INTACT = Said("nội dung không đổi từ khi ký", "the content is unchanged since it was signed")


def read_signatures(data: bytes) -> tuple[tuple[Signature, ...], tuple[Said, ...]]:
    """(signatures in the order they were made, warnings) of a PDF; both empty where nothing is signed."""
    if _SIGNED not in data:
        return (), ()
    if find_spec("pyhanko") is None:
        return (), (_MISSING,)
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # an untrusted chain is no incident of ours
    try:
        embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
        return tuple(_checked(one) for one in embedded[:_MOST]), ()
    except (PdfReadError, ValueError, KeyError, TypeError, OSError) as error:
        kind = type(error).__name__
        vi = f"Tệp có chữ ký số nhưng phần chữ ký không đọc được ({kind})."
        return (), (Said(vi, f"The file is signed digitally, but the signature cannot be read ({kind})."),)


def _checked(embedded: Any) -> Signature:
    """One signature, held against the bytes it covers."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
    from pyhanko_certvalidator import ValidationContext

    signer, issuer = _named(embedded.signer_cert.subject), _named(embedded.signer_cert.issuer)
    claimed = embedded.self_reported_timestamp
    try:
        status = validate_pdf_signature(embedded, ValidationContext(trust_roots=[], allow_fetching=False))
    except (SignatureValidationError, ValidationInfoReadingError, ValueError) as error:
        kind = type(error).__name__
        unchecked = Said(f"không kiểm được ({kind})", f"it cannot be checked ({kind})")
        return Signature(signer, issuer, _moment(claimed), "broken", unchecked)
    if not (status.intact and status.valid):
        return Signature(signer, issuer, _moment(claimed), "broken", _ALTERED)
    if not status.docmdp_ok:
        return Signature(signer, issuer, _moment(claimed), "changed", _ADDED)
    return Signature(signer, issuer, _moment(claimed), "intact", _INTACT)


def _named(name: Any) -> str:
    """The common name of a certificate's subject or issuer, else all of it."""
    common = name.native.get("common_name")
    return str(common if isinstance(common, str) else name.human_friendly)


def _moment(claimed: Any) -> str | None:
    return claimed.isoformat(timespec="seconds") if claimed else None
