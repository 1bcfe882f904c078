"""The document's own operations, asked with made-up input: nothing breaks, and every answer is as described."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from nhipcau.api.openapi import document
from tests import quarterly
from tests.api.asking import token_of
from tests.cast import Cast

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_dict(document())
schema.app = WSGIHandler()
_keys = count(1)


@pytest.fixture
def secret(cast: Cast, settings: object) -> str:
    """A token of an officer in the middle of the tree, with something to see below."""
    quarterly.accepted(cast, quarterly.publish(), gifts="3", money="900.000")
    settings.API_RATE = 10**9  # type: ignore[attr-defined]
    return token_of(cast.commune_officer)


@pytest.fixture
def one_connection() -> object:
    """As Django's own test client does: the requests stay inside the test's transaction."""
    request_started.disconnect(reset_queries)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(reset_queries)
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=6,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_input_breaks_it(case: Any, secret: str, one_connection: object) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": f"khoa-{next(_keys)}"}
    headers["Accept-Encoding"] = "identity"
    case.call_and_validate(headers=headers, checks=CHECKS)
