"""A stretch of the source with its white space made single, which still knows where each letter stands.

Grammars read fragments: patterns need not care for line breaks and double spaces, and every match maps
back to a `Span` of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.model import Span

# Runs of white space (with soft hyphens, zero-width marks and a byte-order mark), and lone odd spaces.
_GAP: Final = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]{2,}|[^\S ]|[\u00ad\u200b\u2060\ufeff]")
_INVISIBLE: Final = "\u00ad\u200b\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text with single white space over a span of the source.

    `starts[i]` is the place in the source of `text[i]`; None while the fragment is the source verbatim,
    which is the common case and needs no map.
    """

    text: str
    origin: Span
    starts: tuple[int, ...] | None = None
    breaks: tuple[int, ...] = ()  # places in `text` of the spaces that were line breaks in the source

    @classmethod
    def of(cls, source: str, span: Span) -> Fragment:
        """Return the words of `source` within `span`, outer white space dropped."""
        raw = source[span.start : span.end]
        lead = len(raw) - len(raw.lstrip(" \t\r\n\f\v\u00a0\u2003\u2002" + _INVISIBLE))
        raw = raw.strip(" \t\r\n\f\v\u00a0\u2003\u2002" + _INVISIBLE)
        start = span.start + lead
        plain = "  " not in raw and raw.isprintable()  # told in a tenth of the time that _GAP takes
        if plain or not _GAP.search(raw):
            return cls(raw, Span(start, start + len(raw)))
        pieces: list[str] = []
        places: list[int] = []
        breaks: list[int] = []
        at = 0
        for gap in _GAP.finditer(raw):
            pieces.append(raw[at : gap.start()])
            places.extend(range(start + at, start + gap.start()))
            if gap.group().strip(_INVISIBLE):
                if "\n" in gap.group():
                    breaks.append(len(places))
                pieces.append(" ")
                places.append(start + gap.start())
            at = gap.end()
        pieces.append(raw[at:])
        places.extend(range(start + at, start + len(raw)))
        return cls("".join(pieces), Span(start, start + len(raw)), tuple(places), tuple(breaks))

    def span(self, start: int, end: int) -> Span:
        """Return the place in the source of `text[start:end]`.

        Raises ValueError for an empty or foreign range.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no range {start}:{end} in a fragment of {len(self.text)} characters")
        if self.starts is None:
            return Span(self.origin.start + start, self.origin.start + end)
        return Span(self.starts[start], self.starts[end - 1] + 1)

    def part(self, start: int, end: int) -> Fragment:
        """Return the fragment of `text[start:end]`."""
        starts = None if self.starts is None else self.starts[start:end]
        breaks = tuple(place - start for place in self.breaks if start <= place < end)
        return Fragment(self.text[start:end], self.span(start, end), starts, breaks)


def single_spaced(text: str) -> str:
    """Return `text` as a fragment of it would read."""
    return Fragment.of(text, Span(0, len(text))).text
