"""What every answer tells the browser, whoever made it: a page, the API, a stylesheet, a download or a failure.

It stands outermost, so that nothing answers past it. The policy for pages itself is django-csp's, by setting.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = "Content-Security-Policy"
# A file that came from somebody: opened by its address alone it runs nothing, asks nothing, and is a stranger here.
SANDBOX = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
# What a browser may be asked for by a page; nothing here needs any of it. Passkeys are asked for by our own pages.
FEATURES = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "autoplay",
        "bluetooth",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Permissions-Policy": FEATURES,
}
# What our own pages are made of; its policy is the page's. Everything else is a file.
_PARTS = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "application/json",
        "application/problem+json",
        "application/manifest+json",
    }
)


class HeadersMiddleware:
    """Sets what is missing, and puts files into the sandbox."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        # An officer's pages are nobody else's: no proxy keeps them, and a browser asks again before it shows one.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if is_file(response):
            response.headers[POLICY] = SANDBOX
        return response


def is_file(response: HttpResponseBase) -> bool:
    """Whether it is sent as a file, or is of a kind that none of our pages is made of."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return response.headers.get("Content-Disposition", "") != "" or (kind != "" and kind not in _PARTS)
