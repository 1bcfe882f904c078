"""Traces for whoever watches several machines (OpenTelemetry): a span for each request and each job, sent to a
collector in batches if one is named. No span holds a person, an address of a page, or a statement's values."""

from __future__ import annotations

import logging

from django.conf import settings
from opentelemetry import trace

from nhipcau import __version__
from nhipcau.ops.extras import EXTRAS

TRACES = next(extra for extra in EXTRAS if extra.name == "traces")
logger = logging.getLogger(__name__)


def begin() -> None:
    """In this process, from now on. Only after a server's processes have parted: the thread that sends would stay
    behind in the first of them."""
    if not settings.TRACES_URL:
        return
    if TRACES.missing:  # nothing that people do waits for what only watches
        logger.error("Không gửi vết xử lý: thiếu gói thêm. Hãy chạy: %s", TRACES.command)
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # an optional dependency
    from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "nhipcau", SERVICE_VERSION: __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.TRACES_URL)))
    trace.set_tracer_provider(provider)
