"""Skills by class or by part of the territory: a table whose cells are shaded, patterned and named."""

from __future__ import annotations

from collections.abc import Sequence

from avgust.domain.assessment.interpretation.charts.words import LEGEND, shaded
from avgust.domain.assessment.interpretation.mastery import Share
from avgust.domain.assessment.interpretation.work import LEVEL_NAMES, Topic
from avgust.domain.charts.table import Cell, Shaded, Table
from avgust.domain.messages import Message, mark


def heat_table(
    caption: Message, columns: Sequence[Message | str], rows: Sequence[tuple[Topic, Sequence[Share | None]]]
) -> Table:
    """Return the table; only shades that occur are in its legend."""
    cells: list[tuple[Cell, ...]] = [
        (
            topic.name,
            LEVEL_NAMES[topic.level],
            *(None if share is None else shaded(share) for share in shares),
        )
        for topic, shares in rows
    ]
    used = {cell.shade for row in cells for cell in row if isinstance(cell, Shaded)}
    heads = (Message(mark("Skill")), Message(mark("Level")), *columns)
    return Table(caption, heads, tuple(cells), tuple(pair for pair in LEGEND if pair[0] in used))
