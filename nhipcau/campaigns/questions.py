"""A question of a quiz: one right answer among a few, and why it is right. There is no other kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nhipcau.core.errors import Fault
from nhipcau.core.said import Said
from nhipcau.core.text import clean

FEWEST, MOST = 2, 4
MOST_QUESTIONS = 20
_LONGEST = {"text": 500, "explanation": 800, "source": 300}
_CHOICE = 250


@dataclass(frozen=True)
class Question:
    """`right` is the place of the right one among `choices`; `source` names the law or material, "" for none."""

    text: str
    choices: tuple[str, ...]
    right: int
    explanation: str
    source: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "choices": list(self.choices)}


def question_of(stored: Mapping[str, Any]) -> Question:
    """As stored, or as written in a file of ready-made campaigns."""
    return Question(
        text=clean(str(stored["text"])),
        choices=tuple(clean(str(one)) for one in stored["choices"]),
        right=int(stored["right"]),
        explanation=clean(str(stored["explanation"])),
        source=clean(str(stored.get("source", ""))),
    )


def questions_of(stored: Sequence[Mapping[str, Any]]) -> list[Question]:
    """All of a quiz."""
    return [question_of(one) for one in stored]


def faults_of(question: Question) -> Iterator[Fault]:
    """What is wrong with its form, at the field; a question without a right answer or its reason is none."""
    for name, most in _LONGEST.items():
        text = getattr(question, name)
        if len(text) > most or (not text and name != "source"):
            yield Fault(
                name, Said(f"hãy ghi, không quá {most} chữ cái", f"fill this in, at most {most} characters")
            )
    if not FEWEST <= len(question.choices) <= MOST:
        said = Said(f"cần {FEWEST} đến {MOST} phương án", f"{FEWEST} to {MOST} answers are needed")
        yield Fault("choice_1", said)
    for place, choice in enumerate(question.choices, start=1):
        if len(choice) > _CHOICE:
            yield Fault(f"choice_{place}", Said(f"dài quá {_CHOICE} chữ cái", f"longer than {_CHOICE} characters"))
    if len({choice.casefold() for choice in question.choices}) < len(question.choices):
        yield Fault("choice_1", "hai phương án giống nhau")
    if not 0 <= question.right < len(question.choices):
        yield Fault("right", "hãy chọn phương án đúng trong các phương án đã ghi")
