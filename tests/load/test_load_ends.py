"""What the load harness finds must be what is there: a lost, changed or doubled submission does not pass."""

from __future__ import annotations

import json
from pathlib import Path

from tests import quarterly
from tests.cast import Cast
from tests.load.ends import wrong
from tests.load.told import Answers, kept, percentile


def test_what_was_acknowledged_and_stands_is_whole(cast: Cast) -> None:
    sent = quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="12", money="3600000", letters="0")
    assert not [said for said in wrong({str(sent.uid): 12}) if str(sent.uid) in said]


def test_what_was_acknowledged_and_is_still_a_draft_is_named(cast: Cast) -> None:
    kept_back = quarterly.draft(cast.local_volunteer, quarterly.publish(), gifts="12")
    assert list(wrong({str(kept_back.uid): 12})) == [f"{kept_back.uid} was acknowledged and is draft"]


def test_what_is_nowhere_or_another_figure_is_named(cast: Cast) -> None:
    sent = quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="12", money="3600000", letters="0")
    found = list(wrong({str(sent.uid): 13, "nowhere": 1}))
    assert f"{sent.uid}: 13 was sent, 12 stands" in found
    assert "nowhere was acknowledged and is lost" in found


def test_totals_not_yet_added_up_are_named(cast: Cast) -> None:
    quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="12", money="3600000", letters="0")
    assert any("still wait to be added up" in said for said in wrong({}))


def test_being_led_to_the_sign_in_page_acknowledges_nothing(tmp_path: Path) -> None:
    answers = _answers(tmp_path, _sent("a", 302, "/bao-cao/a/"), _sent("b", 302, "/dang-nhap/?next=/bao-cao/b/"))
    assert (answers.acknowledged, answers.gone) == ({"a": 5}, {"a", "b"})
    assert answers.figures("send", 1)["errors"] == {"302": 1}


def test_what_was_turned_away_may_come_again(tmp_path: Path) -> None:
    answers = _answers(tmp_path, _sent("a", 503, "", again="5"), _sent("b", 503, ""))
    told = answers.figures("send", 1)
    assert (answers.gone, told["turned_away"], told["without_retry_after"]) == (set(), 2, 1)


def test_one_turned_away_is_one_too_many_for_a_rate_that_was_kept(tmp_path: Path) -> None:
    read = {"kind": "read", "path": "/", "at": 1.0, "status": 200, "ms": 90.0, "to": "", "again": ""}
    good = _answers(tmp_path, _sent("a", 302, "/bao-cao/a/"), read)
    assert kept({kind: good.figures(kind, 1) for kind in ("send", "read")})
    worse = _answers(tmp_path, _sent("a", 302, "/bao-cao/a/"), _sent("b", 503, "", again="5"), read)
    assert not kept({kind: worse.figures(kind, 1) for kind in ("send", "read")})
    assert (good.settled_after(), worse.settled_after()) == (0.0, 5.0)


def test_a_percentile_is_the_time_that_so_many_did_not_exceed() -> None:
    assert [percentile(range(1, 101), share) for share in (50, 95, 99)] == [50, 95, 99]
    assert percentile([], 95) == 0.0


def _sent(uid: str, status: int, to: str, again: str = "") -> dict[str, object]:
    told: dict[str, object] = {"kind": "send", "path": f"/bao-cao/{uid}/", "at": 1.0, "status": status, "ms": 80.0}
    return told | {"to": to, "again": again, "gifts": 5}


def _answers(folder: Path, *lines: dict[str, object]) -> Answers:
    file = folder / "answers"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return Answers.read(file)
