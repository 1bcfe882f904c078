"""What an answer lacks of the protection that every one must carry."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from nhipcau.web.headers import ALWAYS, SANDBOX, is_file

PAGE = (
    "default-src 'none'",
    "script-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)


def unprotected(answer: HttpResponseBase) -> list[str]:
    """The headers that are missing or say something else; for a file, the sandbox and that it is downloaded."""
    wrong = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    held = policy == SANDBOX if is_file(answer) else all(part in policy for part in PAGE)
    if not held or "unsafe" in policy:
        wrong.append(f"Content-Security-Policy: {policy}")
    if not answer.headers.get("Cache-Control"):
        wrong.append("Cache-Control")
    return wrong
