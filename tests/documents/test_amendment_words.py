"""Whether a letter's words name another letter that it recalls, replaces or corrects. Only ever proposed."""

from __future__ import annotations

import pytest

from nhipcau.documents.lineage.amendment_words import proposals
from nhipcau.documents.models import Amendment, AmendmentKind
from tests.cast import Cast
from tests.documents.letters import arrive, plan, registered

RECALL, REPLACE, CORRECT = AmendmentKind.RECALL, AmendmentKind.REPLACE, AmendmentKind.CORRECT
SECOND = "57/KH-LĐLĐ"


def second(sentence: str, subject: str = "Về việc điều chỉnh kế hoạch năm 2026") -> bytes:
    text = plan(SECOND, subject, "11").decode()
    return text.replace("Thực hiện Hướng dẫn", f"{sentence}\n\nThực hiện Hướng dẫn").encode()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Liên đoàn Lao động tỉnh thu hồi Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 do nhầm nội dung.", RECALL),
        ("Nay thu hồi văn bản số 56/KH-LĐLĐ.", RECALL),
        ("Kế hoạch này thay thế Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.", REPLACE),
        ("Văn bản này thay thế Công văn số 11/LĐLĐ và Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.", REPLACE),
        ("Liên đoàn Lao động tỉnh đính chính thời gian tại mục I Kế hoạch số 56/KH-LĐLĐ như sau:", CORRECT),
        ("Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 được thay thế bằng văn bản này.", REPLACE),
        ("Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 bị thu hồi kể từ hôm nay.", RECALL),
    ],
)  # fmt: skip
def test_the_act_is_read_from_the_words_beside_the_number(cast: Cast, sentence: str, kind: AmendmentKind) -> None:
    first = registered(cast.clerk)
    (found,) = proposals(arrive(cast.clerk, second(sentence)))
    assert (found.kind, found.target) == (kind, first)
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 của Liên đoàn Lao động tỉnh.",
        "Thu hồi kinh phí đã cấp theo Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.",
        "Không thay thế Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.",
        "Thay thế thiết bị hỏng nêu tại Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.",
        "Đơn vị thu hồi thẻ cũ. Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 vẫn thực hiện.",
        "Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026 không bị thu hồi.",
        "Kế hoạch này thay thế Kế hoạch số 156/KH-LĐLĐ ngày 10/3/2026.",
    ],
)
def test_other_words_about_a_number_propose_nothing(cast: Cast, sentence: str) -> None:
    registered(cast.clerk)
    assert proposals(arrive(cast.clerk, second(sentence))) == []


def test_a_letter_that_the_unit_does_not_have_is_not_proposed(cast: Cast) -> None:
    sentence = "Kế hoạch này thay thế Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026."
    assert proposals(arrive(cast.clerk, second(sentence))) == []
    registered(cast.commune_officer)
    assert proposals(arrive(cast.clerk, second(sentence + " "))) == []
