"""A programme adopted from a small resolution of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания педагогических работников Заозёрного муниципального округа

27 августа 2025 года

Участники совещания РЕШИЛИ:

1. Управлению образования Заозёрного округа:
1.1. Утвердить план наставничества до 1 октября 2025 года.
1.2. Охватить наставничеством не менее 70 процентов педагогов в возрасте до 35 лет до 1 июня 2026 года.
1.3. Размещать ежеквартально сведения о конкурсах на сайте.

2. Руководителям общеобразовательных организаций:
2.1. Назначить ответственных за школьное питание до 10 сентября 2025 года.
2.2. Провести две тренировки по эвакуации в 2025-2026 учебном году.
2.3. Оформить «Ёлочный» уголок <b>безопасности</b>.
"""


@pytest.fixture(autouse=True)
def unclear_is_settled(request: pytest.FixtureRequest) -> Iterator[None]:
    """After whatever a test did, what is written down about who answers is what the executors say."""
    if not {"db", "cast", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("db")
    yield
    from avgust.web.programmes.models import UNCLEAR, Measure

    for measure in Measure.objects.prefetch_related("executors"):
        answering = [row for row in measure.executors.all() if row.answers]
        known = answering and not any(row.outcome in UNCLEAR for row in answering)
        assert measure.unclear is not bool(known), f"{measure}: {answering}"


@pytest.fixture
def uploaded(cast: Any, read_here: None) -> Callable[..., Any]:
    """Return a function that uploads a text for a unit."""
    from avgust.web.documents import actions

    def upload(text: str = TEXT, *, actor: Any = None, unit: Any = None) -> Any:
        return actions.upload_document(
            actor=actor or cast.municipal_officer,
            unit=unit or cast.units.municipality,
            name="резолюция.txt",
            data=text.encode(),
        ).document

    return upload


@pytest.fixture
def document(uploaded: Callable[..., Any]) -> Any:
    return uploaded()


@pytest.fixture
def adopted(cast: Any) -> Callable[..., Any]:
    """Return a function that leaves severe findings as they are and adopts."""
    from avgust.domain.resolutions.review.clause import finding_key
    from avgust.domain.resolutions.review.corrections import Dismiss
    from avgust.web.documents.actions import correct
    from avgust.web.documents.standing import Standing
    from avgust.web.programmes.actions import adopt_document

    def adopt(document: Any, actor: Any = None) -> Any:
        actor = actor or cast.municipal_officer
        review = Standing.of(document).review
        open_findings = [(row.id, f) for row in review.measures for f in row.findings]
        for clause, finding in [*open_findings, *(("", f) for f in review.document_findings)]:
            if finding.severity == "severe":
                correct(document, Dismiss(clause, finding_key(finding)), actor=actor, seen=10**6)
        return adopt_document(document, actor=actor)

    return adopt


@pytest.fixture
def programme(document: Any, adopted: Callable[..., Any]) -> Any:
    return adopted(document)
