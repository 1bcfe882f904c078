"""The forms of the designer: each knows the part of the template file it shows and writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.core.said import Said
from nhipcau.core.text import whole
from nhipcau.documents.numbering import CODES
from nhipcau.org.models import UnitKind
from nhipcau.reports.design.wordings import AXES, BESIDE, CALENDARS, PERIODS, SEVERITIES, Words
from nhipcau.web.design.desk import Desk
from nhipcau.web.forms import PageForm
from nhipcau.web.words import spoken

Raw = Mapping[str, Any]
LONG = forms.Textarea(attrs={"rows": 2})
CODE_HINT = _("Chữ không dấu, số và dấu gạch dưới; máy và công thức dùng mã này.")


def choices(words: Words) -> list[tuple[str, object]]:
    """Values with what people call them."""
    return [(value, _Spoken(label)) for value, label in words.items()]


class _Spoken:
    """A sentence whose language is chosen when the page is drawn."""

    def __init__(self, text: Said) -> None:
        self.text = text

    def __str__(self) -> str:
        return spoken(self.text)


def lines(text: str) -> list[str]:
    """One thing a line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


class PartForm(PageForm):
    """A form over a part of the file: `keys` are its own, whatever else stands there stays."""

    keys: tuple[str, ...] = ()

    def __init__(self, desk: Desk, *args: Any, **kwargs: Any) -> None:
        self.desk = desk
        super().__init__(*args, **kwargs)
        self.fit(desk)

    def fit(self, desk: Desk) -> None:
        """Offer what this draft knows."""

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """What the form shows of that part."""
        return {key: raw.get(key, "") for key in cls.keys}

    def written(self) -> dict[str, Any]:
        """The part's own keys as the file has them."""
        return {key: self.cleaned_data.get(key, "") for key in self.keys}

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """The part as it is now to stand in the file."""
        merged = {key: value for key, value in before.items() if key not in self.keys} | self.written()
        return {key: value for key, value in merged.items() if value not in ("", None, [], {}, False)}


class HeadForm(PartForm):
    """The template as a whole."""

    keys = ("code", "name", "name_en", "axis", "calendar", "period", "first_period", "signed_copy")
    code = forms.SlugField(
        label=_("Mã biểu mẫu"), max_length=60, help_text=_("Chữ không dấu, số và gạch nối; không đổi về sau.")
    )
    name = forms.CharField(label=_("Tên báo cáo"), max_length=250)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=250, required=False)
    period = forms.ChoiceField(label=_("Lập theo kỳ"), choices=choices(PERIODS))
    calendar = forms.ChoiceField(label=_("Lịch"), choices=choices(CALENDARS))
    axis = forms.ChoiceField(label=_("Báo cáo theo trục"), choices=choices(AXES))
    first_period = forms.CharField(
        label=_("Áp dụng từ kỳ"), max_length=40, help_text=_("Ví dụ 2026-Q3, quý III/2026, 2027-H1, 2027.")
    )
    signed_copy = forms.BooleanField(
        label=_("Chỉ tiếp nhận khi đơn vị gửi kèm bản đã ký, đóng dấu"), required=False
    )

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """With what a file that is silent means."""
        usual = {"axis": "territory", "calendar": "civil", "period": "month"}
        return super().initial_of(raw) | {key: raw.get(key) or value for key, value in usual.items()}

    def fit(self, desk: Desk) -> None:
        """What every version of a template shares is not asked again."""
        if desk.draft.template is not None:
            for key in ("code", "axis", "calendar", "period"):
                self.fields[key].disabled = True

    def clean_first_period(self) -> str:
        """The period by its key, however it was written."""
        try:
            return parse_period(self.cleaned_data["first_period"]).key
        except InvalidInput as error:
            raise forms.ValidationError(spoken(error.message)) from error


class DutyForm(PartForm):
    """Who reports, and within how many working days."""

    keys = ("reporters", "levels", "branches", "units", "except", "due_working_days")
    reporters = forms.MultipleChoiceField(
        label=_("Loại đơn vị phải báo cáo"), required=False, widget=forms.CheckboxSelectMultiple
    )
    levels = forms.MultipleChoiceField(
        label=_("Hoặc mọi loại đơn vị ở cấp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    branches = forms.CharField(
        label=_("Chỉ trong nhánh của"), required=False, widget=LONG,
        help_text=_("Mã đơn vị, mỗi dòng một mã. Trống: mọi nhánh."),
    )  # fmt: skip
    units = forms.CharField(
        label=_("Thêm những đơn vị"), required=False, widget=LONG, help_text=_("Mã đơn vị, mỗi dòng một mã.")
    )
    excepted = forms.CharField(
        label=_("Trừ những đơn vị"), required=False, widget=LONG, help_text=_("Mã đơn vị, mỗi dòng một mã.")
    )
    due_working_days = forms.IntegerField(
        label=_("Hạn gửi: số ngày làm việc sau khi hết kỳ"), min_value=0, max_value=400, required=False, initial=10
    )

    def fit(self, desk: Desk) -> None:
        """Kinds and levels as they are."""
        kinds = list(UnitKind.objects.filter(internal=False))
        labels: dict[int, list[str]] = {}
        for kind in kinds:
            labels.setdefault(kind.rank, []).append(_label(kind))
        offer(self, "reporters", [(kind.code, _label(kind)) for kind in kinds])
        offer(self, "levels", [(str(rank), f"{rank} ({', '.join(of)})") for rank, of in sorted(labels.items())])

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """Codes one a line."""
        found = {key: "\n".join(map(str, raw.get(key) or [])) for key in ("branches", "units")}
        return {
            **found,
            "excepted": "\n".join(map(str, raw.get("except") or [])),
            "reporters": raw.get("reporters") or [],
            "levels": [str(level) for level in raw.get("levels") or []],
            "due_working_days": raw.get("due_working_days", 10),
        }

    def written(self) -> dict[str, Any]:
        """As lists."""
        data = self.cleaned_data
        days = data["due_working_days"]
        return {
            "reporters": data["reporters"],
            "levels": [int(level) for level in data["levels"]],
            "branches": lines(data["branches"]),
            "units": lines(data["units"]),
            "except": lines(data["excepted"]),
            "due_working_days": 10 if days is None else days,
        }

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """Zero days are days too."""
        return super().as_raw(before) | {"due_working_days": self.written()["due_working_days"]}


class IssueForm(PartForm):
    """The document that the consolidated report is issued as; the part under `issue`."""

    keys = ("doc_type", "subject", "authority", "title", "addressees", "recipients", "parent_issuer")
    doc_type = forms.ChoiceField(label=_("Tên loại văn bản"), choices=[(name, name) for name in CODES])
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=300, required=False, help_text=_("{period} là tên kỳ: «Kết quả {period}».")
    )
    authority = forms.CharField(label=_("Thẩm quyền ký"), max_length=120, required=False)
    title = forms.CharField(label=_("Chức vụ người ký"), max_length=120, required=False)
    addressees = forms.CharField(label=_("Kính gửi"), required=False, widget=LONG, help_text=_("Mỗi dòng một nơi."))
    recipients = forms.CharField(label=_("Nơi nhận"), required=False, widget=LONG, help_text=_("Mỗi dòng một nơi."))
    parent_issuer = forms.CharField(
        label=_("Cơ quan chủ quản"), max_length=250, required=False,
        help_text=_("Chỉ khi cấp trên của đơn vị cao nhất ở ngoài hệ thống này."),
    )  # fmt: skip

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """Lists one a line."""
        issue = raw.get("issue") or {}
        texts = {key: issue.get(key, "") for key in cls.keys}
        return texts | {key: "\n".join(issue.get(key) or []) for key in ("addressees", "recipients")}

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """The whole file with this part in it."""
        data = self.cleaned_data
        listed = {key: lines(data[key]) for key in ("addressees", "recipients")}
        issue = {key: value for key, value in (data | listed).items() if value}
        return {**before, "issue": issue}


class SectionForm(PartForm):
    """A heading of the form."""

    keys = ("title", "title_en", "beside")
    title = forms.CharField(label=_("Tên phần"), max_length=200)
    title_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    beside = forms.MultipleChoiceField(
        label=_("Báo cáo in thêm cạnh số liệu"), required=False, choices=choices(BESIDE),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cho chỉ tiêu được giao kế hoạch; cột không có gì thì không in."),
    )  # fmt: skip

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """Its figures stay with it."""
        return super().as_raw(before) | {"indicators": before.get("indicators") or []}


class BreakdownForm(PartForm):
    """A way to split a figure."""

    keys = ("code", "label", "label_en", "items")
    code = forms.CharField(label=_("Mã"), max_length=40, help_text=CODE_HINT)
    label = forms.CharField(label=_("Tên cách chia"), max_length=120, help_text=_("Ví dụ: theo giới."))
    label_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    items = forms.CharField(
        label=_("Các mục"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một mục: mã | nhãn | nhãn tiếng Anh. Các mục phủ hết và không chồng nhau."),
    )  # fmt: skip

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """An item a line."""
        items = [[str(one.get(key, "")) for key in ("code", "label", "label_en")] for one in raw.get("items") or []]
        shown = "\n".join(" | ".join(parts).rstrip(" |") for parts in items)
        return {**super().initial_of(raw), "items": shown}

    def written(self) -> dict[str, Any]:
        """Items with their keys."""
        items = []
        for line in lines(self.cleaned_data["items"]):
            parts = [part.strip() for part in line.split("|")]
            named = zip(("code", "label", "label_en"), parts, strict=False)
            items.append({key: value for key, value in named if value})
        return super().written() | {"items": items}


class RuleForm(PartForm):
    """A rule that speaks while the report is filled in."""

    keys = ("code", "severity", "check", "message", "message_en")
    code = forms.CharField(label=_("Mã"), max_length=60, help_text=_("Chữ không dấu, số, gạch nối."))
    severity = forms.ChoiceField(
        label=_("Khi không đúng"), choices=choices(SEVERITIES), widget=forms.RadioSelect, initial="error"
    )
    check = forms.CharField(
        label=_("Điều kiện phải đúng"), max_length=500, widget=LONG,
        help_text=_("Ví dụ: tien_qua <= suat_qua * 5000000. Mã chỉ tiêu và các hàm dùng được ở cuối trang."),
    )  # fmt: skip
    message = forms.CharField(
        label=_("Lời nhắn"), max_length=500, widget=LONG,
        help_text=_("{mã chỉ tiêu} là số đang ghi: «{suat_qua} suất là nhiều khác thường.»"),
    )  # fmt: skip
    message_en = forms.CharField(label=_("Lời nhắn tiếng Anh"), max_length=500, required=False, widget=LONG)

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """On one line each."""
        found = super().as_raw(before)
        return {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in found.items()}


class BlockForm(PartForm):
    """A paragraph that units write."""

    keys = ("code", "title", "title_en", "help", "required", "about", "text")
    code = forms.CharField(label=_("Mã"), max_length=60, help_text=_("Chữ không dấu, số, gạch dưới."))
    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    title_en = forms.CharField(label=_("Tiêu đề tiếng Anh"), max_length=200, required=False)
    help = forms.CharField(label=_("Hướng dẫn viết"), max_length=500, required=False, widget=LONG)
    required = forms.BooleanField(label=_("Bắt buộc viết"), required=False)
    about = forms.MultipleChoiceField(
        label=_("Giải thích cho những chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Người viết chèn được số của những chỉ tiêu này vào lời văn."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Lời viết sẵn"), max_length=4000, required=False, widget=LONG,
        help_text=_(
            "Báo cáo mới lập có sẵn lời này. Số liệu là mã chỉ tiêu trong hai dấu ngoặc nhọn, như "
            "{{gifts.thay_doi_cung_ky}}."
        ),
    )  # fmt: skip

    def fit(self, desk: Desk) -> None:
        """The figures there are."""
        offer(self, "about", desk.figures)


class DueForm(PartForm):
    """A due date of some periods' own."""

    keys = ("period", "working_days", "days", "date")
    period = forms.CharField(
        label=_("Cho kỳ"), max_length=12, required=False,
        help_text=_("Số thứ tự trong năm (1, 2…), hoặc một kỳ (2026-H1). Trống: mọi kỳ khác."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Cách tính"), widget=forms.RadioSelect, initial="date",
        choices=[
            ("date", _("một ngày trong năm, như 15/06")),
            ("working_days", _("số ngày làm việc sau khi hết kỳ (âm: trước khi hết kỳ)")),
            ("days", _("số ngày sau khi hết kỳ (âm: trước khi hết kỳ)")),
        ],
    )  # fmt: skip
    value = forms.CharField(label=_("Ngày hoặc số ngày"), max_length=10)

    @classmethod
    def initial_of(cls, raw: Raw) -> dict[str, Any]:
        """The one way of the three that is used."""
        kind = next((key for key in ("date", "working_days", "days") if raw.get(key) not in (None, "")), "date")
        return {"period": raw.get("period", ""), "kind": kind, "value": raw.get(kind, "")}

    def clean(self) -> dict[str, Any]:
        """Days are whole numbers; how many are too many the format says."""
        data: dict[str, Any] = super().clean() or {}
        days = data.get("value", "")
        if data.get("kind") != "date" and days and whole(days.removeprefix("-"), 9_999) is None:
            self.add_error("value", _("Hãy ghi một số nguyên."))
        return data

    def as_raw(self, before: Raw) -> dict[str, Any]:
        """Zero days are days too."""
        data = self.cleaned_data
        value: Any = data["value"] if data["kind"] == "date" else int(data["value"])
        return {**({"period": data["period"]} if data["period"] else {}), data["kind"]: value}


def offer(form: forms.Form, name: str, options: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
    field.choices = list(options)


def _label(kind: UnitKind) -> str:
    return spoken(Said(kind.label, kind.label_en or kind.label))
