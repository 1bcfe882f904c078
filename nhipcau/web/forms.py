"""The base of every form: fields drawn by our partial, with label, hint and error tied together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.web.words import spoken


class PageRenderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.name.as_field_group }}` use the product's own partials."""

    form_template_name = "web/parts/form.html"
    field_template_name = "web/parts/field.html"


class PageForm(forms.Form):
    """A form of the product; the browser's own bubbles stay off because they speak the browser's language."""

    default_renderer = PageRenderer
    use_required_attribute = False
    label_suffix = ""
    differing: Sequence[object] = ()  # see web.stale

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django's; a sentence of the domain in the visitor's language."""
        super().add_error(field, spoken(error) if isinstance(error, str) else error)

    def done(self, act: Callable[[], object]) -> bool:
        """Whether what a sound form says was done; what the domain refused stands on the form."""
        if not self.is_valid():
            return False
        try:
            act()
        except InvalidInput as refusal:
            self.take(refusal)
        except Conflict as conflict:
            self.add_error(None, conflict.message)
        return not self.errors

    def take(self, refusal: InvalidInput) -> None:
        """Put a refusal of the domain on the form: faults at the fields they name, the rest on top."""
        for fault in refusal.faults:
            named = fault.where in self.fields
            self.add_error(fault.where if named else None, spoken(fault.message if named else fault))
        if not refusal.faults:
            self.add_error(None, refusal.message)
