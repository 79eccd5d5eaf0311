"""Points printed one after another in a single paragraph: «РЕШИЛИ: 1. … 2. …» → a paragraph each."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Span
from avgust.domain.resolutions.structure.labels import LabelKind
from avgust.domain.resolutions.structure.lines import Paragraph, read_paragraph

_NEXT: Final = re.compile(r"(?<=[.;:])\s(?P<n>\d{1,2})(?P<mark>[.)])\s(?=[А-ЯЁа-яё«])")
_SHORTEST: Final = 40


def split_run_in(source: str, paragraph: Paragraph) -> list[Paragraph]:
    """Return the points of a paragraph that holds several, numbered in sequence; else the paragraph alone."""
    label = paragraph.label
    if label is None or label.depth != 1 or label.kind not in (LabelKind.DECIMAL, LabelKind.PAREN):
        return [paragraph]
    if len(paragraph.text) < _SHORTEST or not label.mark:
        return [paragraph]
    starts = _starts(paragraph.text, label.numbers[0], label.mark)
    if not starts:
        return [paragraph]
    fragment = Fragment.of(source, paragraph.span)
    offset = fragment.text.find(paragraph.text)
    if offset < 0:
        return [paragraph]
    bounds = [0, *(start + offset for start in starts), len(fragment.text)]
    return [
        read_paragraph(source, fragment.span(start, end), paragraph.block, paragraph.blank_before)
        for start, end in pairwise(bounds)
    ]


def _starts(text: str, number: int, mark: str) -> list[int]:
    starts: list[int] = []
    for found in _NEXT.finditer(text):
        if int(found["n"]) == number + 1 and found["mark"] == mark:
            number += 1
            starts.append(found.start("n"))
    return starts


def split_at(source: str, paragraph: Paragraph, at: int) -> tuple[Span, Paragraph | None]:
    """Cut a paragraph at a place of its text; return the span before and the paragraph behind, if any."""
    fragment = Fragment.of(source, paragraph.span)
    at += max(0, fragment.text.find(paragraph.text))
    while at < len(fragment.text) and fragment.text[at] in " *_":
        at += 1
    if at >= len(fragment.text):
        return fragment.origin, None
    head = fragment.span(0, max(1, at))
    rest = read_paragraph(source, fragment.span(at, len(fragment.text)), paragraph.block)
    return Span(head.start, rest.span.start), rest if rest.body else None
