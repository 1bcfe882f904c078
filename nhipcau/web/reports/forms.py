"""The form of the upload page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.said import Said
from nhipcau.web.forms import PageForm
from nhipcau.web.uploads import FilesField

MOST_FILES = 300  # in one upload
TOO_MANY = Said(f"Gửi tối đa {MOST_FILES} tệp mỗi lần.", f"Send at most {MOST_FILES} files at a time.")


class UploadForm(PageForm):
    """Filled Excel forms, a zip of them, or the e-mails they came with."""

    filled = FilesField(
        accept=".xlsx,.zip,.eml",
        drop=True,
        most=MOST_FILES,
        too_many=TOO_MANY,
        label=_("Biểu mẫu đã điền"),
        help_text=_(
            "Tệp .xlsx tải từ hệ thống, .zip chứa nhiều tệp, hoặc thư .eml có tệp đính kèm. "
            "Tên tệp không quan trọng."
        ),
        error_messages={"required": _("Hãy chọn tệp biểu mẫu đã điền.")},
    )
