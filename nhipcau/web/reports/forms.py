"""The form of the upload page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.web.forms import PageForm
from nhipcau.web.tasks.forms import PapersField, PapersInput


class UploadForm(PageForm):
    """Filled Excel forms, or a zip of them."""

    filled = PapersField(
        label=_("Biểu mẫu đã điền"),
        help_text=_("Tệp .xlsx tải từ hệ thống, hoặc .zip chứa nhiều tệp. Tên tệp không quan trọng."),
        widget=PapersInput(attrs={"accept": ".xlsx,.zip", "class": "drop", "multiple": True}),
        error_messages={"required": _("Hãy chọn tệp biểu mẫu đã điền.")},
    )
