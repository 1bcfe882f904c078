"""What every schema of a request is built on."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, model_validator

_KEPT = "\n\r\t"


def sound(text: str) -> str:
    """No control characters: a database may refuse them, and no person types them."""
    if any((ord(sign) < 32 and sign not in _KEPT) or 0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError("control characters are not accepted")
    return text


Words = Annotated[str, AfterValidator(sound)]


class Given(Schema):
    """A request's body: unknown fields are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _sound(cls, values: Any) -> Any:
        if isinstance(values, dict):
            _look(values)
        return values


def _look(value: Any) -> None:
    if isinstance(value, str):
        sound(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _look(key)
            _look(inner)
    elif isinstance(value, list):
        for inner in value:
            _look(inner)
