"""The interface against its own description: schemathesis tries what it allows and what it forbids.

`AVGUST_EXAMPLES=300` tries more of each.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tried

from avgust.web import files
from avgust.web.api.actions import make_token
from avgust.web.control.models import Evidence, Report
from avgust.web.control.tests.conftest import Work, work

__all__ = ["work"]
EXAMPLES = int(os.environ.get("AVGUST_EXAMPLES", "12"))
Seen = defaultdict[str, Counter[int]]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the transaction of the test open, as Django's own client does: a request closes no connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _no_limit(settings: Any) -> None:
    settings.API_PER_MINUTE = 1_000_000


@pytest.fixture
def bearer(cast: Any, work: Work) -> str:
    """Return a token of an officer that may act."""
    return _token_of(cast.municipal_officer)


def _token_of(person: Any) -> str:
    until = timezone.localdate() + timedelta(days=30)
    _token, secret = make_token(actor=person, name="Проверка", scope="write", expires_on=until)
    return f"Bearer {secret}"


@pytest.fixture
def known(cast: Any, work: Work) -> dict[str, int]:
    """Return a row that is there, by the beginning of the address that asks for it."""
    report = Report.objects.create(
        assignment=work.authority, author=cast.head, text="Проведён", outcome="sent"
    )
    digest = files.keep(b"%PDF-1.7 order")
    file = Evidence.objects.create(
        report=report, kind="file", file_name="приказ.pdf", sha256=digest, size=14, added_by=cast.head,
        mime="application/pdf",
    )  # fmt: skip
    return {
        "/programmes/": work.programme.pk,
        "/measures/": work.school.measure_id,
        "/assignments/": work.school.pk,
        "/evidence/": file.pk,
    }


@pytest.mark.parametrize("mode", schemathesis.GenerationMode)
def test_answers_are_as_described(
    mode: schemathesis.GenerationMode, bearer: str, known: dict[str, int]
) -> None:
    """Every check of schemathesis on every operation, with values that fit and values that do not.

    Its pytest plugin is passed by: it does not know pytest 9.
    """
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    schema.config.generation.update(with_security_parameters=False)  # the token is sent with every request
    operations = [found.ok() for found in schema.get_all_operations()]
    seen: Seen = defaultdict(Counter)
    for operation in operations:
        if mode is not schemathesis.GenerationMode.NEGATIVE or _takes_anything(operation):
            _try(operation, mode, bearer, known, seen)
    assert len(operations) >= 12
    if mode is schemathesis.GenerationMode.POSITIVE:
        read = [one.label for one in operations if one.method.upper() == "GET"]
        assert [label for label in read if not seen[label][200]] == [], "a described answer was never given"


def test_acts_answer_as_described(cast: Any, work: Work, known: dict[str, int]) -> None:
    """A school reports, its municipality returns the report: no random body has a version and a proof."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    proof = {"kind": "link", "url": "https://school.example/prikaz"}
    said = (
        (cast.head, "report", {"version": 0, "text": "Сделано", "evidence": [proof]}),
        (cast.municipal_officer, "acts", {"act": "return", "version": 1, "reason": "Нет подписи"}),
    )
    for person, name, body in said:
        operation = schema[f"/api/v1/assignments/{{pk}}/{name}"]["POST"]
        case = operation.Case(path_parameters={"pk": work.school.pk}, body=body)
        case.call_and_validate(headers=_headers(_token_of(person)))
    work.school.refresh_from_db()
    assert work.school.status == "returned"


def _takes_anything(operation: Any) -> bool:
    """True when there is something to be said wrongly."""
    definition = operation.definition.raw
    return bool(definition.get("parameters") or definition.get("requestBody"))


def _headers(bearer: str) -> dict[str, str]:
    return {"Authorization": bearer, "Accept-Encoding": "identity"}


def _try(
    operation: Any, mode: schemathesis.GenerationMode, bearer: str, known: dict[str, int], seen: Seen
) -> None:
    """Ask an operation; every second time about a row that is there, which no random number hits."""
    there = next((pk for start, pk in known.items() if f"/api/v1{start}{{pk}}" in operation.path), None)

    @tried(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if there and mode is schemathesis.GenerationMode.POSITIVE and seen[operation.label].total() % 2 == 0:
            case.path_parameters["pk"] = there
        with transaction.atomic():
            answer = case.call_and_validate(headers=_headers(bearer))
            transaction.set_rollback(True)
        seen[operation.label][answer.status_code] += 1

    ask()
