"""The form of one activity, built from its type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.types import Measure, facets_of, measures_of
from nhipcau.core.errors import InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.money import money_in_words
from nhipcau.core.numbers import CellState, format_value
from nhipcau.documents.storing import blurring as photos
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.measures import measured
from nhipcau.web.uploads import FilesField
from nhipcau.web.words import labelled, spoken

MEASURE, FACET = "so-", "chon-"


class AmountInput(forms.TextInput):
    """A figure with an echo of what was understood beneath it."""

    template_name = "web/activities/amount.html"


class MeasureField(forms.CharField):
    """A figure that may stay empty: the domain asks for at least one of them, so none is called optional."""

    def validate(self, value: Any) -> None:
        """Empty is fine."""


def photos_field() -> FilesField:
    """Photographs from the phone's camera or its album."""
    return FilesField(
        label=gettext_lazy("Ảnh"),
        required=False,
        most=photos.MOST,
        too_many=photos.TOO_MANY,
        accept="image/jpeg,image/png,image/webp",
        help_text=gettext_lazy(
            "Khuôn mặt được che ngay, ảnh gốc không được giữ; bạn xem lại trước khi người khác thấy. "
            "Không chụp danh sách ký tên, thẻ căn cước, bài đăng của ai."
        ),
    )


class LinesField(forms.CharField):
    """One entry a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class ActivityForm(PageForm):
    """Measures, facets and words of one activity. Field order is the order of thinking: when, how much, what."""

    held_on = DayField(label=gettext_lazy("Ngày tổ chức"))
    title = forms.CharField(label=gettext_lazy("Tên hoạt động"), required=False, max_length=300)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), required=False, max_length=200)
    paper_location = forms.CharField(
        label=gettext_lazy("Nơi lưu chứng từ"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Ví dụ: tủ hồ sơ văn phòng, cặp số 3."),
    )
    partner_bodies = LinesField(
        label=gettext_lazy("Đơn vị, cơ quan khác cùng làm"),
        required=False,
        help_text=gettext_lazy(
            "Mỗi dòng một tên; không ghi tên người. Tên đầy đủ của một công đoàn: đơn vị ấy sẽ được hỏi xác nhận."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    papers = FilesField(
        label=gettext_lazy("Giấy tờ kèm theo"),
        required=False,
        help_text=gettext_lazy("Kế hoạch, biên bản (.pdf, .docx, .xlsx, .txt); không gửi danh sách ký tên."),
    )
    photos = photos_field()
    client_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, kind: ActivityType, *args: Any, last: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures_of(kind.measures)
        self.facets = facets_of(kind.facets)
        for measure in self.measures:
            self.fields[MEASURE + measure.code] = _amount(measure, kind.code, last)
        for facet in self.facets:
            self.fields[FACET + facet.code] = forms.ChoiceField(
                label=labelled(facet),
                choices=[(choice.code, labelled(choice)) for choice in facet.choices],
                widget=forms.RadioSelect,
                error_messages={"required": _("Hãy chọn một mục.")},
            )

    @property
    def figures(self) -> list[forms.BoundField]:
        return [self[MEASURE + measure.code] for measure in self.measures]

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[FACET + facet.code] for facet in self.facets]

    @property
    def more_open(self) -> bool:
        """Whether the folded part holds something to see."""
        folded = ("paper_location", "partner_bodies", "papers")
        return any(self[name].value() or self[name].errors for name in folded)

    def clean(self) -> dict[str, Any]:
        for measure in self.measures:
            name = MEASURE + measure.code
            if self.cleaned_data.get(name):
                try:
                    self.cleaned_data[name] = read_measure(measure, self.cleaned_data[name])
                except InvalidInput as error:
                    self.add_error(name, error.message)
        return self.cleaned_data

    def given(self, partner_units: Sequence[Unit]) -> ActivityInput:
        """What the domain takes; only after `is_valid`."""
        data = self.cleaned_data
        values = {m.code: data[MEASURE + m.code] for m in self.measures if data[MEASURE + m.code] != ""}
        return ActivityInput(
            held_on=data["held_on"],
            values=values,
            facets={facet.code: data[FACET + facet.code] for facet in self.facets},
            title=data["title"],
            place=data["place"],
            paper_location=data["paper_location"],
            partner_units=partner_units,
            partner_bodies=data.get("partner_bodies", ()),
            papers=data.get("papers", ()),
            photos=data.get("photos", ()),
            client_key=data.get("client_key") or None,
        )

    def take(self, refusal: InvalidInput) -> None:
        """Faults of the domain name measures and facets by their codes."""
        codes = {m.code: MEASURE + m.code for m in self.measures} | {f.code: FACET + f.code for f in self.facets}
        for fault in refusal.faults:
            name = codes.get(fault.where, fault.where if fault.where in self.fields else None)
            self.add_error(name, spoken(fault.message if name else fault))
        if not refusal.faults:
            self.add_error(None, refusal.message)


def read_measure(measure: Measure, text: str) -> int:
    """The scaled figure that was typed; "72 triệu" for money. InvalidInput where there is no figure."""
    indicator = Indicator(measure.code, measure.label, measure.label_en, measure.unit, measure.decimals)
    cell = parse_figure(indicator, text)
    if cell.state is not CellState.VALUE:
        raise InvalidInput(_("Hãy ghi một số, hoặc để trống nếu không có."))
    return cell.value


def echo(measure: Measure, text: str) -> str:
    """What was understood: money in words, other figures grouped when they were typed otherwise."""
    value = read_measure(measure, text)
    if measure.is_money and not measure.decimals:
        return money_in_words(value)
    printed = format_value(value, measure.decimals)
    return "" if printed == text.strip() else f"{printed} {measured(measure.unit)}"


def typed(activity: Activity) -> dict[str, Any]:
    """A recorded activity as it stands in the form; partners and papers apart."""
    values: dict[str, Any] = {
        name: getattr(activity, name) for name in ("held_on", "title", "place", "paper_location")
    }
    for measure in measures_of(activity.type.measures):
        if measure.code in activity.values:
            values[MEASURE + measure.code] = format_value(activity.values[measure.code], measure.decimals)
    return values | {FACET + code: choice for code, choice in activity.facets.items()}


def initial(today: dt.date, last: Activity | None, *, figures: bool = False) -> dict[str, Any]:
    """Today and a fresh key; with `last`, its words as they were then, and its figures only if asked for."""
    kept = typed(last) if last else {}
    if not figures:
        kept = {name: value for name, value in kept.items() if not name.startswith(MEASURE)}
    return kept | {"held_on": today, "client_key": str(new_uid())}


def _amount(measure: Measure, kind: str, last: Activity | None) -> forms.CharField:
    hint = _("Gõ 72.000.000 hoặc 72 triệu.") if measure.is_money else ""
    if last and measure.code in last.values:
        before = format_value(last.values[measure.code], measure.decimals)
        hint = f"{_('Lần trước: %(figure)s.') % {'figure': before}} {hint}".strip()
    attributes = {
        "inputmode": "text" if measure.is_money else "decimal" if measure.decimals else "numeric",
        "autocomplete": "off",
        "hx-get": f"{reverse('activities:read_amount')}?{urlencode({'loai': kind})}",
        "hx-trigger": "input delay:400ms",
        "hx-params": MEASURE + measure.code,
        "hx-target": "next .echo",
        "hx-swap": "outerHTML",
    }
    label = f"{labelled(measure)} ({measured(measure.unit)})"
    widget = AmountInput(attrs=attributes)
    return MeasureField(label=label, max_length=40, help_text=hint, widget=widget)
