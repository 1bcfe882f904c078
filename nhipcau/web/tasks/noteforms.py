"""Forms of a leader's note and of the slip that follows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.org.models import Post, Unit
from nhipcau.tasks.actions import InstructionInput
from nhipcau.tasks.models import AssignmentRole, Instruction
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.stale import EditForm
from nhipcau.web.tasks.asked import Asked
from nhipcau.web.tasks.forms import NOBODY, UnitRow


class NoteForm(PageForm):
    """Bút phê. The units and the letter's requests stand outside the fields: there may be many of them.

    `signers`: the leaders among whom one who enters a paper note chooses; empty where the leader writes himself.
    """

    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không chọn yêu cầu nào ở trên thì ý kiến này là nội dung việc phải làm."),
        error_messages={"required": _("Hãy ghi ý kiến chỉ đạo.")},
    )
    lead_due = DayField(label=_("Hạn của đơn vị chủ trì"), required=False)
    support_due = DayField(
        label=_("Hạn của đơn vị phối hợp"),
        required=False,
        help_text=_("Chỉ ghi khi khác hạn của đơn vị chủ trì."),
    )
    signed_by = forms.ChoiceField(
        label=_("Lãnh đạo đã bút phê"), error_messages={"required": _("Hãy chọn lãnh đạo đã bút phê.")}
    )
    signed_on = DayField(label=_("Ngày bút phê"), error_messages={"required": _("Hãy ghi ngày bút phê.")})
    reason = forms.CharField(
        label=_("Vì sao thay bút phê trước"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(
        self,
        data: Any,
        *,
        names: Mapping[Unit, str],
        chosen: Mapping[Unit, str],
        asked: Iterable[Asked],
        picked: Iterable[str],
        signers: Sequence[Post],
        replaces: Instruction | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.names, self.chosen = names, dict(chosen)
        self.asked = list(asked)
        fit = {str(one.obligation.uid) for one in self.asked if one.allowed}
        self.picked = fit & set(picked)
        self.signers = {str(post.uid): post for post in signers}
        self.replaces = replaces
        if signers:
            choices = [("", "…"), *((uid, post.title) for uid, post in self.signers.items())]
            self.fields["signed_by"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["signed_by"], self.fields["signed_on"]
        if replaces is None:
            del self.fields["reason"]

    @property
    def rows(self) -> list[UnitRow]:
        return [UnitRow(str(unit.uid), name, self.chosen.get(unit, NOBODY)) for unit, name in self.names.items()]

    @property
    def signature(self) -> list[forms.BoundField]:
        return [self[name] for name in ("signed_by", "signed_on") if name in self.fields]

    def deadlines(self) -> list[tuple[dt.date, str]]:
        """The days that the letter itself names, each once, with the words it prints."""
        found = {one.due.due: one.obligation.deadline_phrase for one in self.asked if one.allowed and one.due.due}
        return sorted(found.items())

    def given(self) -> InstructionInput:
        """What was entered; call it on a valid form."""
        said = self.cleaned_data
        by_role: dict[str, list[Unit]] = {role: [] for role in AssignmentRole.values}
        for unit, role in self.chosen.items():
            by_role.get(role, []).append(unit)
        leads = by_role[AssignmentRole.LEAD]
        return InstructionInput(
            text=said["text"],
            lead=leads[0] if leads else None,
            support=by_role[AssignmentRole.SUPPORT],
            inform=by_role[AssignmentRole.INFORM],
            lead_due=said["lead_due"],
            support_due=said["support_due"],
            obligations=[one.obligation for one in self.asked if str(one.obligation.uid) in self.picked],
            signed_by=self.signers.get(said.get("signed_by", "")),
            signed_on=said.get("signed_on"),
            replaces=self.replaces,
            reason=said.get("reason", ""),
            client_key=said["ticket"],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        leads = [unit for unit, role in self.chosen.items() if role == AssignmentRole.LEAD]
        if len(leads) > 1:
            self.add_error(None, gettext("Chỉ một đơn vị chủ trì; các đơn vị khác hãy chọn phối hợp."))
        return cleaned


class WithdrawForm(PageForm):
    """Why the note no longer holds."""

    reason = forms.CharField(
        label=_("Lý do"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Các đơn vị đã được giao thấy lý do này."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class HandlerForm(EditForm):
    """Part two of the slip."""

    handler = forms.CharField(
        label=_("Giao cho (chức danh)"),
        max_length=160,
        help_text=_("Ghi chức danh, không ghi tên người."),
        error_messages={"required": _("Hãy ghi chức danh phụ trách.")},
        widget=forms.TextInput(attrs={"list": "chuc-danh", "autocomplete": "off"}),
    )
    due = DayField(label=_("Thời hạn giải quyết"), required=False)


class ProposalForm(PageForm):
    """Part three of the slip."""

    text = forms.CharField(
        label=_("Ý kiến đề xuất"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Đề xuất hoặc kết quả giải quyết; ghi bằng con số, không ghi tên người."),
        error_messages={"required": _("Hãy ghi ý kiến đề xuất.")},
    )


class AnswerForm(PageForm):
    """Which of our own letters answers this one."""

    letter = forms.ChoiceField(
        label=_("Văn bản trả lời"), error_messages={"required": _("Hãy chọn một văn bản đi.")}
    )

    def __init__(self, data: Any, letters: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["letter"].choices = [("", "…"), *letters]  # type: ignore[attr-defined]


class RangeForm(PageForm):
    """From which day to which the follow-up register is shown."""

    first = DayField(label=_("Văn bản đến từ ngày"))
    last = DayField(label=_("Đến ngày"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", gettext("Ngày cuối đứng trước ngày đầu."))
        return cleaned
