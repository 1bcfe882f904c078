"""Fields that several areas ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day typed as day, month, year."""

    default_error_messages = dict.fromkeys(("invalid", "required"), _("Không có ngày này; hãy gõ như 05/11/2026."))

    def __init__(self, **kwargs: Any) -> None:
        looks = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _("ngày/tháng/năm")}
        kwargs.setdefault("widget", forms.DateInput(attrs=looks))
        super().__init__(**kwargs)


class LinesField(forms.CharField):
    """A list, one entry a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())
