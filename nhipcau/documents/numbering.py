"""Numbers and symbols of documents: how ours are composed, how any two are compared, what looks wrong.

Source: Decree 30/2020/NĐ-CP, Article 15 and Appendix I, II.3 (number and symbol), Appendix III (type codes).
"""

from __future__ import annotations

import re

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import canonical, fold
from nhipcau.reader.language.lexicon import TYPE_CODES

WITHOUT_CODE = frozenset({"công văn", "thư công"})
# A type code in a letter's title is unambiguous; only in a symbol could CĐ be read as công đoàn.
CODES: dict[str, str] = {name: code for code, name in TYPE_CODES.items() if name not in WITHOUT_CODE}
CODES["công điện"] = "CĐ"
TYPES = sorted({*CODES, *WITHOUT_CODE})
_BY_KEY = {fold(canonical(name)): name for name in (*CODES, *WITHOUT_CODE)}
_NUMBERLESS = Said(
    "Văn bản không có số, ký hiệu; vào sổ được nhưng sẽ khó tra cứu và đối chiếu.",
    "The letter has no number; it can be registered, but will be hard to look up and compare.",
)
_FORM = re.compile(r"(?P<digits>\d+)(?P<suffix>[a-z]?)/(?P<symbol>\S+)")


def known_type(doc_type: str) -> str:
    """The type in its standard spelling ("kế hoạch"). Raises InvalidInput for a type without a rule."""
    name = _BY_KEY.get(fold(canonical(doc_type.strip())))
    if name is None:
        raise InvalidInput(
            Said(f"Không có tên loại văn bản «{doc_type}».", f"There is no kind of document «{doc_type}»."),
            [
                Fault(
                    "doc_type",
                    Said(
                        f"hãy chọn một trong: {', '.join(sorted(_BY_KEY.values()))}",
                        f"choose one of: {', '.join(sorted(_BY_KEY.values()))}",
                    ),
                )
            ],
        )
    return name


def compose(number: int, doc_type: str, symbol: str, drafter: str = "", suffix: str = "") -> str:
    """Number and symbol as printed: (5, "kế hoạch", "LĐLĐ") → "05/KH-LĐLĐ"; (5, "công văn", …) → "05/LĐLĐ".

    `drafter` is the abbreviation of the drafting section, printed in a công văn only ("05/LĐLĐ-CSPL");
    `suffix` the letter of a number put in later ("05b/KH-LĐLĐ").
    """
    kind = known_type(doc_type)
    if kind in WITHOUT_CODE:
        return f"{number:02d}{suffix}/{symbol}" + (f"-{drafter}" if drafter else "")
    return f"{number:02d}{suffix}/{CODES[kind]}-{symbol}"


def key(number: str) -> str:
    """What two spellings of the same number share: no blanks, no leading zeros, one case."""
    bare = "".join(canonical(number).split()).upper()
    return re.sub(r"^0+(?=\d)", "", bare)


def number_warnings(number: str) -> list[Said]:
    """What differs from Decree 30 in a number as printed; others' letters are registered all the same."""
    if not number:
        return [_NUMBERLESS]
    found = _FORM.fullmatch("".join(number.split()))
    if found is None:
        vi = f"«{number}» không có dạng «số/ký hiệu» theo Nghị định 30, ví dụ 05/KH-LĐLĐ."
        return [Said(vi, f"«{number}» is not of the form «number/symbol» of Decree 30, such as 05/KH-LĐLĐ.")]
    if len(found["digits"]) == 1:
        vi = f"«{number}» có số nhỏ hơn 10 mà thiếu số 0 phía trước (Nghị định 30 ghi 0{found['digits']})."
        return [Said(vi, f"«{number}» is below 10 and lacks its leading 0 (Decree 30 has 0{found['digits']}).")]
    return []
