"""A chart: its picture, the one sentence that reads it, its table, its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from avgust.domain.charts.canvas import PAPER_WIDTH, Canvas
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message

Paint = Callable[[Canvas, str], None]


@dataclass(frozen=True)
class Chart:
    """`reading` stands above the picture, `note` (source, n, method) below, `table` behind it.

    `small` charts stand several in a row.
    """

    title: Message
    reading: Message
    note: Message
    table: Table
    height: float
    paint: Paint
    small: bool = False

    def page_svg(self, language: str) -> str:
        """Return the picture for a page of the site."""
        return self._svg(language, None)

    def paper_svg(self, language: str) -> str:
        """Return the picture for a file, with its own style."""
        return self._svg(language, PAPER_WIDTH / 2 if self.small else PAPER_WIDTH)

    def _svg(self, language: str, width: float | None) -> str:
        canvas = Canvas(self.height, width)
        self.paint(canvas, language)
        return canvas.svg(f"{self.title.render(language)}. {self.reading.render(language)}")
