"""A programme with assignments: one measure for heads of schools, one for the authority, one that waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from avgust.web.control.models import Assignment, Evidence, Report
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Programme

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Заозёрного округа
27 августа 2025 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Принять положение о наставничестве до 1 октября 2025 года.
1.2. Проводить ежемесячно заседания методического совета.
2. Управлению образования Заозёрного округа:
2.1. Провести смотр школьных музеев до 1 апреля 2026 года.
3. Руководителям образовательных организаций:
3.1. Заключить договоры об экскурсиях в течение месяца после открытия музея.
"""


@dataclass(frozen=True)
class Work:
    """The programme and its first assignment of a school."""

    programme: Programme
    school: Assignment
    authority: Assignment
    waiting: Assignment


@pytest.fixture
def work(cast: Any, read_here: None) -> Work:
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="r.txt", data=TEXT.encode()
    )
    programme = adopt_document(upload.document, actor=cast.municipal_officer)
    rows = Assignment.objects.filter(programme=programme)
    return Work(
        programme,
        rows.get(unit=cast.units.school, measure__label="1.1"),
        rows.get(unit=cast.units.authority, measure__label="2.1"),
        rows.get(unit=cast.units.school, measure__label="3.1"),
    )


@pytest.fixture
def with_draft() -> Callable[..., Report]:
    """Return a function that writes a draft with a link as evidence."""

    def draft(assignment: Assignment, author: Any, kind: str = "link") -> Report:
        report = Report.objects.create(assignment=assignment, author=author, text="Сделано")
        Evidence.objects.create(
            report=report, kind=kind, url="https://school.example/act", added_by=author, title="Положение"
        )
        return report

    return draft
