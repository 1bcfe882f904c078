"""The form of the upload page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.core.said import Said
from nhipcau.web.forms import PageForm
from nhipcau.web.uploads import FilesField

MOST_FILES = 300  # in one upload
TOO_MANY = Said(f"Gửi tối đa {MOST_FILES} tệp mỗi lần.", f"Send at most {MOST_FILES} files at a time.")


class UploadForm(PageForm):
    """Filled Excel forms, or a zip of them."""

    filled = FilesField(
        accept=".xlsx,.zip",
        drop=True,
        most=MOST_FILES,
        too_many=TOO_MANY,
        label=_("Biểu mẫu đã điền"),
        help_text=_("Tệp .xlsx tải từ hệ thống, hoặc .zip chứa nhiều tệp. Tên tệp không quan trọng."),
        error_messages={"required": _("Hãy chọn tệp biểu mẫu đã điền.")},
    )
