"""What a page carries from a look at a file to its confirmation, signed: no foreign file is kept."""

from __future__ import annotations

from typing import Any

from django.core import signing

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said
from nhipcau.web.request import PageRequest

FIELD = "noi-dung"
_LOST = Said(
    "Nội dung xem trước không còn nguyên. Hãy tải tệp lên lại.",
    "The preview is not intact. Upload the files again.",
)


def carry(request: PageRequest, page: str, content: Any) -> str:
    """The content as the page's hidden field: for that page and that post alone."""
    said = {"post": request.scope.post.pk, "content": content}
    return signing.Signer(salt=f"nhipcau.web.{page}").sign_object(said, compress=True)


def carried(request: PageRequest, page: str) -> Any:
    """What `carry` put there. InvalidInput where it is not intact."""
    try:
        said = signing.Signer(salt=f"nhipcau.web.{page}").unsign_object(request.POST[FIELD])
    except (signing.BadSignature, ValueError) as error:
        raise InvalidInput(_LOST) from error
    if said["post"] != request.scope.post.pk:
        raise InvalidInput(_LOST)
    return said["content"]
