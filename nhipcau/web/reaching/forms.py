"""What an officer wants to be told by mail."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.access.models import Digest
from nhipcau.web.forms import PageForm

AREAS = {
    "documents": _("Văn bản"),
    "tasks": _("Việc được giao"),
    "activities": _("Hoạt động"),
    "campaigns": _("Chiến dịch"),
    "reports": _("Báo cáo"),
    "org": _("Tổ chức"),
    "announcements": _("Thông báo và lời nhắc đọc"),
}
OFTEN = {
    Digest.DAILY: _("Mỗi ngày làm việc"),
    Digest.WEEKLY: _("Ngày làm việc đầu tuần"),
    Digest.NEVER: _("Không gửi thư"),
}


class MailForm(PageForm):
    """Where, how often and of what."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Để trống nếu không muốn nhận thư."),
        error_messages={"invalid": _("Địa chỉ này chưa đúng; ví dụ ten@congdoan.example.")},
    )
    digest = forms.ChoiceField(label=_("Nhận thư tóm tắt"), choices=list(OFTEN.items()), widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(
        label=_("Trong thư có"), choices=list(AREAS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
