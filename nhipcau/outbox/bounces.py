"""Mail that came back hours later: delivery reports (RFC 3464) read, and the address kept as not reachable.

Nothing is ever sent in answer, so nothing can go round in circles. A report counts only for a mail of ours: its
return address or the Message-ID of what it brings back names it. Whatever else lies in the mailbox is left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

from nhipcau.outbox.mail import came_back

LARGEST = 5 * 2**20
_REF = re.compile(r"[+<]([0-9a-f]{32})@")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# RFC 3463: nobody there, no such mailbox, moved away, switched off, no such host. A full mailbox or a mail that was
# held for spam says nothing of the address.
_GONE = re.compile(r"5\.(0\.0|1\.[0-9]+|2\.[01]|4\.4)")
_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


class Bounce(StrEnum):
    """What a message of the mailbox turned out to be."""

    GONE = "gone"
    FAILED = "failed"
    LATER = "later"
    UNKNOWN = "unknown"
    OTHER = "other"


LABELS = {
    Bounce.GONE: "địa chỉ không còn gửi tới được",
    Bounce.FAILED: "không tới nhưng địa chỉ có thể vẫn đúng",
    Bounce.LATER: "báo còn thử gửi lại",
    Bounce.UNKNOWN: "báo lỗi của thư không phải do hệ thống này gửi",
    Bounce.OTHER: "không phải thư báo lỗi",
}


def take_bounce(*, data: bytes, at: dt.datetime) -> Bounce:
    """Read one message and note what it says. Taking the same one again changes nothing."""
    if len(data) > LARGEST:
        return Bounce.OTHER
    try:
        return _noted(message_from_bytes(data), at)
    except RecursionError:  # mails in mails, deeper than any server writes: the next one is read all the same
        return Bounce.OTHER


def _noted(message: Message, at: dt.datetime) -> Bounce:
    failed = [status for action, status in _recipients(message) if action == "failed"]
    if not failed:
        return Bounce.LATER if any(True for _ in _recipients(message)) else Bounce.OTHER
    gone = any(_GONE.fullmatch(status) for status in failed)
    for ref in _refs(message):
        if came_back(ref=ref, error=f"thư bị trả lại, {failed[0]}", gone=gone, at=at) is not None:
            return Bounce.GONE if gone else Bounce.FAILED
    return Bounce.UNKNOWN


def _recipients(message: Message) -> Iterator[tuple[str, str]]:
    """(action, status) of each recipient that a delivery report speaks of."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, Message) and block["Action"]:
                found = _STATUS.search(str(block["Status"]))
                yield str(block["Action"]).strip().lower(), found.group() if found else ""


def _refs(message: Message) -> Iterator[str]:
    """The names of mails of ours that the report points to, its own address first."""
    for header in _TO:
        yield from (ref for value in message.get_all(header, []) for ref in _REF.findall(str(value)))
    for part in message.walk():
        kind = part.get_content_type()
        if part is not message and part["Message-ID"]:
            yield from _REF.findall(str(part["Message-ID"]))
        elif kind == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            headers = message_from_bytes(payload if isinstance(payload, bytes) else b"")
            yield from _REF.findall(str(headers["Message-ID"]))
