"""Blocks → logical paragraphs: hard-wrapped lines joined, emphasis and leftovers of office programs off.

A paragraph keeps where it stands: `span` is all of it, `words` its own words without label, bullet and
closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Block, BlockKind, SourceDocument, Span
from avgust.domain.resolutions.structure.drawn import with_drawn_tables
from avgust.domain.resolutions.structure.labels import Label, read_bare_number, read_label
from avgust.domain.resolutions.structure.wrapping import EMPHASIS, LEFTOVER, Layout, Line

_AMENDED: Final = re.compile(
    r"\s*[(\[](?:в ред(?:акции|\.)|п(?:ункт|\.)[^()\]]{0,40}(?:введ[её]н|изложен|исключ)|с изм)"
    r"[^()\[\]]{0,300}[)\]](?=[\s.;,]*$)",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:др|пр|г|гг|т\. ?[дп]|руб|тыс|млн|млрд|чел|стр|шт|обл|р-н|ул|им|ст|кв|мин|ч)\.$"
    r"|[А-ЯЁ]\.\s?[А-ЯЁ]\.$"
)
_CLOSING: Final = " .;,:*_~`"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical paragraph.

    `text` has single white space from the label to the closing mark; `body` is the words alone; `close` is
    the closing mark (":", ";", ".", ",", "" …).
    """

    block: Block
    span: Span
    words: Span
    text: str
    body: str
    label: Label | None
    close: str
    blank_before: bool
    editorial: tuple[Span, ...] = ()

    @property
    def marked(self) -> bool:
        """Whether a number or a bullet is printed."""
        return self.label is not None

    @property
    def marked_by_number(self) -> bool:
        """Whether a number or a letter is printed, not a mere bullet."""
        return self.label is not None and self.label.printed is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as the reader gave it, or as pipes and tabs of plain text draw it."""

    block: Block
    span: Span


def read_paragraphs(document: SourceDocument) -> list[Paragraph | Row]:
    """Return the logical paragraphs and table rows of `document` in order."""
    lines = list(_physical_lines(document))
    bare = _bare_numbers(lines)
    layout = Layout.of([line for line in lines if line.block.kind is not BlockKind.TABLE_ROW])
    found: list[Paragraph | Row] = []
    pending: list[Line] = []
    for line in lines:
        is_row = line.block.kind is BlockKind.TABLE_ROW
        if pending and not is_row and layout.joins(pending[-1], line, pending[0]):
            pending.append(line)
            continue
        if pending:
            found.append(_paragraph_of(document.text, pending, bare))
        pending = [] if is_row else [line]
        if is_row:
            found.append(Row(line.block, line.span))
    if pending:
        found.append(_paragraph_of(document.text, pending, bare))
    return found


def _bare_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Return where lines begin that are numbered 1, 2, 3 … without a point; two in sequence prove it."""
    starts: list[int] = []
    for line in lines:
        label = read_bare_number(line.text) if line.text[:1].isdigit() else None
        if label is not None and label.numbers[0] == len(starts) + 1:
            starts.append(line.span.start)
    return frozenset(starts) if len(starts) > 1 else frozenset()


def _physical_lines(document: SourceDocument) -> Iterator[Line]:
    """Yield the non-blank lines of all blocks; a table row is one line."""
    end = 0
    drawn = document.format == "txt" and "|" in document.text
    for block in with_drawn_tables(document.blocks) if drawn else document.blocks:
        blank = document.text.count("\n", end, block.span.start) > 1 if end else True
        end = block.span.end
        if block.kind is BlockKind.TABLE_ROW:
            yield Line(block, block.span, "", 0, blank)
            continue
        at = block.span.start
        for raw in block.text.split("\n"):
            stripped = raw.strip()
            if stripped:
                indent = len(raw) - len(raw.lstrip())
                start = at + indent
                yield Line(block, Span(start, start + len(stripped)), stripped, indent, blank)
                blank = False
            else:
                blank = True
            at += len(raw) + 1


def _paragraph_of(source: str, lines: Sequence[Line], bare: frozenset[int]) -> Paragraph:
    span = Span(lines[0].span.start, lines[-1].span.end)
    return read_paragraph(source, span, lines[0].block, lines[0].blank_before, bare=span.start in bare)


def read_paragraph(
    source: str, span: Span, block: Block, blank_before: bool = False, *, bare: bool = False
) -> Paragraph:
    """Read label, words and closing mark of the stretch `span`; `bare` allows a number without a point."""
    fragment = Fragment.of(source, span)
    text = fragment.text
    editorial: list[Span] = []
    start = _skip_leftovers(fragment, editorial)
    end = _cut_amendment(fragment, start, editorial)
    head = start
    label = read_label(text[start:end]) if start < end else None
    if label is None and bare:
        label = read_bare_number(text[start:end])
    if label is not None:
        start = _skip_emphasis(text, start + label.end, end)
    stop, close = _find_close(text, start, end)
    start = _with_opening(text, start, stop)
    if start < stop:
        words, body = fragment.span(start, stop), text[start:stop]
    else:
        words, body, stop = Span(fragment.origin.end, fragment.origin.end), "", start
    return Paragraph(
        block, fragment.origin, words, text[head:end].rstrip(" *_~`"), body, label, close, blank_before,
        tuple(editorial),
    )  # fmt: skip


def _skip_leftovers(fragment: Fragment, editorial: list[Span]) -> int:
    """Return where the text begins behind bookmarks and emphasis; bookmarks go to `editorial`."""
    text, start = fragment.text, 0
    if text[:1] == "[":
        found = LEFTOVER.match(text)
        if found is not None:
            start = found.end()
            editorial.append(fragment.span(0, len(found.group().rstrip())))
    return _skip_emphasis(text, start, len(text))


def _skip_emphasis(text: str, start: int, end: int) -> int:
    """Return where words begin behind opening emphasis, unless it closes inside the paragraph."""
    if text[start : start + 1] not in ("#", ">", "*", "_", "~", "`"):
        return start
    found = EMPHASIS.match(text, start, end)
    return found.end() if found is not None else start


def _with_opening(text: str, start: int, stop: int) -> int:
    """Take back an opening «**» that closes inside the words, so that the words stay verbatim and whole."""
    if text[start - 2 : start] == "**" and text.count("**", start, stop) % 2:
        return start - 2
    return start


def _cut_amendment(fragment: Fragment, start: int, editorial: list[Span]) -> int:
    """Return where the text ends before a note of amendment at its end; the note goes to `editorial`."""
    text = fragment.text
    if ")" not in text[-6:] and "]" not in text[-6:]:
        return len(text)
    found = _AMENDED.search(text, start)
    if found is None or found.start() <= start:
        return len(text)
    lead = len(found.group()) - len(found.group().lstrip())
    editorial.append(fragment.span(found.start() + lead, len(text)))
    return found.start()


def _find_close(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the words end and the closing mark behind them."""
    stop = end
    marks = ""
    while stop > start and text[stop - 1] in _CLOSING:
        if text[stop - 1] == "." and _ABBREVIATION.search(text[max(start, stop - 8) : stop]):
            marks = marks or "."
            break
        if text[stop - 1] in ".;,:":
            marks = text[stop - 1] + marks
        stop -= 1
    for mark in ":;.,":
        if mark in marks:
            return stop, mark
    return stop, text[stop - 1] if stop > start and text[stop - 1] in "!?…" else ""
