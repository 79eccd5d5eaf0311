"""A document of a municipality, read in this process: its own process is tried once, in test_upload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания педагогических работников Заозёрного муниципального округа

27 августа 2025 года

Участники совещания РЕШИЛИ:

1. Управлению образования Заозёрного округа:
1.1. Утвердить план наставничества до 1 октября 2025 года.
1.2. Охватить наставничеством не менее 70 процентов педагогов в возрасте до 35 лет до 1 июня 2026 года.
1.3. Провести анализ результатов ВПР и разместить его на сайте управления.

2. Руководителям общеобразовательных организаций:
2.1. Назначить ответственных за школьное питание до 10 сентября 2025 года.
2.2. Принять к сведению опыт работы <script>alert("школа № 3")</script> & партнёров.
2.3. Провести две тренировки по эвакуации в 2025-2026 учебном году.

Контроль за исполнением резолюции возложить на заместителя главы администрации округа.
"""


@pytest.fixture(autouse=True)
def _own_uploads(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def uploaded(cast: Any, read_here: None) -> Callable[..., Any]:
    """Return a function that uploads a text for a unit."""
    from avgust.web.documents.actions import upload_document

    def upload(text: str = TEXT, *, actor: Any = None, unit: Any = None, name: str = "Резолюция.txt") -> Any:
        done = upload_document(
            actor=actor or cast.municipal_officer,
            unit=unit or cast.units.municipality,
            name=name,
            data=text.encode(),
        )
        return done.document

    return upload


@pytest.fixture
def document(uploaded: Callable[..., Any]) -> Any:
    return uploaded()


@pytest.fixture
def say(signed_in: Any) -> Callable[..., Any]:
    """Return a function that posts a correction of a person to a document."""
    from django.urls import reverse

    def post(user: Any, document: Any, *, htmx: bool = False, **values: Any) -> Any:
        headers = {"HX-Request": "true"} if htmx else {}
        data = {"version": str(document.version), **values}
        return signed_in(user).post(reverse("documents:correct", args=[document.pk]), data, headers=headers)

    return post
