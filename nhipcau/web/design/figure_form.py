"""The form of one figure: everything a template says of it, in the words of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.activities.models import ActivityType
from nhipcau.reports.design.wordings import OVER_TIME, OVER_UNITS
from nhipcau.web.design.desk import Desk, worded
from nhipcau.web.design.forms import CODE_HINT, LONG, PartForm, choices, offer
from nhipcau.web.words import labelled

Raw = Mapping[str, Any]
LETTERS, RECORDS = "letters", "act"


class IndicatorForm(PartForm):
    """One figure. Where it comes from is one choice: typed, counted from letters, or a measure of recorded work."""

    keys = (
        "code", "label", "label_en", "unit", "help", "decimals", "over_units", "over_time", "formula", "weight",
        "breakdowns", "suppress_below", "sensitivity", "source", "target",
    )  # fmt: skip
    label = forms.CharField(label=_("Nhãn"), max_length=250)
    code = forms.CharField(label=_("Mã"), max_length=60, help_text=CODE_HINT)
    unit = forms.CharField(
        label=_("Đơn vị tính"), max_length=40, help_text=_("Ví dụ: suất, lượt người. Tiền ghi «đồng».")
    )
    label_en = forms.CharField(label=_("Nhãn tiếng Anh"), max_length=250, required=False)
    help = forms.CharField(label=_("Hướng dẫn cho người lập"), max_length=500, required=False, widget=LONG)
    section = forms.ChoiceField(label=_("Nằm ở phần"))
    source = forms.ChoiceField(label=_("Số liệu lấy từ"), required=False)
    where = forms.MultipleChoiceField(
        label=_("Chỉ tính những hoạt động"), required=False, widget=forms.CheckboxSelectMultiple
    )
    letters = forms.CharField(
        label=_("Tên loại văn bản được đếm"), max_length=300, required=False,
        help_text=_("Chỉ khi đếm văn bản: kế hoạch, công văn, hướng dẫn…"),
    )  # fmt: skip
    breakdowns = forms.MultipleChoiceField(
        label=_("Chia nhỏ theo"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decimals = forms.IntegerField(
        label=_("Số chữ số thập phân"), min_value=0, max_value=6, required=False, initial=0
    )
    over_units = forms.ChoiceField(label=_("Cấp trên tổng hợp"), choices=choices(OVER_UNITS), initial="sum")
    over_time = forms.ChoiceField(label=_("Cộng nhiều kỳ"), choices=choices(OVER_TIME), initial="flow")
    formula = forms.CharField(
        label=_("Công thức"),
        max_length=500,
        required=False,
        help_text=_("Chỉ khi «tính theo công thức»: tien / suat."),
    )
    weight = forms.ChoiceField(label=_("Trọng số"), required=False)
    suppress_below = forms.IntegerField(
        label=_("Che số người nhỏ hơn"), min_value=3, max_value=100, required=False,
        help_text=_("Sức khỏe, khuyết tật, dân tộc, khó khăn, quấy rối, thương tích: ghi 10. Trống: không che."),
    )  # fmt: skip
    target = forms.BooleanField(label=_("Cấp trên giao kế hoạch cho chỉ tiêu này"), required=False)

    def fit(self, desk: Desk) -> None:
        """Sections, breakdowns, weights and recorded work that there are."""
        sections = [(str(n), worded(one, "title")) for n, one in enumerate(desk.sections)]
        offer(self, "section", [(n, title or gettext("Phần %(n)d") % {"n": int(n) + 1}) for n, title in sections])
        splits = [(str(one.get("code", "")), str(one.get("label", ""))) for one in desk.raw.get("breakdowns") or []]
        offer(self, "breakdowns", splits)
        codes = [(code, code) for code in desk.home if code]
        offer(self, "weight", [("", gettext("(không)")), *codes])
        types = _types(desk)
        offer(self, "source", [
            ("", gettext("đơn vị tự ghi")),
            (LETTERS, gettext("đếm văn bản đã ban hành")),
            *(pair for kind in types for pair in _measures(kind)),
        ])  # fmt: skip
        kind = next((one for one in types if one.code == self._activity()), None)
        offer(self, "where", _facets(kind) if kind else [])
        if not splits:
            del self.fields["breakdowns"]
        if kind is None:
            del self.fields["where"]

    def _activity(self) -> str:
        chosen = self.data.get("source") if self.is_bound else self.initial.get("source")
        return str(chosen or "").partition(":")[2].partition(":")[0]

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """The source as one choice, its conditions as several."""
        source = raw.get("source") or {}
        chosen = f"{RECORDS}:{source['activity']}:{source.get('measure', '')}" if source.get("activity") else ""
        shown = {key: raw[key] for key in cls.keys if key in raw}
        if raw.get("sensitivity") == "protected":
            shown.setdefault("suppress_below", 10)
        return {
            **shown,
            "source": LETTERS if source.get("letters") else chosen,
            "letters": ", ".join(source.get("letters") or []),
            "where": [f"{facet}={choice}" for facet, choice in (source.get("where") or {}).items()],
        }

    def written(self) -> dict[str, Any]:
        """As the file has it, without what goes without saying."""
        data = self.cleaned_data
        usual = {"decimals": 0, "over_units": "sum", "over_time": "flow"}
        plain = {key: data.get(key, "") for key in self.keys if key not in ("source", "sensitivity")}
        found = {key: "" if value == usual.get(key) else value for key, value in plain.items()}
        return found | {"source": self._source(), "sensitivity": ""}

    def _source(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["source"] == LETTERS:
            return {"letters": [" ".join(one.split()) for one in data["letters"].split(",") if one.strip()]}
        kind, _sep, rest = data["source"].partition(":")
        if kind != RECORDS:
            return {}
        activity, _sep, measure = rest.partition(":")
        where = dict(pair.split("=", 1) for pair in data.get("where") or [])
        found = {"activity": activity, "measure": measure, "where": where}
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True)
class _Kind:
    """Recorded work that figures are read from: known already, or brought along by the draft's own file."""

    code: str
    name: str
    measures: Sequence[Mapping[str, Any]]
    facets: Sequence[Mapping[str, Any]]


def kind_names(desk: Desk) -> dict[str, str]:
    """What recorded work is called, by its code."""
    return {kind.code: kind.name for kind in _types(desk)}


def _types(desk: Desk) -> list[_Kind]:
    brought = [_Kind(one.code, labelled(one), one.measures_json(), one.facets_json()) for one in desk.reading.types]
    codes = {one.code for one in brought}
    known = ActivityType.objects.exclude(code__in=codes).order_by("label")
    return [*brought, *(_Kind(one.code, labelled(one), one.measures, one.facets) for one in known)]


def _measures(kind: _Kind) -> list[tuple[str, str]]:
    counted = (f"{RECORDS}:{kind.code}:", f"{kind.name}: {gettext('số lần')}")
    return [
        counted,
        *((f"{RECORDS}:{kind.code}:{one['code']}", f"{kind.name}: {one['label']}") for one in kind.measures),
    ]


def _facets(kind: _Kind) -> list[tuple[str, str]]:
    return [
        (f"{facet['code']}={choice['code']}", f"{facet['label']}: {choice['label']}")
        for facet in kind.facets
        for choice in facet["choices"]
    ]
