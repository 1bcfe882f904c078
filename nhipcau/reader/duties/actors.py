"""Who must act: the subject of the sentence, else the body whose heading the item stands under."""

from __future__ import annotations

import re
from functools import cache

from nhipcau.reader.language.lexicon import names_body
from nhipcau.reader.language.text import plain
from nhipcau.reader.page.layout import Layout
from nhipcau.reader.page.segments import Paragraph, Sentence

_LEADS = re.compile(
    r"^(?:(?:rieng|de nghi|yeu cau|giao(?: cho)?|doi voi|phan cong|trach nhiem cua|kinh de nghi"
    r"|tran trong de nghi)\s+)?"
    r"(?:(?:cac|toan the|tat ca|nhung|dong chi|thu truong|lanh dao|chu tich|truong|hieu truong|giam doc"
    r"|bch|btv)\s+)*"
)
# "tổ chức" is a verb here, but not in "ban tổ chức", "sở tổ chức".
_ACTS = re.compile(
    r"\s(?<!\bban\s)\s*(?:co trach nhiem|chiu trach nhiem|chu tri|phoi hop|to chuc|trien khai|thuc hien|xay dung"
    r"|gui|nop|bao cao|tong hop|chi dao|huong dan|hoan thanh|lap|ra soat|dang ky|chu dong|tiep tuc|tham muu"
    r"|theo doi|kiem tra|cap nhat|nghiem tuc|phai|can|se|tang cuong|ban hanh|tuyen truyen|dam bao|bao dam|chuan bi"
    r"|phan cong|bo tri|cu|danh gia|tap hop|nghien cuu|van dong|tham gia|phat dong|quan triet|gop y"
    r"|hop|dinh ky|tra loi|chuyen|trinh|cung cap|quyet toan)\b"
)
_ASKED = re.compile(  # the first letters before their boundaries, as in `pointers`
    r"(?:r(?<=\br)ieng|d(?<=\bd)(?:e nghi|oi voi)|y(?<=\by)eu cau|p(?<=\bp)han cong"
    r"|g(?<=\bg)(?<!hop g)iao(?! ban (?:hang|dinh|thang|tuan|quy)| dich| luu| duc| thong| vien)(?: cho)?)\s+"
)
_LONGEST_NAME = 110
_LOOK_AT = 1000  # letters of a sentence in which its subject must stand
# "phối hợp với Ban Nữ công và công an tỉnh tổ chức …", "giao Ban A phối hợp Ban B": who lends a hand.
_HELPED_BY = re.compile(r"phoi hop(?<=\bphoi hop)\s+(?:chat che\s+)?(?:(?:voi|cung)\s+)?")
_STOP = re.compile(r"[.;:(]")
_UNITS = re.compile(
    r"(?:don vi|dia phuong|co so|nha truong|cap (?:uy|cong doan)|to cong doan|doanh nghiep|ldld|cdcs"
    r"|cong doan|co quan)\b"
)


class Actors:
    """Who must act in the sentences of one document; no sentence and no heading is looked at twice."""

    def __init__(self, layout: Layout, paras: tuple[Paragraph, ...]) -> None:
        self._layout, self._paras = layout, paras
        self._subject_in, self._over = cache(_subject_in), cache(_named_over)

    def responsible_for(self, sentence: Sentence) -> str | None:
        """The responsible body as printed, or None where only the addressees are meant."""
        whole = sentence.end - sentence.start <= _LOOK_AT  # else as much of it as is looked at
        named = self._subject_in(sentence.text) if whole else self.subject_of(self._printed(sentence))
        parents = () if named else reversed(self._paras[sentence.paragraph].parents)
        return named or next(filter(None, (self._over(self._paras[parent]) for parent in parents)), None)

    def _printed(self, sentence: Sentence) -> str:
        return self._layout.text[sentence.start : sentence.start + _LOOK_AT]

    def subject_of(self, sentence: str) -> str | None:
        """As the function `subject_of`."""
        return self._subject_in(_looked_at(sentence))


def _named_over(para: Paragraph) -> str | None:
    """The body that a heading or introduction gives the items under it."""
    if not para.heading and not para.text.endswith(":"):
        return None
    return _headed_by(para.text) if para.heading or para.level else _asked_of(para.text)


def _headed_by(heading: str) -> str | None:
    """ "2. Đối với các công đoàn cơ sở:" gives the body; so does a heading that is nothing but its name."""
    bare = re.sub(r"^(?:Đối với|Trách nhiệm của|Giao|Đề nghị|Yêu cầu)\s+", "", heading.rstrip(" :.;"))
    if _is_body(bare) and len(bare) < _LONGEST_NAME and not _ACTS.search(plain(bare)):
        return bare
    return subject_of(heading)


def _asked_of(introduction: str) -> str | None:
    """ "Ban Thường vụ đề nghị các đơn vị thực hiện:" asks the units; the speaker itself is not responsible."""
    asked = _ASKED.search(plain(introduction))
    return subject_of(introduction[asked.start() :]) if asked else None


def subject_of(sentence: str) -> str | None:
    """ "Công đoàn cơ sở gửi báo cáo …" gives "Công đoàn cơ sở"; so does "Đăng ký: Công đoàn cơ sở gửi …"."""
    return _subject_in(_looked_at(sentence))


def _looked_at(sentence: str) -> str:
    return " ".join(sentence[:_LOOK_AT].split())


def _subject_in(text: str) -> str | None:
    folded = plain(text)
    starts = [0]
    colon = folded.find(":", 0, _LONGEST_NAME)
    if colon >= 0:
        starts.append(colon + 2)
    asked = _ASKED.search(folded)
    if asked:
        starts.append(asked.end())
    for start in starts:
        lead = _ASKED.match(folded, start)
        at = lead.end() if lead else start
        acts = _ACTS.search(folded, at)
        stop = folded.find(":", at, at + _LONGEST_NAME)
        end = min((edge for edge in (acts.start() if acts else -1, stop) if edge > at), default=-1)
        if 0 < end - at <= _LONGEST_NAME and _is_body(text[at:end]):
            return _without_last(text[at:end].strip(" ,:;-"), "và")
    return None


def helper_of(sentence: str) -> str | None:
    """ "Ban A chủ trì, phối hợp với Ban B tổ chức …" gives "Ban B"; "phối hợp chặt chẽ" names nobody."""
    text = _looked_at(sentence)
    folded = plain(text)
    for found in _HELPED_BY.finditer(folded):
        acts = _ACTS.search(folded, found.end())
        stop = _STOP.search(folded, found.end())
        end = min((edge.start() for edge in (acts, stop) if edge), default=len(folded))
        named = text[found.end() : end].strip(" ,-")
        if 0 < len(named) <= 2 * _LONGEST_NAME and _is_body(named):
            return _without_last(named, "và", "để")
    return None


def _without_last(name: str, *joining: str) -> str:
    """The name (its words one blank apart) without a last word that joins it to what follows."""
    before, _, last = name.rpartition(" ")
    return before if before and last in joining else name


def _is_body(printed: str) -> bool:
    folded = plain(printed)
    if _ASKED.search(folded + " "):
        return False  # "Chủ tịch … yêu cầu:" is who asks
    lead = _LEADS.match(folded)
    at = lead.end() if lead else 0
    if names_body(printed[at:], folded[at:]) or _UNITS.match(folded[at:]):
        return True
    return folded.startswith(("cac dong chi", "chu tich", "hieu truong", "thu truong"))
