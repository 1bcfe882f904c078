"""The form that orders a copy: which form, who signs, who gets it, and of an excerpt the parts chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core.official import Signer
from nhipcau.documents.models import CopyForm, Document
from nhipcau.documents.outgoing.copying import CopyOrder, Span, forms_for, parts_of
from nhipcau.web.fields import DayField, LinesField
from nhipcau.web.forms import PageForm

_LABELS = {
    CopyForm.WHOLE: _("Sao y: sao đầy đủ từ bản gốc hoặc bản chính"),
    CopyForm.AGAIN: _("Sao lục: sao đầy đủ từ bản sao y"),
    CopyForm.EXCERPT: _("Trích sao: sao một phần, chọn ở dưới"),
}


class CopyOrderForm(PageForm):
    """A copy of one letter. The forms offered are those that what the unit holds allows."""

    form = forms.ChoiceField(
        label=_("Hình thức sao"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn hình thức sao.")},
    )
    excerpt = forms.TypedMultipleChoiceField(
        label=_("Phần trích"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    dated = DayField(
        label=_("Ngày sao"),
        help_text=_("Số bản sao được cấp sau khi ký: hôm nay hoặc trước đó."),
        error_messages={"required": _("Hãy ghi ngày sao.")},
    )
    signer_authority = forms.CharField(
        label=_("Quyền hạn ký"), required=False, max_length=200, help_text=_("Ví dụ: TL. CHỦ TỊCH")
    )
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"), required=False, max_length=200, help_text=_("Ví dụ: CHÁNH VĂN PHÒNG")
    )
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)
    recipients = LinesField(label=_("Nơi nhận (mỗi dòng một nơi)"))
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, source: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans = parts_of(source.text)
        held = [source.copied_number, *source.copies.values_list("copied_number", flat=True)]
        self._held = [number for number in held if number]
        allowed = forms_for(source)
        self.fields["form"].choices = [(one.value, _LABELS[one]) for one in allowed]  # type: ignore[attr-defined]
        self.fields["form"].initial = allowed[0].value if allowed else None
        parts = [(number, source.text[a:b].strip()) for number, (a, b) in enumerate(self._spans)]
        self.fields["excerpt"].choices = parts  # type: ignore[attr-defined]
        self.fields["excerpt"].needed = True  # type: ignore[attr-defined]
        if CopyForm.EXCERPT not in allowed or not parts:
            del self.fields["excerpt"]

    def order(self) -> CopyOrder:
        """What the person entered; call it on a valid form."""
        given = self.cleaned_data
        chosen: list[Span] = [self._spans[number] for number in given.get("excerpt") or ()]
        form = CopyForm(given["form"])
        return CopyOrder(
            form=form,
            dated=given["dated"],
            signer=Signer(given["signer_authority"], given["signer_title"], given["signer_name"]),
            recipients=given["recipients"],
            excerpt=tuple(chosen) if form == CopyForm.EXCERPT else (),
        )

    def copied_from(self) -> list[str]:
        """The numbers of the copies that the unit holds, where it holds no main copy."""
        return self._held if CopyForm.WHOLE.value not in dict(self.fields["form"].choices) else []  # type: ignore[attr-defined]

    def plain_fields(self) -> list[forms.BoundField]:
        """The visible fields but for the parts, which have a place of their own."""
        return [field for field in self.visible_fields() if field.name != "excerpt"]

    def parts_field(self) -> forms.BoundField | None:
        """The parts to choose from, where an excerpt is possible."""
        return self["excerpt"] if "excerpt" in self.fields else None
