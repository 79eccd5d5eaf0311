"""Answers of municipalities at a region's size: 1,000 measures × 57 municipalities, 1,500 units; p95 in ms.

Measures are written without assignments, which `bench.control` measures. The bar is the project's own: a page
under 150 ms (p95), suggestions for a municipality's 1,000 measures within the seconds that an adoption takes.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.pages import line, product

PLACES = 57
UNITS = 1_500
MEASURES = 1_000
DAY = date(2025, 8, 27)
_HEADS = re.findall(
    r"\w+", "наставник питание олимпиада ремонт подвоз библиотека кружок проба аттестация стажировка"
)
_TAILS = re.findall(
    r"\w+", "молодых сельских старших одарённых первых вечерних летних цифровых открытых семейных"
)


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with product() as engine:
        officer, region, places = _territory()
        above = _programme(region, officer, 0)
        programmes = [_programme(place, officer, 1 + n) for n, place in enumerate(places)]
        yield f"{engine}: {MEASURES} measures of the region × {PLACES} municipalities of {MEASURES}"
        yield _suggested(programmes[0])
        _answer(above, programmes)
        for name, address in _addresses(above, places[0]):
            yield line(name, address, officer)


def _territory() -> tuple[Any, Any, list[Any]]:
    from avgust.web.accounts.models import Post, User
    from avgust.web.territory.models import Membership, Unit

    def put(parent: Any, kind: str, name: str) -> Any:
        unit = Unit.objects.create(kind=kind, name=name, opened=DAY)
        Membership.objects.create(unit=unit, parent=parent, since=DAY)
        return unit

    region = Unit.objects.create(kind="region", name="Большая область", founder="regional", opened=DAY)
    places = [put(region, "municipality", f"Округ № {n}") for n in range(PLACES)]
    for place in places:
        put(place, "authority", f"Отдел образования, {place.name}")
    for number in range(UNITS - 2 * PLACES - 1):
        put(places[number % PLACES], ("school", "kindergarten")[number % 2], f"Организация № {number}")
    officer = User.objects.create_user("answers@avgust.example", full_name="Мерная Анна Ивановна")
    Post.objects.create(user=officer, role="regional_officer", unit=region, since=DAY)
    return officer, region, places


def _programme(unit: Any, officer: Any, seed: int) -> Any:
    """Write a programme with its document, clauses and measures, half of them for schools."""
    from avgust.web.documents.models import Document
    from avgust.web.programmes.models import (
        AdoptedClause,
        Measure,
        MeasureClause,
        MeasureExecutor,
        Programme,
    )

    chance = random.Random(seed)
    document = Document.objects.create(
        unit=unit, title=f"Резолюция: {unit.name}", sha256=f"{seed:064}", file_name="р.txt", size=1,
        format="txt", uploaded_by=officer, status="adopted", measures=MEASURES,
    )  # fmt: skip
    programme = Programme.objects.create(
        unit=unit, document=document, title=document.title, school_year="2025/2026", adopted_on=DAY,
        addressed_on=DAY, created_by=officer, measure_count=MEASURES,
    )  # fmt: skip
    texts = [_text(chance) for _ in range(MEASURES)]
    measures = Measure.objects.bulk_create(
        Measure(
            programme=programme,
            order=n,
            label=f"1.{n}",
            text=text,
            deadline_kind="none",
            deadline_values={"kind": "none"},
        )
        for n, text in enumerate(texts, start=1)
    )
    clauses = AdoptedClause.objects.bulk_create(
        AdoptedClause(document=document, clause=f"c{n}", order=n, label=f"1.{n}", quote=text)
        for n, text in enumerate(texts, start=1)
    )
    MeasureClause.objects.bulk_create(
        MeasureClause(measure=one, source=source) for one, source in zip(measures, clauses, strict=True)
    )
    MeasureExecutor.objects.bulk_create(_role(one, n) for n, one in enumerate(measures))
    return programme


def _text(chance: random.Random) -> str:
    words = chance.choice(_TAILS), chance.choice(_HEADS), chance.choice(_HEADS)
    return f"Провести {' '.join(words)} «Дело {chance.randrange(400)}»"


def _role(measure: Any, number: int) -> Any:
    from avgust.web.programmes.models import MeasureExecutor

    rule = ("general education", "municipal education authorities")[number % 2]
    return MeasureExecutor(
        measure=measure, name=rule, form="role", relation="executor", outcome="role", rule=rule
    )


def _suggested(programme: Any) -> str:
    from avgust.web.programmes.actions import suggest_answers

    measures = list(programme.measures.in_force())
    began = time.perf_counter()
    found = suggest_answers(programme, measures)
    seconds = time.perf_counter() - began
    return f"suggestions for {len(measures)} measures below {MEASURES}: {found} in {seconds:.1f} s"


def _answer(above: Any, programmes: list[Any]) -> None:
    """Confirm three hundred answers of each municipality."""
    from avgust.web.programmes.models import Answer

    asked = list(above.measures.order_by("order").values_list("pk", flat=True)[:300])
    for programme in programmes[1:]:
        below = programme.measures.order_by("order").values_list("pk", flat=True)[:300]
        Answer.objects.bulk_create(
            Answer(measure_id=one, answered_id=other, place=programme.unit, status="confirmed")
            for one, other in zip(below, asked, strict=True)
        )


def _addresses(above: Any, place: Any) -> list[tuple[str, str]]:
    measure = above.measures.order_by("order")[0]
    role = measure.executors.get()
    table = f"/programmes/{above.pk}/answers/"
    return [
        ("answers, the matrix", table),
        ("answers, gaps only", f"{table}?gaps=1"),
        ("answers of a municipality", f"{table}{place.pk}/"),
        ("answers of a measure", f"/programmes/measures/{measure.pk}/answers/"),
        ("measure with a role", measure.get_absolute_url()),
        ("organisations of a role", f"/programmes/executors/{role.pk}/"),
        ("clauses of a document", f"/programmes/clauses/{above.document_id}/"),
        ("clauses and mergers", f"/programmes/measures/{measure.pk}/links/?q=дело+12&merge=дело+13"),
    ]


if __name__ == "__main__":
    for said in report():
        print(said)
