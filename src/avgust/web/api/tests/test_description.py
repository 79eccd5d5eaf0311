"""The interface against its own description: schemathesis tries what it allows and what it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from avgust.web.api.actions import make_token
from avgust.web.control.tests.conftest import Work, work

__all__ = ["work"]
EXAMPLES = 12


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the transaction of the test open, as Django's own client does: a request closes no connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def bearer(cast: Any, work: Work) -> str:
    """Return a token of an officer that may act."""
    until = timezone.localdate() + timedelta(days=30)
    _token, secret = make_token(
        actor=cast.municipal_officer, name="Проверка", scope="write", expires_on=until
    )
    return f"Bearer {secret}"


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
def test_answers_are_as_described(mode: schemathesis.GenerationMode, bearer: str) -> None:
    """Every check of schemathesis on every operation, with values that fit and values that do not.

    Its pytest plugin is passed by: it does not know pytest 9.
    """
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is schemathesis.GenerationMode.NEGATIVE and not _takes_anything(operation):
            continue
        _try(operation, mode, bearer)
        tried += 1
    assert tried >= 9


def _takes_anything(operation: Any) -> bool:
    """True when there is something to be said wrongly."""
    definition = operation.definition.raw
    return bool(definition.get("parameters") or definition.get("requestBody"))


def _try(operation: Any, mode: schemathesis.GenerationMode, bearer: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": bearer, "Accept-Encoding": "identity"})
            transaction.set_rollback(True)

    ask()
