"""What the warehouse is asked, as Ibis expressions over a table of rows: they run on DuckDB and on Spark.

Columns are those of `layout.py`. A score of -1 is an item that was left out: it counts as 0 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from avgust.web.warehouse.layout import item_columns


def replaced(old: Any, new: Any, *, amend: bool) -> Any:
    """Return `new` and what of `old` it does not replace: its classes, or with `amend` its participants.

    A participant who moved to another class is in `new` with the same code: the old row goes in any case.
    """
    kept = old.anti_join(new.select("pupil").distinct(), "pupil")
    if not amend:
        kept = kept.anti_join(new.select("school", "class_name").distinct(), ["school", "class_name"])
    return kept.union(new.select(*old.columns))


def replaced_in_turn(old: Any, new: Any, *, amend: bool, upload: int, amendments: Sequence[int]) -> Any:
    """Return what `replaced` does where `old` has rows of uploads that were sent after this one, `upload`.

    Whoever was sent later wins, whoever ends first: its rows stay, and `new` has nothing to say of its
    participants, nor of its classes unless it is among the `amendments`, which replace participants only.
    """
    ahead = old.filter(old.upload > upload)
    over = ahead.filter(ahead.upload.notin(list(amendments))) if amendments else ahead
    ours = new.anti_join(ahead.select("pupil").distinct(), "pupil")
    ours = ours.anti_join(over.select("school", "class_name").distinct(), ["school", "class_name"])
    return replaced(old.filter(old.upload <= upload), ours, amend=amend).union(ahead)


def points_of(rows: Any, item: str) -> Any:
    """Return the points of an item: 0 where it was left out, null where it was not given."""
    import ibis  # noqa: PLC0415

    return ibis.ifelse(rows[item] < 0, 0, rows[item])


def by_school(rows: Any) -> Any:
    """Return for each school: who was there, who was not, classes, the mean and spread of points, marks."""
    here = rows.present
    marks = {f"mark_{mark}": (here & (rows.mark == mark)).sum() for mark in (2, 3, 4, 5)}
    return rows.group_by("school").agg(
        pupils=here.sum(),
        absent=(~here).sum(),
        classes=rows.class_name.nunique(),
        mean=rows.points.mean(where=here),
        sd=rows.points.std(where=here, how="sample"),
        **marks,
    )


def present(rows: Any) -> Any:
    """Return how many were there."""
    return rows.agg(pupils=rows.present.sum())


def by_upload(rows: Any) -> Any:
    """Return how many rows of each upload still stand."""
    return rows.group_by("upload").agg(rows=rows.count())


def by_item(rows: Any, items: int) -> Any:
    """Return one row with, for each item, n, the sum of points and of their squares, how many left it out."""
    here = rows.filter(rows.present)
    measures: dict[str, Any] = {}
    for name in item_columns(items):
        points = points_of(here, name).cast("int64")
        measures |= {
            f"{name}_n": here[name].count(),
            f"{name}_sum": points.sum(),
            f"{name}_squares": (points * points).sum(),
            f"{name}_out": (here[name] < 0).sum(),
        }
    return here.agg(**measures)


def booklet(rows: Any, items: int) -> Any:
    """Return which items a participant was given, as a text of 0 and 1 in the order of the items."""
    import ibis  # noqa: PLC0415

    given = [ibis.ifelse(rows[name].isnull(), "0", "1") for name in item_columns(items)]
    return given[0].concat(*given[1:]) if len(given) > 1 else given[0]


def score_counts(rows: Any, maxima: Sequence[int]) -> Any:
    """Return for each booklet, variant and total score: n persons, and how many of them got each category.

    The columns `i00_1`, `i00_2` … are the counts t_jk that conditional estimation reads
    (`domain/assessment/rasch/counts.py`); no row of a pupil leaves the warehouse.
    """
    here = rows.filter(rows.present)
    items = item_columns(len(maxima))
    asked = here.mutate(booklet=booklet(here, len(maxima)), total=_total(here, items))
    categories = {
        f"{name}_{score}": (asked[name] == score).sum()
        for name, most in zip(items, maxima, strict=True)
        for score in range(1, most + 1)
    }
    return asked.group_by("booklet", "variant", "total").agg(n=asked.count(), **categories)


def _total(rows: Any, items: Sequence[str]) -> Any:
    total = points_of(rows, items[0]).fill_null(0).cast("int64")
    for name in items[1:]:
        total += points_of(rows, name).fill_null(0)
    return total


def answers(rows: Any, items: int) -> Any:
    """Return the points of who was there, a row for each pupil, in a stable order."""
    here = rows.filter(rows.present).order_by("school", "class_name", "pupil")
    scores = {name: points_of(here, name) for name in item_columns(items)}
    return here.select("school", "class_name", "pupil", "variant", "points", "mark", "journal", **scores)
