"""The interface against its own description: schemathesis tries what it allows and what it forbids."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from hypothesis import HealthCheck, settings

from avgust.web.api.actions import make_token
from avgust.web.control.tests.conftest import Work, work

__all__ = ["work"]
EXAMPLES = 12


@pytest.fixture
def description(db: None) -> Any:
    """Return the description as a program gets it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def bearer(cast: Any, work: Work) -> str:
    """Return a token of an officer that may act."""
    until = timezone.localdate() + timedelta(days=30)
    _token, secret = make_token(
        actor=cast.municipal_officer, name="Проверка", scope="write", expires_on=until
    )
    return f"Bearer {secret}"


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: Any, bearer: str) -> None:
    case.call_and_validate(headers={"Authorization": bearer})
