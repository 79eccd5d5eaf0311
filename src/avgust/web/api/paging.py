"""Pages by cursor: what stands after the last row seen, so that rows added meanwhile shift nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

from django.db.models import QuerySet
from ninja import Query

MOST: Final = 200
Row = TypeVar("Row", bound=Any)
Limit = Annotated[int, Query(ge=1, le=MOST, description="Rows on a page")]
Cursor = Annotated[int, Query(ge=0, le=2**31 - 1, description="“next” of the page before; 0 begins")]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and the cursor of those that follow; None where nothing does."""

    rows: Sequence[Any]
    next: int | None

    def answer(self, write: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Return the page as every list answers."""
        return {"items": [write(row) for row in self.rows], "next": self.next}


def page_of(rows: QuerySet[Row], cursor: int, limit: int, *, key: str = "pk", down: bool = False) -> Page:
    """Return the page of `rows` that follows `cursor`, in the order of the unique whole number `key`."""
    if cursor:
        rows = rows.filter(**{f"{key}__{'lt' if down else 'gt'}": cursor})
    found = list(rows.order_by(f"-{key}" if down else key)[: limit + 1])
    last = getattr(found[limit - 1], key) if len(found) > limit else None
    return Page(found[:limit], last)
