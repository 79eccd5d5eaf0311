"""Blocks → logical paragraphs: hard-wrapped lines joined, emphasis and leftovers of office programs off.

A paragraph keeps where it stands: `span` is all of it, `words` its own words without label, bullet and
closing mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Block, BlockKind, SourceDocument, Span
from avgust.domain.resolutions.structure.drawn import with_drawn_tables
from avgust.domain.resolutions.structure.labels import Label, LabelKind, read_bare_number, read_label
from avgust.domain.resolutions.structure.own_lines import is_caption, is_own_line
from avgust.domain.resolutions.structure.resolving import find_formula
from avgust.domain.resolutions.structure.verbs import begins_with_order

_LEFTOVER: Final = re.compile(r"\[(?:bookmark|закладка|footnote|image|рисунок)\b[^\]]*\]\s*", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"(?:#{1,6}\s|>\s|\*{2,}|_{2,}|[*_~`](?=[^\s*_]))+\s*")
_AMENDED: Final = re.compile(
    r"\s*[(\[](?:в ред(?:акции|\.)|п(?:ункт|\.)[^()\]]{0,40}(?:введ[её]н|изложен|исключ)|с изм)[^()\[\]]{0,300}"
    r"[)\]](?=[\s.;,]*$)",
    re.IGNORECASE,
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:др|пр|г|гг|т\. ?[дп]|руб|тыс|млн|млрд|чел|стр|шт|обл|р-н|ул|им|ст|кв|мин|ч)\.$|[А-ЯЁ]\.\s?[А-ЯЁ]\.$"
)
_CLOSING: Final = " .;,:*_~`"
_TERMINAL: Final = ".:;!?"
_NEVER_LAST: Final = ("т.ч.", "т. ч.", "т.е.", "т. е.")
_OPEN_ABBREVIATIONS: Final = ("т.ч.", "т. ч.", " г.", " им.", " ст.", " п.", " ул.", " см.", " т.е.")
_OPEN_WORD: Final = re.compile(
    r"(?:^|\s)(?:и|а|в|во|на|по|с|со|из|для|от|до|о|об|у|к|за|при|или|не|№|г\.|им\.|пр\.|ул\.|ст\.|п\.)$",
    re.IGNORECASE,
)
_SUBHEADING: Final = re.compile(
    r"(?:в част[ии]|в сфере|в области|по направлени|по вопрос|в рамках|в целях|по раздел)", re.IGNORECASE
)
_DATED: Final = re.compile(r"(?:от )?\d|№")
_WRAP_WIDTH: Final = 130
_WRAP_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical paragraph. `text` has single white space from the label to the closing mark;
    `body` is the words alone; `close` is the closing mark (":", ";", ".", ",", "" …).
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


@dataclass(slots=True)
class _Line:
    """A physical line; `text` is stripped."""

    block: Block
    span: Span
    text: str
    indent: int
    blank_before: bool


def read_paragraphs(document: SourceDocument) -> list[Paragraph | Row]:
    """Return the logical paragraphs and table rows of `document` in order."""
    lines = list(_physical_lines(document))
    bare = _bare_numbers(lines)
    layout = _Layout.of([line for line in lines if line.block.kind is not BlockKind.TABLE_ROW])
    found: list[Paragraph | Row] = []
    pending: list[_Line] = []
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


def _bare_numbers(lines: Sequence[_Line]) -> frozenset[int]:
    """Return where lines begin that are numbered 1, 2, 3 … without a point; two in sequence prove it."""
    starts: list[int] = []
    for line in lines:
        label = read_bare_number(line.text) if line.text[:1].isdigit() else None
        if label is not None and label.numbers[0] == len(starts) + 1:
            starts.append(line.span.start)
    return frozenset(starts) if len(starts) > 1 else frozenset()


def _physical_lines(document: SourceDocument) -> Iterator[_Line]:
    """Yield the non-blank lines of all blocks; a table row is one line."""
    end = 0
    drawn = document.format == "txt" and "|" in document.text
    for block in with_drawn_tables(document.blocks) if drawn else document.blocks:
        blank = document.text.count("\n", end, block.span.start) > 1 if end else True
        end = block.span.end
        if block.kind is BlockKind.TABLE_ROW:
            yield _Line(block, block.span, "", 0, blank)
            continue
        at = block.span.start
        for raw in block.text.split("\n"):
            stripped = raw.strip()
            if stripped:
                indent = len(raw) - len(raw.lstrip())
                start = at + indent
                yield _Line(block, Span(start, start + len(stripped)), stripped, indent, blank)
                blank = False
            else:
                blank = True
            at += len(raw) + 1


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of a document were broken: at a width, or only where paragraphs end."""

    wrapped: bool
    width: int
    bullet: str = ""  # the sign that most bullets have
    own_lines: bool = True  # lines of dates stand below points that end before the margin

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> _Layout:
        lengths = sorted(len(line.text) for line in lines)
        if len(lengths) < 4:
            return cls(False, 0)
        width = lengths[int(len(lengths) * 0.95) - 1]
        if width > _WRAP_WIDTH or lengths[-1] > 2 * width:
            return cls(False, width)
        pairs = list(zip(lines, lines[1:], strict=False))
        broken = sum(_is_broken(before, after, width) for before, after in pairs)
        if broken < max(2, _WRAP_SHARE * len(lines)):
            return cls(False, width)
        signs = Counter(
            line.text[0] for line in lines if not line.text[0].isalnum() and read_label(line.text[:24])
        )
        own = sum(
            is_own_line(after.text) and (after.blank_before or before.text[-1] in _TERMINAL)
            for before, after in pairs
        )
        return cls(True, width, signs.most_common(1)[0][0] if signs else "", own >= 2)

    def joins(self, before: _Line, line: _Line, head: _Line) -> bool:
        """Tell whether `line` goes on with the paragraph that began at `head` and holds `before`."""
        if line.block.kind is not before.block.kind or line.block.kind is BlockKind.FOOTNOTE:
            return False
        if line.block.kind is BlockKind.HEADING and line.block is not before.block:
            return False
        text, last = line.text, before.text[-1]
        open_end = last not in _TERMINAL and not before.text.endswith(("**", "__"))
        abbreviated = before.text.endswith(_OPEN_ABBREVIATIONS)
        open_end = open_end or abbreviated
        if is_caption(before.text):
            return read_label(_without_emphasis(text[:40])) is None
        if line.blank_before:
            return open_end and text[0].islower() and (last == "," or bool(_OPEN_WORD.search(before.text)))
        full = self.wrapped and self._is_full(before, text)
        label = read_label(_without_emphasis(text[:40]))
        if label is not None:
            dash = label.kind is LabelKind.BULLET and label.mark == "-" and text[1:2] == " "
            if dash and before.text.endswith(_NEVER_LAST):
                return True
            return full and open_end and dash and (abbreviated or text[0] != self.bullet)
        if full and not (self.own_lines and is_own_line(text)):
            return self._goes_over(last, open_end, line, head)
        if not open_end or is_own_line(text) or is_own_line(before.text):
            return False
        return _goes_on(before.text, text)

    def _goes_over(self, last: str, open_end: bool, line: _Line, head: _Line) -> bool:
        """Tell whether the line below a full line goes on with it."""
        order = begins_with_order(line.text)
        if last == ";":
            marked = read_label(head.text[:24]) is not None
            return marked and not order and not _SUBHEADING.match(line.text)
        if last == ".":
            return line.indent < head.indent or open_end
        if order and (line.text[0].isupper() or _SUBHEADING.match(head.text)):
            return False
        return open_end

    def _is_full(self, before: _Line, text: str) -> bool:
        """Tell whether the first word of `text` would not have fitted on the line `before`."""
        first = text.find(" ")
        word = first if first > 0 else len(text)
        return len(before.text) + 1 + word > 0.9 * self.width


def _is_broken(before: _Line, after: _Line, width: int) -> bool:
    """Tell whether a line was broken at the margin: long, unfinished, and the next begins small."""
    return (
        len(before.text) > 0.75 * width
        and before.text[-1] not in _TERMINAL
        and not after.blank_before
        and after.text[0].islower()
        and read_label(after.text[:24]) is None
        and not begins_with_order(after.text)
    )


def _goes_on(before: str, text: str) -> bool:
    """Tell by language alone whether `text` goes on with the unfinished line `before`."""
    if _DATED.match(text):
        return False
    formula = find_formula(text) if text.endswith((":", "*")) else None
    if formula is not None and formula.start == 0:
        return False
    if before[-1] == "," or _OPEN_WORD.search(before):
        return True
    if text[0].islower():
        return not (begins_with_order(text) or _SUBHEADING.match(text))
    return before.rfind("«") > before.rfind("»") and len(before) < 200


def _without_emphasis(text: str) -> str:
    """Return the head of a line without a bookmark and opening emphasis before its label."""
    if text[0] == "[" and (found := _LEFTOVER.match(text)):
        text = text[found.end() :]
    found = _EMPHASIS.match(text) if text[:1] and text[0] in "#>*_~`" else None
    return text[found.end() :] if found else text


def _paragraph_of(source: str, lines: Sequence[_Line], bare: frozenset[int]) -> Paragraph:
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
        found = _LEFTOVER.match(text)
        if found is not None:
            start = found.end()
            editorial.append(fragment.span(0, len(found.group().rstrip())))
    return _skip_emphasis(text, start, len(text))


def _skip_emphasis(text: str, start: int, end: int) -> int:
    """Return where words begin behind opening emphasis, unless it closes inside the paragraph."""
    if text[start : start + 1] not in ("#", ">", "*", "_", "~", "`"):
        return start
    found = _EMPHASIS.match(text, start, end)
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
