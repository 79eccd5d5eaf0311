"""A cause of our municipality, and minutes on it that the methodologist types and an officer adopts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from avgust.domain.decisions.causes import Cause as Said
from avgust.domain.decisions.causes import CauseKind
from avgust.domain.decisions.minutes import Genre, TypedClause, TypedDecision
from avgust.web.decisions.actions import Kept, record_cause, type_decision
from avgust.web.decisions.models import Cause, Decision
from avgust.web.programmes.actions import adopt_document

SEEN = Said(
    CauseKind.FINDING,
    "Каждая пятая работа с ошибкой в вычислениях.",
    date(2025, 10, 14),
    "Справка № 3 от 14.10.2025",
    value=Decimal("21.4"),
    expected=Decimal("10"),
    measured_in="% работ",
)
CLAUSES = (
    TypedClause("Разобрать задания на вычисления", "руководители школ", "до 1 декабря 2025 года"),
    TypedClause("Информацию принять к сведению"),
    TypedClause(
        "Проверить рабочие программы", "МБОУ «Средняя общеобразовательная школа № 3»", "до 1 июня 2030 года"
    ),
)


@pytest.fixture
def cause(cast: Any) -> Cause:
    return record_cause(SEEN, actor=cast.methodologist, unit=cast.units.municipality)


@pytest.fixture
def typed(cast: Any, read_here: None) -> Callable[..., Decision]:
    """Return a function that types minutes; `causes` and `proofs` by the places of clauses."""

    def make(
        causes: dict[int, list[Cause]],
        proofs: dict[int, list[str]] | None = None,
        clauses: tuple[TypedClause, ...] = CLAUSES,
        number: str = "7",
    ) -> Decision:
        unit = cast.units.municipality
        said = TypedDecision(
            Genre.MINUTES,
            "совещания при начальнике управления",
            unit.name,
            date(2025, 10, 20),
            clauses,
            number,
        )
        return type_decision(said, Kept(causes, proofs or {}), actor=cast.methodologist, unit=unit)

    return make


@pytest.fixture
def adopted(cast: Any, typed: Any, cause: Cause) -> Decision:
    """Return minutes with the cause at their first two clauses, adopted."""
    made = typed({0: [cause], 1: [cause]}, {0: ["minutes", "link"]})
    adopt_document(made.document, actor=cast.municipal_officer)
    made.document.refresh_from_db()
    return made
