"""Where units stand, as SQL that both databases read: one recursive query instead of one a row.

Two questions differ. *On a date* follows the memberships of that date. *For rights* follows the last place
a unit had (the first one, where it is only planned), so that a closed school stays with its municipality.
The last place is the one with no later place: PostgreSQL answers that by one join, where «the first of the
sorted places» made it sort for each unit (2 ms against 8 at 1,500 units).

PostgreSQL may join such a subquery by walking it anew for each row outside: right after an import, while its
statistics still say that there is one unit, a page of 1,500 then took minutes. As an array it is found once.

A page asks for its reader's places a dozen times. While it is read they are walked once and kept as ids; an
act walks them anew each time, since it may change them. Whether anything stands outside them is asked of the
roots alone: every line of places ends in a unit that never had one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from avgust.web.ui.ids import Ids
from avgust.web.ui.reading import found_once, is_read, was_asked

_ON_DATE = """
    SELECT m.unit_id, m.parent_id FROM territory_membership m
    WHERE m.since <= %s AND (m.until IS NULL OR m.until >= %s)
"""
_FOR_RIGHTS = """
    SELECT m.unit_id, m.parent_id FROM territory_membership m
    WHERE NOT EXISTS (
        SELECT 1 FROM territory_membership x WHERE x.unit_id = m.unit_id
        AND CASE WHEN m.since <= %s THEN x.since > m.since AND x.since <= %s ELSE x.since < m.since END)
"""
_DOWN = """
    WITH RECURSIVE edge(unit_id, parent_id) AS ({edges}),
    found(id) AS (
        SELECT id FROM territory_unit WHERE id IN ({ids})
        UNION
        SELECT edge.unit_id FROM edge JOIN found ON edge.parent_id = found.id)
    SELECT id FROM found
"""
_UP = """
    WITH RECURSIVE edge(unit_id, parent_id) AS ({edges}),
    found(id) AS (
        SELECT id FROM territory_unit WHERE id IN ({ids})
        UNION
        SELECT edge.parent_id FROM edge JOIN found ON edge.unit_id = found.id)
    SELECT id FROM found
"""
_ROOTS = """
    SELECT u.id FROM territory_unit u
    WHERE NOT EXISTS (SELECT 1 FROM territory_membership m WHERE m.unit_id = u.id)
"""
_ONCE = "SELECT unnest(ARRAY({query}))"


def _query(frame: str, edges: str, units: Iterable[int], day: date) -> tuple[str, list[Any]]:
    ids = list(units)
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    bound = connection.ops.adapt_datefield_value(day)
    query = frame.format(edges=edges, ids=marks)
    if connection.vendor == "postgresql":
        query = _ONCE.format(query=query)
    return query, [bound, bound, *ids]


def _walked(frame: str, edges: str, units: Iterable[int], day: date) -> Ids:
    """Return what a walk finds; while a page is read, what it found first."""
    tops = frozenset(units)

    def walk() -> Ids:
        with connection.cursor() as cursor:
            cursor.execute(*_query(frame, edges, sorted(tops), day))
            return Ids(tuple(row[0] for row in cursor.fetchall()))

    return found_once((frame, edges, tops, day), walk)


def _ids(frame: str, edges: str, units: Iterable[int], day: date) -> RawSQL:
    """Return the ids as a subquery: the walk itself for who asks first, what it found from then on."""
    units = frozenset(units)
    if was_asked((frame, edges, units, day)):
        return _walked(frame, edges, units, day).as_subquery()
    return RawSQL(*_query(frame, edges, units, day))  # noqa: S611 - the text is constant, values are bound


def under(units: Iterable[int], day: date) -> RawSQL:
    """Return the ids of `units` and of everything under them on `day`, as a subquery."""
    return _ids(_DOWN, _ON_DATE, units, day)


def above(units: Iterable[int], day: date) -> RawSQL:
    """Return the ids of `units` and of everything above them on `day`, as a subquery."""
    return _ids(_UP, _ON_DATE, units, day)


def under_for_rights(units: Iterable[int], day: date) -> RawSQL:
    """Return the ids of `units` and of everything whose last place is under them, as a subquery."""
    return _ids(_DOWN, _FOR_RIGHTS, units, day)


def above_for_rights(units: Iterable[int], day: date) -> RawSQL:
    """Return the ids of `units` and of everything above their last places, as a subquery."""
    return _ids(_UP, _FOR_RIGHTS, units, day)


def is_everything(units: Iterable[int]) -> bool:
    """Return whether a page that is being read may leave out the condition: no unit stands outside `units`.

    An act does not ask: the answer is then "no", and the condition stays.
    """
    return is_read() and found_once(_ROOTS, _roots) <= set(units)


def _roots() -> frozenset[int]:
    """Return the ids of the units that never stood under another."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOTS)
        return frozenset(row[0] for row in cursor.fetchall())
