"""Could this be a Vietnamese syllable? What can be written is a closed list: that proves or disproves a text.

Spelling after the school grammar: an initial consonant, a rime, a tone; rimes that end in a stop (c, ch, p, t)
carry only the sharp or the heavy tone. Loan words and names of other peoples fall outside; they are few.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nhipcau.core.text import nfc

_FRONT = "eêiy"  # vowels before which k, gh and ngh are written instead of c, g and ng
# Kept as texts: a spelling book reads better than a list of strings.
_ANYWHERE = "b ch d đ gi h kh l m n nh p ph r s t th tr v x"
_BEFORE_FRONT, _ELSEWHERE = "k gh ngh", "c g ng"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong
ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt
uynh uyt uyu uyn uyp ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
_AFTER_QU = """
a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eo et ê êch ên ênh êt ich
in inh it iu y ych yên yêt ynh yt yu ôc ơ ơi ơn
"""
_STOPS = ("c", "p", "t", "ch")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_HIGH_OR_HEAVY = ("\u0301", "\u0323")
_WORD = re.compile(r"[^\W\d_]+")


def _spelled() -> frozenset[str]:
    found = {f"qu{rime}" for rime in _AFTER_QU.split()} | {"giêng"}  # here the i belongs to the onset
    for rime in _RIMES.split():
        onsets = ["", *_ANYWHERE.split(), *(_BEFORE_FRONT if rime[0] in _FRONT else _ELSEWHERE).split()]
        found.update(onset + rime for onset in onsets if not (onset == "gi" and rime[0] == "i"))
        if rime[0] == "i":
            found.add("g" + rime)  # "gì": the i is written once
    return frozenset(found)


def _folded(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(char for char in marks if not unicodedata.combining(char))


# Place names from other languages that letters of those provinces print in every line.
_NAMES = frozenset({"kạn", "đắk", "đăk", "lắk", "lăk", "krông", "kông", "bắk", "búk"})
_SPELLED = _spelled()
_UNMARKED = frozenset(map(_folded, _SPELLED))


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Can this word (any case, either placing of the tone) be one Vietnamese syllable?"""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marks if ord(mark) in _TONES]
    bare = unicodedata.normalize("NFC", marks.translate(_TONES))
    if word.lower() in _NAMES:
        return True
    if len(tones) > 1 or bare not in _SPELLED:
        return False
    return not bare.endswith(_STOPS) or (bool(tones) and tones[0] in _HIGH_OR_HEAVY)


def is_unmarked_syllable(word: str) -> bool:
    """Can this word be a syllable typed without any marks, as in "cong doan"?"""
    return _folded(word) in _UNMARKED


def unmarked_beginning_with(start: str) -> list[str]:
    """Every syllable, written without marks, that begins so and goes on."""
    return sorted(one for one in _UNMARKED if one.startswith(start) and one != start)


def accented(text: str) -> list[str]:
    """The words that show how a text is encoded: with a letter beyond ASCII, and no abbreviation in capitals."""
    words = _WORD.findall(nfc(text))
    return [word for word in words if len(word) > 1 and not word.isascii() and not word.isupper()]


def share_possible(text: str) -> float:
    """How many of the accented words can be Vietnamese: 0 to 1; 1 where there is none."""
    words = accented(text)
    return sum(map(is_syllable, words)) / len(words) if words else 1.0
