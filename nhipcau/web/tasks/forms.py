"""Forms of the tasks' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.core.deadlines import DeadlineRule
from nhipcau.documents.numbering import TYPES
from nhipcau.documents.outgoing.letters import OutgoingLetter
from nhipcau.org.models import Unit
from nhipcau.tasks.due import rule_of
from nhipcau.tasks.models import AssignmentRole, Obligation
from nhipcau.tasks.obligations import Wording
from nhipcau.web.fields import DayField, LinesField
from nhipcau.web.forms import PageForm
from nhipcau.web.stale import EditForm
from nhipcau.web.tasks.asked import Asked
from nhipcau.web.uploads import PAPER, FilesField, UploadField

NOBODY = "none"


class WordingForm(EditForm):
    """An obligation in a person's words."""

    anew = frozenset({"due_on"})

    text = forms.CharField(
        label=_("Việc phải làm"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi việc phải làm.")},
    )
    responsible = forms.CharField(label=_("Ai làm"), required=False, max_length=250)
    helped_by = forms.CharField(label=_("Ai phối hợp"), required=False, max_length=250)
    keep = forms.BooleanField(required=False)
    due_on = DayField(
        label=_("Hạn"), required=False, help_text=_("Ngày trước, tháng sau: 05/11/2026. Không có hạn thì bỏ trống.")
    )

    def __init__(self, data: Any = None, *, obligation: Obligation | None = None) -> None:
        self.rule = rule_of(obligation) if obligation else None
        initial = {}
        if obligation is not None:
            initial = {
                "text": obligation.text,
                "responsible": obligation.responsible,
                "helped_by": obligation.helped_by,
                "keep": self.rule is not None,
            }
        super().__init__(data, initial=initial)
        if self.rule is None:
            del self.fields["keep"]
        else:
            self.fields["keep"].label = gettext("Giữ hạn như văn bản ghi: «%(phrase)s»") % {
                "phrase": self.rule.phrase
            }
            self.fields["due_on"].label = gettext("Hoặc hạn khác")

    def wording(self) -> Wording:
        """What the person entered; call it on a valid form."""
        given = self.cleaned_data
        rule = self.rule if given.get("keep") else None
        if rule is None and given["due_on"]:
            day = given["due_on"]
            rule = DeadlineRule("date", day.isoformat(), f"ngày {day:%d/%m/%Y}")
        return Wording(given["text"], given["responsible"], rule, given["helped_by"])


@dataclass(frozen=True)
class UnitRow:
    """A unit that may be given the work, and the role chosen for it (`NOBODY`: not given)."""

    uid: str
    name: str
    role: str


class HandForm(PageForm):
    """Which units, in which role. The rows stand outside the fields: there may be hundreds of them."""

    due = DayField(
        label=_("Hạn riêng"),
        required=False,
        help_text=_("Bỏ trống để theo hạn của văn bản hoặc của cấp trên."),
    )
    due_reason = forms.CharField(label=_("Vì sao đặt hạn riêng"), required=False, max_length=250)
    needs_evidence = forms.BooleanField(label=_("Khi báo hoàn thành phải gửi kèm giấy tờ"), required=False)

    def __init__(self, data: Any, names: Mapping[Unit, str], given: Mapping[Unit, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.names = names
        posted = {unit: str(data.get(f"role-{unit.uid}", NOBODY)) for unit in names} if data is not None else {}
        self.chosen = posted or dict(given)

    @property
    def rows(self) -> list[UnitRow]:
        return [UnitRow(str(unit.uid), name, self.chosen[unit]) for unit, name in self.names.items()]

    def roles(self) -> dict[Unit, AssignmentRole]:
        """The units that are given the work."""
        known = set(AssignmentRole.values)
        return {unit: AssignmentRole(role) for unit, role in self.chosen.items() if role in known}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.roles():
            self.add_error(None, gettext("Chưa chọn đơn vị nào nhận việc."))
        return cleaned


class GiveBackForm(PageForm):
    """Why the work is not the unit's, and whose it is."""

    reason = forms.CharField(
        label=_("Vì sao việc này không phải của đơn vị mình"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
    belongs_to = forms.CharField(
        label=_("Việc này của đơn vị nào, nếu biết"), required=False, max_length=250, help_text=_("Ghi tên đơn vị.")
    )


class AssignForm(HandForm):
    """The obligations of a letter, handed to units."""

    def __init__(
        self, data: Any, names: Mapping[Unit, str], given: Mapping[Unit, str], asked: Iterable[Asked]
    ) -> None:
        super().__init__(data, names, given)
        self.asked = list(asked)
        self.none_allowed = not any(one.allowed for one in self.asked)
        fit = {str(one.obligation.uid) for one in self.asked if one.allowed}
        fresh = {str(one.obligation.uid) for one in self.asked if one.allowed and not one.assigned}
        # A letter often asks different things of different levels: only a single duty is ticked beforehand.
        first = fresh if len(fresh) == 1 else set()
        self.picked = fit & set(data.getlist("obligation")) if data is not None else first

    def obligations(self) -> list[Obligation]:
        """Those that were ticked."""
        return [one.obligation for one in self.asked if str(one.obligation.uid) in self.picked]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.picked:
            self.add_error(None, gettext("Chưa chọn yêu cầu nào để giao."))
        if cleaned.get("due") and len(self.picked) > 1:
            self.add_error("due", gettext("Hạn riêng chỉ đặt được khi giao một yêu cầu; hãy giao từng yêu cầu."))
        return cleaned


class PassOnForm(HandForm):
    """The work goes on to the units below, with a letter of one's own if wanted."""

    beyond = forms.BooleanField(label=_("Cho muộn hơn hạn cấp trên giao cho đơn vị mình"), required=False)

    title = forms.CharField(
        label=_("Nội dung giao cho cấp dưới"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Có thể viết lại cho sát đơn vị mình; bỏ trống là giữ nguyên."),
    )
    with_letter = forms.BooleanField(label=_("Kèm văn bản của đơn vị mình (lấy số văn bản đi)"), required=False)
    doc_type = forms.ChoiceField(
        label=_("Tên loại"),
        choices=[(name, name) for name in TYPES],
        required=False,
        initial="công văn",
        widget=forms.Select(attrs={"lang": "vi"}),  # as the letter itself says it
    )
    subject = forms.CharField(label=_("Trích yếu nội dung"), required=False, max_length=500)
    dated = DayField(label=_("Ngày văn bản"), required=False)
    recipients = LinesField(label=_("Nơi nhận (mỗi dòng một nơi)"))
    file = UploadField(
        accept=PAPER,
        drop=True,
        label=_("Bản đã ký"),
        required=False,
        help_text=_("Nếu có: .docx, .doc, .pdf, .txt."),
    )
    LETTER = ("with_letter", "doc_type", "subject", "dated", "recipients", "file")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("with_letter"):
            if not cleaned.get("subject"):
                self.add_error("subject", gettext("Hãy ghi trích yếu nội dung."))
            if not cleaned.get("dated") and "dated" not in self.errors:
                self.add_error("dated", gettext("Hãy ghi ngày văn bản."))
        return cleaned

    def letter(self) -> OutgoingLetter | None:
        """The own letter, if one goes along."""
        given = self.cleaned_data
        if not given["with_letter"]:
            return None
        file = given["file"]
        return OutgoingLetter(
            doc_type=given["doc_type"] or "công văn",
            subject=given["subject"],
            dated=given["dated"],
            recipients=given["recipients"],
            data=file.read() if file else None,
            name=(file.name or "") if file else "",
        )

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.LETTER]

    @property
    def letter_open(self) -> bool:
        return bool(self["with_letter"].value()) or any(name in self.errors for name in self.LETTER)


class CompleteForm(PageForm):
    """What was done."""

    note = forms.CharField(
        label=_("Kết quả"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Đã làm gì, khi nào, bao nhiêu lượt người. Ghi bằng con số, không ghi tên người."),
        error_messages={"required": _("Hãy ghi kết quả.")},
    )
    evidence = FilesField(
        accept=".pdf,.docx,.xlsx,.txt",
        drop=True,
        label=_("Giấy tờ kèm theo"),
        required=False,
        help_text=_("Biên bản, kế hoạch… (.pdf, .docx, .xlsx, .txt). Ảnh thì gửi ở sổ hoạt động."),
    )


class ReopenForm(PageForm):
    """What is missing."""

    reason = forms.CharField(
        label=_("Còn thiếu gì"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đơn vị nhận lại việc cùng lý do này."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class AskExtensionForm(PageForm):
    """Until when, and why."""

    until = DayField(label=_("Xin gia hạn đến"), help_text=_("Ngày trước, tháng sau: 05/11/2026."))
    reason = forms.CharField(
        label=_("Vì sao cần thêm thời gian"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class AnswerExtensionForm(PageForm):
    """A date, or none with the reason."""

    granted = DayField(
        label=_("Cho gia hạn đến"), required=False, help_text=_("Bỏ trống là không gia hạn; khi đó hãy ghi lý do.")
    )
    answer = forms.CharField(label=_("Trả lời"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    beyond = forms.BooleanField(label=_("Cho muộn hơn hạn cấp trên giao cho đơn vị mình"), required=False)
