"""Is this word a Vietnamese syllable? OCR slips and lost letters mostly are none ("TRUYÈN", "TÍCSN")."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSETS = "ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|e|ec|em|en|eng|"
    "eo|ep|et|ê|êch|êm|ên|ênh|êp|êt|êu|i|ia|ich|iêc|iêm|iên|iêng|iêp|iêt|iêu|im|in|inh|ip|it|iu|o|oa|oac|"
    "oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|"
    "oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|"
    "ung|uôc|uôi|uôm|uôn|uông|uôt|up|ut|uy|uya|uych|uyên|uyêt|uyn|uynh|uyp|uyt|uyu|ư|ưa|ưc|ưi|ưng|ươc|ươi|"
    "ươm|ươn|ương|ươp|ươt|ưt|ưu|y|yêc|yêm|yên|yêng|yêt|yêu|ưm|ưn"
)
_SYLLABLE = re.compile(rf"(?:{_ONSETS})?(?:{_RIMES})")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether `word` could be a Vietnamese syllable (any case, old or new tone placement)."""
    toneless = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    bare = unicodedata.normalize("NFC", toneless)
    return _SYLLABLE.fullmatch(bare) is not None


def _counts(word: str) -> bool:
    """Abbreviations (UBND, GD, ĐTXH) are not judged; a word in small letters or with a tone mark is."""
    return len(word) > 1 and (not word.isupper() or not word.isascii()) and not _is_abbreviation(word)


def _is_abbreviation(word: str) -> bool:
    """No vowel but Đ-like capitals ("CĐCS", "LĐLĐ"), or capitals inside ("TTr", "BGDĐT", "VNeID")."""
    folded = unicodedata.normalize("NFD", word)
    vowels = sum(char in "aeiouyAEIOUYăâêôơưĂÂÊÔƠƯ" for char in folded)
    if not vowels or (word.isupper() and word.replace("Đ", "").isascii()):
        return True
    return not word.isupper() and any(char.isupper() for char in word[1:])


def misspelt(text: str) -> int:
    """How many words of `text` cannot be Vietnamese."""
    return sum(_counts(word) and not is_syllable(word) for word in _WORD.findall(text))


def noise(text: str) -> float:
    """The share of words that cannot be Vietnamese, 0 to 1."""
    words = [word for word in _WORD.findall(text) if _counts(word)]
    return sum(not is_syllable(word) for word in words) / len(words) if words else 0.0
