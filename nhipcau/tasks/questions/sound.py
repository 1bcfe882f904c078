"""What a question must be: answered by a figure, a choice, a paper or a few words, never by or about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical, clean, fold
from nhipcau.tasks.questions.kinds import KINDS

MOST = 10
MOST_OPTIONS = 8
LONGEST, LONGEST_OPTION, LONGEST_MEASURE = 250, 80, 40

# What a question may never be answered by: a person. (Posts have a kind of their own.)
_PERSON = re.compile(
    r"\b(ho (va )?ten|ho, ten|ten (nguoi|doan vien|can bo|cong nhan|lao dong|ca nhan)|danh tinh|ai\b|nguoi nao|"
    r"ngay sinh|nam sinh|can cuoc|cccd|cmnd|so dien thoai|dien thoai (cua|ca nhan)|dia chi nha|que quan|"
    r"who|full name|birth)\b"
)
# What the law protects: a report template hides small figures of such people, a form like this does not, nor does a
# yes or a choice. Whatever it is called, it may stand in the label, the measure or an answer to choose.
_PAID = r"(?:no|muc|tien|bang|bac) luong|luong (?:co ban|binh quan|thang)|thu nhap\b|wage|salar|income"
_PROTECTED = re.compile(
    r"\b(benh\b(?! vuc)|suc khoe|om\b|khuyet tat|tan tat|tam than|tram cam|lao phoi|hiv|ung thu|"
    r"nghien (ma tuy|ruou)|dan toc|ho ngheo|can ngheo|nguoi ngheo|quay roi|bao luc|tai nan\b|thuong tat|bi thuong|"
    r"(hoan canh|doan vien|lao dong|cong nhan|nguoi|gia dinh|ho) (dac biet )?kho khan|mo coi|don than|tu vong|"
    r"co thai\b(?! do)|ba bau|mang (thai|bau)|thai san|(?<!hoi )(?<!de )nghi sinh\b(?! hoat)|"
    r"(?<!hoc )sinh con\b|say thai|sick|illness|disab|pregnan|maternity|mental|ethnic|poor|harass|injur|"
    rf"{_PAID})"
)
_PAY = re.compile(rf"\b({_PAID})")
# The same words where they say what is taught, held or kept away, and nobody has it.
_TOPIC = re.compile(
    r"\b(phong,? (chong|ngua|tranh)( \w+){0,4}? (benh|tai nan|bao luc|quay roi|hiv)|to chuc kham suc khoe|"
    r"benh vien|dich benh|bao hiem( \w+){0,2}? (tai nan|suc khoe)|"
    r"(trang phuc|van nghe|van hoa|ban sac|nhac cu|doan ket)( cac)? dan toc)\b"
)
_HELD = re.compile(r"^(tong )?so (buoi|lop|cuoc|hoi nghi|hoi thao|to roi|to gap)\b(?! (tai nan|nghi|om|bi)\b)")


@dataclass(frozen=True)
class QuestionInput:
    """A question as a person words it."""

    kind: str
    label: str
    measure: str = ""
    options: Sequence[str] = ()
    required: bool = True


def cleaned(one: QuestionInput) -> QuestionInput:
    """Without odd spaces, empty options, and what its kind has no use for."""
    options = tuple(option for option in (clean(text) for text in one.options) if option)
    return replace(
        one,
        label=clean(one.label),
        measure=clean(one.measure) if one.kind == "number" else "",
        options=options if one.kind == "choice" else (),
    )


def require_sound(asked: Sequence[QuestionInput]) -> None:
    faults = [fault for place, one in enumerate(asked, start=1) for fault in faults_of(place, one)]
    if sum(1 for one in asked if one.kind == "file") > 1:
        faults.append(Fault("", "chỉ một câu được hỏi tệp; câu đó nhận nhiều tệp"))
    if not asked:
        faults.append(Fault("", "hãy ghi ít nhất một câu hỏi"))
    if len(asked) > MOST:
        told = Said(
            f"tối đa {MOST} câu; nhiều hơn thì hãy làm mẫu báo cáo", f"at most {MOST}; use a report form for more"
        )
        faults.append(Fault("", told))
    if faults:
        raise InvalidInput("Chưa lưu được biểu hỏi: có câu cần sửa.", faults)


def faults_of(place: int, one: QuestionInput) -> Iterator[Fault]:
    where, folded = f"cau-{place}", fold(canonical(one.label))
    if one.kind not in KINDS:
        yield Fault(where, "hãy chọn loại câu trả lời")
    if not one.label or len(one.label) > LONGEST or len(one.measure) > LONGEST_MEASURE:
        yield Fault(where, Said(f"câu hỏi từ 1 đến {LONGEST} chữ cái", f"a question has 1 to {LONGEST} characters"))
    if one.kind == "choice" and not 2 <= len(set(one.options)) <= MOST_OPTIONS:
        yield Fault(
            where, Said(f"ghi từ 2 đến {MOST_OPTIONS} câu trả lời để chọn", f"give 2 to {MOST_OPTIONS} answers")
        )
    if any(len(option) > LONGEST_OPTION for option in one.options):
        yield Fault(where, Said(f"mỗi câu trả lời không quá {LONGEST_OPTION} chữ cái", "an answer is too long"))
    if one.kind not in ("posts", "yes_no") and _PERSON.search(folded):
        yield Fault(where, "không hỏi về một người; hãy hỏi con số, hoặc chọn loại «chức danh của đơn vị»")
    if _counts_the_protected(one):
        yield Fault(
            where,
            "câu này đếm hoặc tả người theo điều luật bảo vệ (sức khỏe, hoàn cảnh, tiền lương…); hãy dùng mẫu "
            "báo cáo, nơi số nhỏ được che",
        )


def _counts_the_protected(one: QuestionInput) -> bool:
    """True unless it is about sessions held, or money spent on people."""
    if one.kind in ("posts", "file"):
        return False
    asked = [_TOPIC.sub("", fold(canonical(text))) for text in (one.label, one.measure, *one.options)]
    if one.kind == "number" and _HELD.search(asked[0]):
        asked = asked[1:]
    sought = _PAY if one.kind == "money" else _PROTECTED
    return any(map(sought.search, asked))
