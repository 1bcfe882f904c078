"""A mail server on this machine that keeps what it was given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """How often each Message-ID arrived."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken[str(message_from_bytes(envelope.original_content or b"")["Message-ID"])] += 1
        return "250 OK"


@contextmanager
def mailbox(port: int) -> Iterator[Mailbox]:
    """Open while the block runs."""
    taking = Mailbox()
    running = Controller(taking, hostname="127.0.0.1", port=port)
    running.start()
    try:
        yield taking
    finally:
        running.stop()
