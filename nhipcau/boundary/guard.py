"""The gate that every action which stores or sends text passes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from nhipcau.boundary.asking import asks_opinion
from nhipcau.boundary.engine import by_rules, check
from nhipcau.boundary.errors import BoundaryRefused, Hit, ReviewNeeded
from nhipcau.boundary.names import has_identity_number, has_profile_link, person_names, without_places
from nhipcau.boundary.verdicts import Verdict
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said

Fields = Mapping[str, str | Iterable[str] | None]

FREE_TEXT = frozenset({"narrative", "reason", "comment"})
# What makes others report or act: there a doubtful wording gets its second look. In the daily words of volunteers
# one false alarm in a hundred would cost more than it finds; the rules hold everywhere.
DESIGNED = frozenset({"template", "activity_type", "campaign", "quiz"})
QUIZ = frozenset({"quiz", "quiz_answer"})  # questions of knowledge and their answers; none of opinion
UNIT = "unit"  # names of units: "xã An Ninh", "xã Trung Thành" are places, whatever their words mean
LONGEST = 50_000  # characters that somebody types: some twenty pages; to judge them takes a fraction of a second
FROM_A_FILE = frozenset({"tệp"})  # what was read from a file is as long as the reader lets it be
IDENTITY_NUMBER = "person-identity-number"
PROFILE_LINK = "speech-profile-link"
QUIZ_OPINION = "quiz-opinion"
_REFUSED = Said(
    "Nội dung bị từ chối vì hệ thống không phục vụ mục đích này. Xem lý do ở từng ô, sửa rồi gửi lại.",
    "This was refused because the system does not serve that purpose. See the reason at each field, then mend it.",
)
_DOUBTFUL = Said(
    "Nội dung chưa rõ mục đích nên chưa được nhận. Hãy viết rõ hơn, hoặc xin chức danh ngoài bên yêu cầu duyệt.",
    "The purpose is not clear, so this was not taken. Say it more plainly, or ask a post outside your line to "
    "approve it.",
)


def guard(fields: Fields, kind: str) -> None:
    """Refuse texts that serve a refused purpose; silent when all is well.

    `kind` "narrative", "reason" or "comment" (free text) also refuses identity numbers and profile links;
    any other kind ("label", "money", …) refuses an identity number only if the words beside it say so. "quiz" and
    "quiz_answer" also refuse what asks for an opinion.
    Raises InvalidInput for what is longer than anybody types, before it is judged;
    BoundaryRefused if anything is clearly refused (doubtful fields are then listed too), else
    ReviewNeeded if anything is doubtful. Faults carry field and rule; hits carry no text.
    """
    _require_typed(fields, kind)
    judge = cache(partial(_verdicts, kind=kind, judge=check if kind in DESIGNED else by_rules))
    read = without_places if kind == UNIT else str
    findings = [(field, verdict) for field, text in _texts(fields) for verdict in judge(read(text))]
    unique = list(dict.fromkeys((field, verdict) for field, verdict in findings))
    if not unique:
        return
    faults = [Fault(field, _explained(verdict)) for field, verdict in unique]
    hits = [Hit(str(verdict.rule), field) for field, verdict in unique]
    if any(verdict.verdict == "refused" for _, verdict in unique):
        raise BoundaryRefused(_REFUSED, faults, hits)
    raise ReviewNeeded(_DOUBTFUL, faults, hits)


def _require_typed(fields: Fields, kind: str) -> None:
    free = FROM_A_FILE | ({"text"} if kind == "letter" else set())
    long = [(field, len(text)) for field, text in _texts(fields) if len(text) > LONGEST and field not in free]
    if long:
        raise InvalidInput("Nội dung quá dài.", [Fault(field, _too_long(length)) for field, length in long])


def _too_long(length: int) -> Said:
    return Said(
        f"không quá {LONGEST} ký tự, đã gửi {length}; hãy rút gọn hoặc đính kèm thành tệp",
        f"at most {LONGEST} characters, {length} were sent; shorten it or attach it as a file",
    )


def warnings(fields: Fields) -> list[Fault]:
    """Fields in which something reads as a person's name: shown to the writer, refuses nothing."""
    return [
        Fault(field, _named(", ".join(names))) for field, text in _texts(fields) if (names := person_names(text))
    ]


def _named(names: str) -> Said:
    return Said(
        f"Có vẻ có tên người: {names}. Hãy thay bằng con số hoặc chức danh.",
        f"This seems to name people: {names}. Put a number or a post instead.",
    )


def _explained(verdict: Verdict) -> Said:
    return Said(
        f"{verdict.explanation} (quy tắc {verdict.rule})", f"{verdict.explanation_en} (rule {verdict.rule})"
    )


def _texts(fields: Fields) -> Iterator[tuple[str, str]]:
    for field, value in fields.items():
        if isinstance(value, str):
            yield field, value
        elif value is not None:
            for text in value:
                yield field, text


def _verdicts(text: str, *, kind: str, judge: Callable[[str], Verdict]) -> list[Verdict]:
    return list(_judged(text, kind=kind, judge=judge))


def _judged(text: str, *, kind: str, judge: Callable[[str], Verdict]) -> Iterator[Verdict]:
    free_text = kind in FREE_TEXT
    lines = [line for line in text.splitlines() if line.strip()]
    seen = [judge(line) for line in lines]
    if len(lines) > 1 and all(verdict.verdict != "refused" for verdict in seen):
        seen.append(judge(text))  # a sentence broken over several lines
    yield from (verdict for verdict in seen if verdict.verdict != "allowed")
    if has_identity_number(text, free_text=free_text):
        yield Verdict(
            "refused",
            IDENTITY_NUMBER,
            "Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP",
            "Có số căn cước hoặc chứng minh nhân dân. Hãy bỏ số đó; hồ sơ có tên giữ ngoài hệ thống.",
            "Law 91/2025/QH15; Decree 356/2025/NĐ-CP",
            "There is an identity number. Leave it out; named files stay outside the system.",
        )
    if kind in QUIZ and asks_opinion(text):
        yield Verdict(
            "refused",
            QUIZ_OPINION,
            "Mục đích của hệ thống",
            "Câu này hỏi người làm nghĩ gì, thấy thế nào, ủng hộ ai, hoặc hỏi về chính họ. Bài trắc nghiệm chỉ hỏi "
            "kiến thức có đáp án đúng; hãy hỏi luật hoặc tài liệu quy định thế nào, hoặc phải làm gì.",
            "The purpose of this system",
            "This asks what people think, feel or support, or about themselves. A quiz asks for knowledge that has "
            "a right answer: ask what the law or the material says, or what is to be done.",
        )
    if free_text and has_profile_link(text):
        yield Verdict(
            "refused",
            PROFILE_LINK,
            "Nghị định 356/2025/NĐ-CP, Điều 4",
            "Có đường dẫn tới trang cá nhân hoặc mạng xã hội. Hãy bỏ đường dẫn.",
            "Decree 356/2025/NĐ-CP, Art. 4",
            "There is a link to a profile or social network. Leave it out.",
        )
