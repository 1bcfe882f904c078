"""Forms of the signing page: the leader's file, the day of signature, the sealed copy, the withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.uploads import UploadField


class EditedForm(PageForm):
    """The .docx the leader edited."""

    file = UploadField(
        accept=".docx",
        label=_("Tệp Word lãnh đạo đã sửa"),
        help_text=_("Chỉ lời văn được nhận. Số liệu hay phần khác bị sửa thì tệp bị từ chối, nêu rõ từng chỗ."),
        error_messages={"required": _("Hãy chọn tệp .docx.")},
    )


class NumberForm(PageForm):
    """When it was signed; and the decision to go on with the sealed figures, where some changed since."""

    signed_on = DayField(
        label=_("Ngày ký"),
        help_text=_("In trên báo cáo và ghi vào sổ văn bản đi."),
        error_messages={"required": _("Hãy ghi ngày ký.")},
    )
    as_sealed = forms.BooleanField(label=_("Phát hành theo số liệu đã chốt, dù có đơn vị vừa sửa"), required=False)

    def __init__(self, *args: Any, changed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changed:
            del self.fields["as_sealed"]


class SignedForm(PageForm):
    """The sealed scan or the digitally signed PDF."""

    file = UploadField(
        accept=".pdf,.jpg,.jpeg,.png",
        label=_("Bản đã ký, đóng dấu"),
        help_text=_("Bản quét hoặc ảnh chụp (.pdf, .jpg, .png), hay PDF đã ký số: giữ nguyên từng bit."),
        error_messages={"required": _("Hãy chọn tệp bản đã ký.")},
    )
    sure = forms.BooleanField(label=_("Tôi đã xem: đúng là bản đã ký của báo cáo này"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["sure"]  # asked only of a file that may be another letter


class WithdrawForm(PageForm):
    """Why the draft is withdrawn."""

    reason = forms.CharField(
        label=_("Lý do rút"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do rút.")},
    )
