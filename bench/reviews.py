"""The review of 56, 300 and 1,000 clauses: page, clause, corrections, undo; p95 in ms and queries.

The texts are varied as a real resolution is, the register has 1,500 units, and five adopted documents of
1,000 measures stand behind for overlaps across years. The bar is the project's own: p95 under 150 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bench import varied
from bench.pages import UNITS, fill, line, measured, product

LENGTHS = (56, 300, 1_000)
EARLIER = 5  # and one more stays under review


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    with product() as engine:
        officer = fill(EARLIER + 1)
        yield f"{engine}: {UNITS} units, {EARLIER} adopted documents of 1,000 measures"
        for clauses in LENGTHS:
            yield from _review(clauses, officer)


def _review(clauses: int, officer: Any) -> Iterator[str]:
    """Yield the lines of a review of a varied text: the page, a clause opened, and corrections.

    A correction is the whole answer: posted, checked, searched for defects, stored, folded, printed.
    """
    from django.test import Client

    from avgust.web.documents import actions
    from avgust.web.territory.models import Unit

    unit = Unit.objects.earliest("pk")
    data = varied.resolution(clauses).encode()
    document = actions.upload_document(actor=officer, unit=unit, name="v.txt", data=data).document
    here, fragment = f"/documents/{document.pk}/", Client(headers={"HX-Request": "true"})
    fragment.force_login(officer)

    def said(**values: str) -> Callable[[int], int]:
        return lambda n: (
            fragment.post(
                f"{here}correct/", {"clause": f"c{n % clauses + 1}", "version": "9999", **values}
            ).status_code
        )

    yield line(f"review of {clauses}", here, officer)
    yield line("  a clause opened", f"{here}?clause=c{clauses // 2}&was=c1#", officer)
    yield measured("  a deadline", said(act="deadline", deadline="до 1 мая 2026 года"))
    yield measured("  an executor", said(act="addressees", executors="Методический центр"))
    yield measured("  the words", said(act="text", text="Провести смотр кабинетов до 1 мая 2026 года"))
    yield measured("  right", said(act="confirm"))
    yield measured("  an added measure", said(act="add", text="Открыть кружок", after="c2"))
    yield measured("  undo", lambda _n: fragment.post(f"{here}undo/").status_code)
    yield line("  the page after that", here, officer)
