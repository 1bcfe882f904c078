"""Forms of announcements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Role, Unit, UnitKind
from nhipcau.tasks.announcements.posting import LONGEST_NOTE, LONGEST_TEXT, LONGEST_TITLE, Notice
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.stale import EditForm
from nhipcau.web.uploads import FilesField
from nhipcau.web.words import labelled, spoken


class _Words(PageForm):
    title = forms.CharField(
        label=_("Tiêu đề"), max_length=LONGEST_TITLE, error_messages={"required": _("Hãy ghi tiêu đề.")}
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Hãy ghi nội dung.")},
    )


class TellForm(_Words):
    """What is told; to whom is chosen below it."""

    papers = FilesField(
        label=_("Tệp kèm theo"), required=False, help_text=_("Văn bản, bảng (.pdf, .docx, .xlsx, .txt).")
    )
    valid_until = DayField(
        label=_("Có giá trị đến hết ngày"),
        required=False,
        help_text=_("Sau ngày này thông báo không còn nằm trong việc cần xử lý. Để trống nếu không có hạn."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Chỉ các loại đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Chỉ các vai trò"), required=False, widget=forms.CheckboxSelectMultiple
    )
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, teller: UnitKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"client_key": str(new_uid())}, **kwargs)
        kinds, roles = self.fields["kinds"], self.fields["roles"]
        assert isinstance(kinds, forms.MultipleChoiceField)  # noqa: S101 - declared above
        assert isinstance(roles, forms.MultipleChoiceField)  # noqa: S101 - declared above
        kinds.choices = [(one.code, labelled(one)) for one in _below(teller)]
        roles.choices = [(role.value, spoken(role.label)) for role in Role]

    def given(self, branches: Sequence[Unit]) -> Notice:
        """What the domain takes; only after `is_valid`."""
        data = self.cleaned_data
        return Notice(
            title=data["title"],
            text=data["text"],
            branches=branches,
            kinds=list(UnitKind.objects.filter(code__in=data["kinds"])),
            roles=[Role(value) for value in data["roles"]],
            valid_until=data["valid_until"],
            papers=data["papers"],
            client_key=data["client_key"] or None,
        )


class CorrectForm(EditForm, _Words):
    """The right wording, why, and whether it is to be read anew."""

    anew = frozenset({"note", "again"})

    note = forms.CharField(
        label=_("Sửa vì sao"), max_length=LONGEST_NOTE, error_messages={"required": _("Hãy ghi vì sao sửa.")}
    )
    again = forms.BooleanField(label=_("Các đơn vị phải đọc lại"), required=False, initial=True)


class WithdrawForm(PageForm):
    """Why it is taken back."""

    reason = forms.CharField(
        label=_("Lý do thu hồi"),
        max_length=LONGEST_NOTE,
        error_messages={"required": _("Hãy ghi lý do thu hồi.")},
    )


def _below(kind: UnitKind) -> QuerySet[UnitKind]:
    """The kinds a unit of that kind can have below it."""
    return UnitKind.objects.filter(Q(rank__gt=kind.rank) | Q(internal=True))
