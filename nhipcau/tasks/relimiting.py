"""The dates of work whose letter was replaced: the new letter's where it gives one, and the reason in words.

Pure. A date that an office had set itself, earlier than the letter's, stays while it is still to come: it was set
so that the office could keep its own date.
"""

from __future__ import annotations

import datetime as dt

from nhipcau.core.said import UNSAID, Said, joined
from nhipcau.tasks.due import Due


def relimited(held: Due, was: dt.date | None, now: Due, *, today: dt.date, why: str) -> Due:
    """`held` is the work's date, `was` the date that the old letter (or the unit above) gave, `now` the new one.

    `why` says which letter took the place of which; the reason begins with it.
    """
    if now.due is None:
        return _kept(held, why, now)
    if held.due is not None and held.due != was and today <= held.due < now.due:
        stays = Said(
            f"Hạn theo văn bản mới là {_day(now.due)}; hạn {_day(held.due)} đã đặt sớm hơn nên được giữ.",
            f"The new letter's limit is {_day(now.due)}; {_day(held.due)} was set earlier, so it stays.",
        )
        return Due(held.due, held.late_after, _told(why, stays, held.reason))
    if held.due is None or held.due == now.due:
        return Due(now.due, now.late_after, _told(why, now.reason))
    changed = Said(f"Hạn trước khi thay: {_day(held.due)}.", f"The limit before: {_day(held.due)}.")
    return Due(now.due, now.late_after, _told(why, now.reason, changed))


def bounded(wanted: Due, above: Due) -> Due:
    """Not later than the date of the unit above."""
    if above.due is not None and (wanted.due is None or wanted.due > above.due):
        return above
    return wanted


def _kept(held: Due, why: str, now: Due) -> Due:
    if held.due is None:
        return Due(None, None, _told(why, now.reason))
    stays = Said(
        f"Văn bản mới không cho biết hạn của việc này nên giữ hạn {_day(held.due)}.",
        f"The new letter gives no limit for this, so {_day(held.due)} stays.",
    )
    return Due(held.due, held.late_after, _told(why, stays, held.reason))


def _told(*sentences: str) -> Said:
    """Each once: what the reason above or an earlier one says already is not said again."""
    told = UNSAID
    for one in sentences:
        if one and one not in told:
            told = joined(" ", filter(None, (told, one)))
    return told


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
