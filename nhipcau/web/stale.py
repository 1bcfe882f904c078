"""A form that changes what stands says what it was drawn with, and writes over nothing that somebody changed since.

`initial` is what stands now, also where the form is bound. Where that is no longer what the form was drawn with and
the two differ, the form comes back with everything typed still in it and both versions side by side; it now knows
what stands, so the next press is a choice. The moment between that look and the action's own lock stays open where
the action asks for no revision.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from nhipcau.web.forms import PageForm

BASIS = "luc-mo"


@dataclass(frozen=True)
class Differing:
    """One thing that was sent and stands otherwise by now."""

    label: str
    mine: str
    now: str


class EditForm(PageForm):
    """`basis` is drawn by parts/error_summary.html, which every form has. `anew`: fields asked each time anew, such
    as why something is changed; nothing stands there to be written over."""

    anew: ClassVar[frozenset[str]] = frozenset()
    always = False  # asked even of a form that was drawn where nothing stood

    def basis(self) -> str:
        """What stands, as a digest; nothing where the form makes something new, under a key of its own."""
        if "client_key" in self.initial:
            return ""
        found = {name: _plain(self.get_initial_for_field(field, name)) for name, field in self.fields.items()}
        return sha256(json.dumps(found, sort_keys=True, default=str).encode()).hexdigest()[:32]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook behind every `clean`
        drawn = self.data.get(BASIS, "")
        if drawn == self.basis() or not (drawn or self.always):
            return
        self.differing = list(self._differing())
        if not self.differing:
            return
        self.add_error(None, _("Trong lúc bạn sửa, nội dung này đã đổi. Chưa ghi gì; hãy chọn ở bảng dưới."))
        fresh = QueryDict(mutable=True)  # what is hidden in the form goes on from what stands
        fresh.update(self.data)
        for name, field in self.fields.items():
            if field.widget.is_hidden and name in self.initial:
                fresh[name] = str(self.initial[name])
        self.data = fresh

    def _differing(self) -> Iterator[Differing]:
        for name, field in self.fields.items():
            if name in self.anew or field.widget.needs_multipart_form or self[name].is_hidden:
                continue
            stands = self.get_initial_for_field(field, name)
            mine, now = _said(field, self[name].data), _said(field, stands)
            if mine.split() != now.split():
                yield Differing(str(self[name].label), mine, now)


def _plain(value: Any) -> Any:
    """The same whatever order a query gave it in; an empty value is one however it is written."""
    if isinstance(value, list | tuple | set):
        return sorted(map(str, value))
    return str(value) if value not in (None, "", False) else ""


def _flat(choices: Any) -> Iterator[tuple[str, str]]:
    """Choices with those that stand in a group."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(code), str(label)


def _said(field: forms.Field, value: Any) -> str:
    """As a person reads it."""
    if isinstance(field, forms.BooleanField):
        return _("có") if field.to_python(value) else _("không")
    shown = field.prepare_value(value)
    parts = shown if isinstance(shown, list | tuple | set) else [] if shown is None else [shown]
    if isinstance(field, forms.ChoiceField):
        names = dict(_flat(field.choices))
        return ", ".join(names.get(str(one), str(one)) for one in parts)
    return ", ".join(str(field.widget.format_value(one) or "") for one in parts)
