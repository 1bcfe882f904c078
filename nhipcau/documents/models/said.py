"""A column for a sentence of the system's own, kept in both languages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

from nhipcau.core.said import Said, packed, unpacked

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField  # knows no types while it runs

_MARK = '{"vi": '  # what a packed sentence begins with


class SaidField(_Text):
    """Text; a `Said` comes back as one. A person's own words stay as they are, whatever they look like."""

    def deconstruct(self) -> Any:
        """For migrations it is the text column that it is."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str) and (isinstance(value, Said) or value.startswith(_MARK)):
            both = {"vi": str(value), "en": str(value)} if value.startswith(_MARK) else packed(value)
            return json.dumps(both, ensure_ascii=False) if isinstance(both, dict) else both
        return super().get_prep_value(value)

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        return unpacked(json.loads(value)) if value and value.startswith(_MARK) else value
