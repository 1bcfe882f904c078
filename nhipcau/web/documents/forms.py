"""Forms of the letters' pages."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from nhipcau.core.official import Signer
from nhipcau.core.said import Said
from nhipcau.documents.incoming.registering import ConfirmedFields, proposed
from nhipcau.documents.models import Direction, Document
from nhipcau.documents.numbering import TYPES
from nhipcau.documents.outgoing.letters import OutgoingLetter
from nhipcau.org.scope import Scope
from nhipcau.web.documents.findings import finding
from nhipcau.web.documents.slots import SlotForm
from nhipcau.web.fields import DayField, LinesField
from nhipcau.web.forms import PageForm
from nhipcau.web.uploads import EMPTY, PAPER, FilesField, UploadField
from nhipcau.web.words import spoken

ACCEPT = f"{PAPER},.jpg,.jpeg,.png,.webp,.eml,.zip"
MOST_LETTERS = 20
TOO_MANY_LETTERS = Said(f"Gửi tối đa {MOST_LETTERS} tệp mỗi lần.", f"Send at most {MOST_LETTERS} files at a time.")


class UploadForm(PageForm):
    """The letters of one day."""

    file = FilesField(
        accept=ACCEPT,
        drop=True,
        most=MOST_LETTERS,
        too_many=TOO_MANY_LETTERS,
        label=_("Tệp văn bản"),
        help_text=_(
            "Kéo một hay nhiều tệp vào ô này hoặc bấm để chọn: .docx, .doc, .pdf, .txt; ảnh chụp văn bản .jpg, "
            ".png, .webp; thư .eml hoặc tệp .zip thì nhận từng văn bản bên trong. Bản gốc được giữ nguyên từng "
            "bit; ảnh chụp bỏ nơi chụp và thông tin máy ảnh."
        ),
        error_messages={"required": _("Hãy chọn tệp văn bản."), "empty": EMPTY},
    )
    received_on = DayField(
        label=_("Ngày đến"),
        help_text=_("Ngày thực nhận văn bản; các hạn tính từ ngày nhận sẽ dựa vào ngày này."),
        error_messages={"required": _("Hãy ghi ngày đến.")},
    )


def _text(label: object, limit: int = 250) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=limit)  # type: ignore[arg-type]


class ConfirmForm(SlotForm):
    """The letter's header, as read, for a person to confirm or correct; and where it goes in the register.

    `asked`: a letter with the same number stands already, and the person is asked whether this is a copy.
    """

    direction = Direction.INCOMING

    number = _text(_("Số, ký hiệu"), 60)
    dated = DayField(label=_("Ngày văn bản"), required=False)
    received_on = DayField(label=_("Ngày đến"), error_messages={"required": _("Hãy ghi ngày đến.")})
    doc_type = forms.ChoiceField(label=_("Tên loại"), error_messages={"required": _("Hãy chọn tên loại.")})
    issuer = _text(_("Cơ quan ban hành"))
    parent_issuer = _text(_("Cơ quan chủ quản"))
    subject = forms.CharField(
        label=_("Trích yếu nội dung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi trích yếu nội dung.")},
    )
    place = _text(_("Địa danh"), 80)
    addressees = LinesField(label=_("Kính gửi (mỗi dòng một nơi)"))
    recipients = LinesField(label=_("Nơi nhận (mỗi dòng một nơi)"))
    signer_authority = _text(_("Quyền hạn ký"), 200)
    signer_title = _text(_("Chức vụ người ký"), 200)
    signer_name = _text(_("Người ký"), 120)
    copy = forms.ChoiceField(
        label=_("Đây là"),
        required=False,
        choices=[
            ("yes", _("bản khác của văn bản đó: ghép vào, không lấy số mới")),
            ("no", _("văn bản khác: lấy số mới")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy cho biết đây là bản khác hay văn bản khác.")},
    )

    def __init__(self, document: Document, scope: Scope, data: Any = None) -> None:
        shown = dataclasses.asdict(proposed(document))
        super().__init__(scope, data, initial=shown)
        self.asked = False
        known = TYPES if document.doc_type in {"", *TYPES} else [document.doc_type, *TYPES]
        choices = [("", _("(chưa chọn)")), *((name, name) for name in known)]
        self.fields["doc_type"].choices = choices  # type: ignore[attr-defined]
        self.fields["doc_type"].widget.attrs["lang"] = "vi"  # as the letter itself says it
        for name, field in self.fields.items():
            found = finding(document, name)
            if found is not None:
                chip = format_html('<span class="chip {}">{}</span>', found.tone, found.label)
                field.help_text = format_html("{} {}", chip, spoken(found.why))

    def confirmed(self) -> ConfirmedFields:
        """What the person entered; call it on a valid form."""
        names = [field.name for field in dataclasses.fields(ConfirmedFields)]
        return ConfirmedFields(**{name: self.cleaned_data[name] for name in names})

    def ask(self) -> None:
        """Put the question whether this is a copy; the person must answer."""
        self.asked = self.fields["copy"].required = True

    def is_copy(self) -> bool | None:
        """The person's answer, None if there was none; call it on a valid form."""
        return {"yes": True, "no": False}.get(self.cleaned_data["copy"])

    def letter_fields(self) -> list[forms.BoundField]:
        """The fields that the reader filled."""
        return [field for field in super().letter_fields() if field.name != "copy"]


class OutgoingForm(SlotForm):
    """A letter of our own to be numbered after it was signed."""

    direction = Direction.OUTGOING

    doc_type = forms.ChoiceField(
        label=_("Tên loại"),
        choices=[("", _("(chưa chọn)")), *((name, name) for name in TYPES)],  # a number given is not taken back
        widget=forms.Select(attrs={"lang": "vi"}),  # as the letter itself says it
        error_messages={"required": _("Hãy chọn tên loại.")},
    )
    subject = forms.CharField(
        label=_("Trích yếu nội dung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi trích yếu nội dung.")},
    )
    dated = DayField(
        label=_("Ngày văn bản"),
        help_text=_("Số được cấp sau khi ký: hôm nay hoặc trước đó."),
        error_messages={"required": _("Hãy ghi ngày văn bản.")},
    )
    addressees = LinesField(label=_("Kính gửi (mỗi dòng một nơi)"))
    recipients = LinesField(label=_("Nơi nhận (mỗi dòng một nơi)"))
    signer_title = _text(_("Chức vụ người ký"), 200)
    signer_name = _text(_("Người ký"), 120)
    drafter = forms.CharField(
        label=_("Bộ phận soạn thảo (viết tắt)"),
        required=False,
        max_length=10,
        help_text=_("Chỉ in trong số của công văn, ví dụ CSPL."),
    )
    file = UploadField(
        accept=PAPER,
        drop=True,
        label=_("Bản đã ký"),
        required=False,
        help_text=_("Nếu có: .docx, .doc, .pdf, .txt."),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def letter(self) -> OutgoingLetter:
        """What the person entered; call it on a valid form."""
        given = self.cleaned_data
        file = given["file"]
        return OutgoingLetter(
            doc_type=given["doc_type"],
            subject=given["subject"],
            dated=given["dated"],
            addressees=given["addressees"],
            recipients=given["recipients"],
            signer=Signer(title=given["signer_title"], name=given["signer_name"]),
            drafter=given["drafter"],
            data=file.read() if file else None,
            name=(file.name or "") if file else "",
        )


class VoidForm(PageForm):
    """Why a number is struck."""

    reason = forms.CharField(
        label=_("Lý do hủy số"),
        max_length=250,
        help_text=_("Lý do được in trong sổ; số đã cấp không dùng lại."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
