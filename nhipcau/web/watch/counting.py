"""How many requests were answered and how long they took, by route: never by person, unit or address."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

# Several server processes add up in the files of PROMETHEUS_MULTIPROC_DIR, which `serve` sets before they start.
REQUESTS = Counter("nhipcau_requests", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram(
    "nhipcau_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(*, route: str, method: str, status: int, seconds: float) -> str:
    """Add one request; by which method it was counted. One that a visitor made up counts as "other": it must not
    make series without end."""
    counted = method if method in METHODS else "other"
    REQUESTS.labels(route, counted, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    return counted
