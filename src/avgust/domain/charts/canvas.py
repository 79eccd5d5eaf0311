"""Where a chart is painted: SVG with classes, never with styles, so that a strict CSP lets it be.

x runs from 0 to 100, y in pixels from the top. On a page x becomes percents and text keeps its size at any
width; for paper the width is fixed and the style of the theme goes with the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

PAPER_WIDTH: Final = 640.0

# The light theme of tokens.css for pictures that leave the page. Strokes and fills differ in shape too.
_STYLE: Final = (
    "text{font:13px 'PT Sans',sans-serif;fill:#454b51}.em{fill:#15181b;font-weight:700}"
    ".act{fill:#1d3f94;font-weight:700}.halo{paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".grid{stroke:#d5dadc}.axis{stroke:#15181b}.mk{fill:#5f666d}.ci{stroke:#5f666d}"
    ".ch-bar{fill:#7c848a}.ch-own{fill:#1d3f94}.ch-own-l{stroke:#1d3f94;stroke-width:3.5}.ch-near{fill:#15181b}"
    ".ch-near-l{stroke:#15181b;stroke-width:1.5}.ch-far{fill:#7c848a}.ch-far-l{stroke:#7c848a;stroke-width:1.5}"
    ".ch-hollow{fill:#fff;stroke:#5f666d}.ch-mean{stroke:#15181b;stroke-dasharray:5 3}"
    ".ch-cut{stroke:#a61f14;stroke-dasharray:2 "
    "3;stroke-width:1.5}.ch-curve{fill:none;stroke:#15181b;stroke-width:1.5}"
    ".ch-limit{fill:none;stroke:#5f666d;stroke-dasharray:4 3}.ch-line{stroke:#7c848a}.ch-item{fill:#1d3f94}"
    ".ch-m2{fill:url(#p-low)}.ch-m3{fill:#e6eaec}.ch-m4{fill:#7c848a}.ch-m5{fill:#454b51}"
    ".ch-edge{fill:none;stroke:#454b51}.ch-onink{fill:#fff;font-weight:700}"
)
_PATTERN: Final = (
    '<pattern id="p-low" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="1.2" height="4" fill="#a61f14"/></pattern>'
)


class Canvas:
    """Gathers the shapes of one picture."""

    def __init__(self, height: float, width: float | None = None) -> None:
        self.height = height
        self.width = width
        self._shapes: list[str] = []

    def _x(self, x: float) -> str:
        return f"{x:.2f}%" if self.width is None else f"{x * self.width / 100:.2f}"

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a straight line."""
        self._shapes.append(
            f'<line class="{kind}" x1="{self._x(x1)}" y1="{y1:.1f}" x2="{self._x(x2)}" y2="{y2:.1f}"/>'
        )

    def box(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        """Draw a rectangle."""
        self._shapes.append(
            f'<rect class="{kind}" x="{self._x(x)}" y="{y:.1f}" width="{self._x(max(width, 0))}" '
            f'height="{max(height, 0):.1f}"/>'
        )

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draw a round mark."""
        self._shapes.append(f'<circle class="{kind}" cx="{self._x(x)}" cy="{y:.1f}" r="{radius}"/>')

    def square(self, x: float, y: float, size: float, kind: str) -> None:
        """Draw a square mark around a point: one's own unit."""
        half = size / 2
        self._shapes.append(
            f'<rect class="{kind}" x="{self._x(x)}" y="{y - half:.1f}" width="{size}" height="{size}" '
            f'transform="translate(-{half} 0)"/>'
        )

    def text(
        self, x: float, y: float, words: str, kind: str = "", *, anchor: str = "start", dx: float = 0
    ) -> None:
        """Write words; `dx` moves them by pixels."""
        self._shapes.append(
            f'<text class="{kind}" x="{self._x(x)}" y="{y:.1f}" dx="{dx:g}" text-anchor="{anchor}">'
            f"{escape(words)}</text>"
        )

    def curve(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        """Draw a line through points (x 0..100, y in pixels)."""
        if self.width is not None:
            path = " ".join(f"{x * self.width / 100:.1f},{y:.1f}" for x, y in points)
            self._shapes.append(f'<polyline class="{kind}" points="{path}"/>')
            return
        path = " ".join(f"{x:.2f},{y:.1f}" for x, y in points)
        self._shapes.append(
            f'<svg x="0" y="0" width="100%" height="{self.height:g}" viewBox="0 0 100 {self.height:g}" '
            f'preserveAspectRatio="none"><polyline class="{kind}" vector-effect="non-scaling-stroke" '
            f'points="{path}"/></svg>'
        )

    def svg(self, label: str) -> str:
        """Return the picture; `label` is what is read aloud instead of it."""
        shapes = "".join(self._shapes)
        name = quoteattr(label)
        if self.width is None:
            return (
                f'<svg class="av-chart" height="{self.height:g}" role="img" aria-label={name}>{shapes}</svg>'
            )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}" '
            f'viewBox="0 0 {self.width:g} {self.height:g}"><style>{_STYLE}</style><defs>{_PATTERN}</defs>'
            f"{shapes}</svg>"
        )


class Scale:
    """Places of values on an axis: from (value, place) to (value, place)."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, most: int) -> Sequence[float]:
        """Return round values on the axis, at most so many."""
        span = self.high - self.low
        for step in (0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 5000, 20000):
            first = -(-self.low // step) * step
            count = int((self.high - first) / step) + 1
            if count <= most:
                return [round(first + number * step, 6) for number in range(count)]
        return [self.low, self.low + span]
