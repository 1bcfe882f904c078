"""An invented archive of letters to search in: words as frequent as words are, subjects, numbers, a small tree."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.documents.models import Document
    from nhipcau.org.models import Unit
    from nhipcau.org.scope import Scope

AT = dt.datetime(2018, 7, 2, tzinfo=dt.UTC)
LATELY = 50  # days over which letters came in
DISTRICTS, LOCALS = 12, 4
SYLLABLES = 500  # of a letter's body: about 2.5 KB
_CHUNK = 1000
_ONSETS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âm ân âng ât âu ây e em en eo et ê êm ên "
    "ênh êt i ich im in inh it iu iêm iên iêng iêt iêu o oa oai oan oang oc oi om on ong ot ô ôc ôi ôm ôn "
    "ông ôt ơ ơi ơm ơn ơp u ua uc ui um un ung ut uân uât uôc uôi uôn uông uy uyên uyêt ư ưc ưng ươc ươi "
    "ươm ương ươt"
)
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = re.compile("[aăâeêioôơuưy]+")


@dataclass(frozen=True)
class Vocabulary:
    """Words of one or two syllables; the n-th is drawn about 1/n as often as the first."""

    words: list[str]
    weights: list[float]

    def draw(self, random: Random, count: int) -> list[str]:
        return random.choices(self.words, cum_weights=self.weights, k=count)


def vocabulary(random: Random, size: int = 20_000) -> Vocabulary:
    """`size` words over some thousand syllables."""
    syllables = [
        _syllable(onset, rime, random.choice(_TONES)) for onset, rime in product(_ONSETS.split(), _RIMES.split())
    ]
    random.shuffle(syllables)
    found = dict.fromkeys(" ".join(random.choices(syllables, k=1 + (one % 3 > 0))) for one in range(size))
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(found))))
    return Vocabulary(list(found), weights)


def _syllable(onset: str, rime: str, tone: str) -> str:
    vowel = _VOWELS.search(rime)
    assert vowel is not None  # noqa: S101 - every rime has one
    return unicodedata.normalize("NFC", onset + rime[: vowel.end()] + tone + rime[vowel.end() :])


def plant(count: int) -> Scope:
    """Fill the product's own tables with `count` letters and their search rows; the scope of the clerk above."""
    from nhipcau.documents.search.rows import rebuild

    units, scope = _tree()
    random = Random(60)
    letters_of(random, vocabulary(random), units, count, AT.date())
    rebuild()
    _analyse()
    return scope


def letters_of(random: Random, drawn: Vocabulary, units: list[Unit], count: int, until: dt.date) -> None:
    """Registered incoming letters: every other one of the first unit, the rest of any of them; they came in the
    weeks before `until`."""
    from nhipcau.documents.models import Document

    for start in range(0, count, _CHUNK):
        numbers = range(start + 1, min(start + _CHUNK, count) + 1)
        Document.objects.bulk_create([_letter(random, drawn, number, units, until) for number in numbers])


def _letter(random: Random, drawn: Vocabulary, number: int, units: list[Unit], until: dt.date) -> Document:
    from nhipcau.documents.incoming.intake import folded
    from nhipcau.documents.models import Direction, Document, DocumentState
    from nhipcau.documents.numbering import key

    # What a letter is about has a name of its own, and the body names it again.
    name = " ".join(random.choices(drawn.words, k=2)).title()
    subject = f"{' '.join(drawn.draw(random, 5)).capitalize()} tại {name}"
    body = " ".join(drawn.draw(random, SYLLABLES * 3 // 5)) + f" {name}"
    document = Document(
        # Every other letter is the province's own.
        unit=units[0] if number % 2 else random.choice(units),
        direction=Direction.INCOMING,
        state=DocumentState.REGISTERED,
        doc_type=random.choice(("kế hoạch", "công văn", "báo cáo", "hướng dẫn")),
        number=f"{number}/KH-LĐLĐ",
        issuer="Liên đoàn Lao động tỉnh",
        dated=dt.date(2010, 1, 1) + dt.timedelta(days=number % 3000),
        received_on=until - dt.timedelta(days=number % LATELY),
        acknowledged_at=AT if number % LATELY else None,  # those of the last day still wait
        subject=subject,
        text=f"Số: {number}/KH-LĐLĐ\n{subject}\n\n{body}.",
        created_at=AT,
    )
    document.number_key, document.folded = key(document.number), folded(document)
    return document


def _tree() -> tuple[list[Unit], Scope]:
    """A province with districts and local unions, and the provincial clerk's scope."""
    from nhipcau.core.actors import System
    from nhipcau.org.actions import create_post, import_tree
    from nhipcau.org.importing import read_rows
    from nhipcau.org.models import Role, UnitName
    from nhipcau.org.scope import Scope

    rows = "\n".join(["code,name,kind,parent,from,symbol,place,members", *_units()])
    import_tree(rows=read_rows(rows.encode()), actor=System("bench"), at=AT)
    units = [name.unit for name in UnitName.objects.select_related("unit").order_by("unit_id")]
    post = create_post(
        unit=units[0], title="Văn thư", roles=(Role.CLERK,), start=AT.date(), actor=System("bench"), at=AT
    )
    return units, Scope(post, AT)


def _units() -> Iterator[str]:
    yield "T,Liên đoàn Lao động tỉnh,province,,2010-01-01,LĐLĐ,Tỉnh,0"
    for district in range(1, DISTRICTS + 1):
        yield f"H{district},Liên đoàn Lao động huyện {district},district,T,2010-01-01,LĐLĐ,Huyện,0"
        for local in range(1, LOCALS + 1):
            code = f"H{district}.{local}"
            yield f"{code},Công đoàn cơ sở {code},local,H{district},2010-01-01,CĐCS,Huyện,100"


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
