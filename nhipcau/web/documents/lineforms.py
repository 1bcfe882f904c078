"""Small forms about registers and their lines."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.documents.models import Direction
from nhipcau.documents.registers.lines import Range
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.stale import EditForm


class DiscardForm(PageForm):
    """Why a letter is put aside."""

    reason = forms.CharField(label=_("Lý do bỏ"), max_length=250, error_messages={"required": _("Hãy ghi lý do.")})


class LineForm(EditForm):
    """Columns of a line that do not come from the letter."""

    keeper = forms.CharField(label=_("Đơn vị, người nhận bản lưu"), required=False, max_length=120)
    copies = forms.IntegerField(
        label=_("Số lượng bản"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Hãy ghi một số.")},
    )
    dispatched_on = DayField(label=_("Ngày chuyển"), required=False)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=250)

    def __init__(self, *args: object, incoming: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if incoming:
            del self.fields["copies"]
            self.fields["keeper"].label = _("Đơn vị hoặc người nhận")
            self.fields["keeper"].help_text = _("Nếu chuyển giấy; văn bản có bút phê thì sổ tự lấy theo bút phê.")


class OpenForm(PageForm):
    """A series to open."""

    direction = forms.ChoiceField(
        label=_("Loại sổ"),
        choices=[(Direction.OUTGOING, _("Văn bản đi")), (Direction.INCOMING, _("Văn bản đến"))],
    )
    name = forms.CharField(
        label=_("Tên sổ"),
        required=False,
        max_length=80,
        help_text=_("Ví dụ: Sổ quyết định. Sổ chung thì để trống tên và ký hiệu."),
    )
    series = forms.CharField(
        label=_("Ký hiệu sổ"),
        required=False,
        max_length=30,
        help_text=_("Viết tắt không dấu, ví dụ qd."),
    )
    first_number = forms.IntegerField(
        label=_("Số đầu tiên"),
        initial=1,
        help_text=_("Đang dùng sổ giấy thì ghi số tiếp theo của sổ giấy."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi một số."), "invalid": _("Hãy ghi một số.")},
    )


class ReserveForm(PageForm):
    """How many numbers to keep for the pen, and why."""

    count = forms.IntegerField(
        label=_("Giữ bao nhiêu số"),
        initial=10,
        help_text=_("Từ 1 đến 100 số. Số không dùng đến sẽ được hủy khi kết thúc đợt."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi một số."), "invalid": _("Hãy ghi một số.")},
    )
    reason = forms.CharField(
        label=_("Lý do giữ số"),
        max_length=250,
        help_text=_("Ví dụ: mất mạng từ 14 giờ ngày 16/3."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class RangeForm(PageForm):
    """Which part of a register to print; its fields stand in the address."""

    tu = forms.IntegerField(label=_("Từ số"), required=False, min_value=1)
    den = forms.IntegerField(label=_("Đến số"), required=False, min_value=1)
    tu_ngay = DayField(label=_("Từ ngày"), required=False)
    den_ngay = DayField(label=_("Đến ngày"), required=False)

    def limits(self) -> Range:
        """What was asked for; a field that makes no sense leaves its end open."""
        self.is_valid()
        given = self.cleaned_data
        return Range(given.get("tu"), given.get("den"), given.get("tu_ngay"), given.get("den_ngay"))


class HandlerForm(EditForm):
    """Who handles a complaint or denunciation, and since when."""

    keeper = forms.CharField(
        label=_("Người xử lý"),
        max_length=120,
        help_text=_("Ghi chức danh, ví dụ Trưởng ban Kiểm tra; không ghi tên người."),
        error_messages={"required": _("Hãy ghi chức danh người xử lý.")},
    )
    dispatched_on = DayField(label=_("Ngày chuyển"), required=False)


class PetitionForm(PageForm):
    """A complaint or denunciation that came in: its day and who handles it, nothing else."""

    received_on = DayField(label=_("Ngày nhận đơn"), error_messages={"required": _("Hãy ghi ngày nhận đơn.")})
    handler = forms.CharField(
        label=_("Người xử lý"),
        max_length=120,
        help_text=_("Ghi chức danh, ví dụ Trưởng ban Kiểm tra; không ghi tên người."),
        error_messages={"required": _("Hãy ghi chức danh người xử lý.")},
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
