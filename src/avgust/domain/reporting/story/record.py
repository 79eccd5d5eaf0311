"""A story as plain values in one language: what JSON prints and typst sets."""

from __future__ import annotations

from typing import Any, Final

from avgust.domain.charts.chart import Chart
from avgust.domain.charts.numbers import Number
from avgust.domain.charts.table import BAD, BORDER, FEW, GOOD, Cell, Shaded, Table, said
from avgust.domain.messages import Message, mark
from avgust.domain.reporting.story.story import Section, Story, joined, words
from avgust.domain.resolutions.export.printable import printable

SHADE_LOOKS: Final = {  # how a shade looks on paper
    GOOD: Message(mark("plain")),
    BORDER: Message(mark("italic, tinted")),
    BAD: Message(mark("bold, tinted")),
    FEW: Message(mark("grey")),
}


def story_record(story: Story, language: str, *, pictures: bool = False) -> dict[str, Any]:
    """Return the story; `pictures` adds the SVG of charts."""
    return {
        "language": language,
        "title": printable(words(story.title, language)),
        "lede": printable(joined(story.lede, language)),
        "meta": [printable(words(text, language)) for text in story.meta],
        "facts": [
            {
                "label": printable(words(fact.label, language)),
                "value": printable(words(fact.value, language)),
                "note": printable(words(fact.note, language)),
                "why": printable(words(fact.why, language)),
            }
            for fact in story.facts
        ],
        "sections": [_section(section, language, pictures) for section in printed(story)],
        "method": [printable(words(text, language)) for text in story.method],
    }


def printed(story: Story) -> list[Section]:
    """Return the sections that say something."""
    return [s for s in story.sections if s.reading or s.charts or any(t.rows for t in s.tables) or s.points]


def _section(section: Section, language: str, pictures: bool) -> dict[str, Any]:
    return {
        "title": printable(words(section.title, language)),
        "reading": printable(joined(section.reading, language)),
        "charts": [_chart(chart, language, pictures) for chart in section.charts],
        "tables": [table_record(table, language) for table in section.tables if table.rows],
        "points": [
            {
                "text": printable(words(point.text, language)),
                "ground": printable(words(point.ground, language)),
                "code": point.code,
            }
            for point in section.points
        ],
    }


def _chart(chart: Chart, language: str, pictures: bool) -> dict[str, Any]:
    record = {
        "title": chart.title.render(language),
        "reading": chart.reading.render(language),
        "note": chart.note.render(language),
        "small": chart.small,
        "table": table_record(chart.table, language),
    }
    return record | ({"svg": chart.paper_svg(language)} if pictures else {})


def table_record(table: Table, language: str) -> dict[str, Any]:
    """Return a table; cells with what they print, their shade, its word, and the number behind them."""
    heads = [printable(said(head, language)) for head in table.heads]
    rows = [[_cell(cell, language) for cell in row] for row in table.rows]
    numbers = [any(row[place]["number"] for row in rows) for place in range(len(heads))]
    return {
        "caption": printable(table.caption.render(language)),
        "heads": heads,
        "rows": rows,
        "columns": [{"head": head, "number": number} for head, number in zip(heads, numbers, strict=True)],
        "legend": "; ".join(
            Message("%(shade)s: %(word)s", {"shade": SHADE_LOOKS[shade], "word": word}).render(language)
            for shade, word in table.legend
        )
        if table.legend
        else "",
    }


def _cell(cell: Cell, language: str) -> dict[str, Any]:
    inner = cell.text if isinstance(cell, Shaded) else cell
    value = inner.value if isinstance(inner, Number) else inner if isinstance(inner, int) else None
    return {
        "text": printable(said(cell, language)),
        "shade": cell.shade if isinstance(cell, Shaded) else "",
        "word": cell.word.render(language) if isinstance(cell, Shaded) and cell.shade else "",
        "number": isinstance(inner, (Number, int)),
        "value": value if value is None or value == value else None,  # noqa: PLR0124 - nan is no number
    }
