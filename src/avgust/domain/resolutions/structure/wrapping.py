"""How the lines of a document were broken, and which of them go on with the line above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from avgust.domain.resolutions.model import Block, BlockKind, Span
from avgust.domain.resolutions.structure.labels import LabelKind, read_label
from avgust.domain.resolutions.structure.own_lines import is_caption, is_own_line
from avgust.domain.resolutions.structure.resolving import find_formula
from avgust.domain.resolutions.structure.verbs import begins_with_order

LEFTOVER: Final = re.compile(r"\[(?:bookmark|закладка|footnote|image|рисунок)\b[^\]]*\]\s*", re.IGNORECASE)
EMPHASIS: Final = re.compile(r"(?:#{1,6}\s|>\s|\*{2,}|_{2,}|[*_~`](?=[^\s*_]))+\s*")
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
_YEAR_END: Final = re.compile(r"\d\s?г\.$")
_PLACE: Final = re.compile(r"(?:г|с|п|пос|рп|пгт|ст)\.\s?[А-ЯЁ]")
_DATED: Final = re.compile(r"(?:от )?\d|№")
_WRAP_WIDTH: Final = 130
_WRAP_SHARE: Final = 0.2


@dataclass(slots=True)
class Line:
    """A physical line; `text` is stripped."""

    block: Block
    span: Span
    text: str
    indent: int
    blank_before: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a document were broken: at a width, or only where paragraphs end."""

    wrapped: bool
    width: int
    bullet: str = ""  # the sign that most bullets have
    own_lines: bool = True  # lines of dates stand below points that end before the margin

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Tell the habits of a document from all its lines."""
        lengths = sorted(len(line.text) for line in lines)
        if len(lengths) < 4:
            return cls(False, 0)
        width = lengths[int(len(lengths) * 0.95) - 1]
        if width > _WRAP_WIDTH or lengths[-1] > 2 * width:
            return cls(False, width)
        pairs = list(pairwise(lines))
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

    def joins(self, before: Line, line: Line, head: Line) -> bool:
        """Tell whether `line` goes on with the paragraph that began at `head` and holds `before`."""
        if line.block.kind is not before.block.kind or line.block.kind is BlockKind.FOOTNOTE:
            return False
        if line.block.kind is BlockKind.HEADING and line.block is not before.block:
            return False
        text, last = line.text, before.text[-1]
        open_end = last not in _TERMINAL and not before.text.endswith(("**", "__"))
        abbreviated = before.text.endswith(_OPEN_ABBREVIATIONS) and not _YEAR_END.search(before.text)
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
            quoted = before.text.rfind("«") > before.text.rfind("»")
            return self._goes_over(last, open_end or quoted, line, head)
        if not open_end or is_own_line(text) or is_own_line(before.text):
            return False
        return _goes_on(before.text, text)

    def _goes_over(self, last: str, open_end: bool, line: Line, head: Line) -> bool:
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

    def _is_full(self, before: Line, text: str) -> bool:
        """Tell whether the first word of `text` would not have fitted on the line `before`."""
        first = text.find(" ")
        word = first if first > 0 else len(text)
        return len(before.text) + 1 + word > 0.9 * self.width


def _is_broken(before: Line, after: Line, width: int) -> bool:
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
    if before[-1] == "," or (_OPEN_WORD.search(before) and not _YEAR_END.search(before)):
        return True
    if _PLACE.match(text):
        return False
    if text[0].islower():
        return not (begins_with_order(text) or _SUBHEADING.match(text))
    return before.rfind("«") > before.rfind("»") and len(before) < 200


def _without_emphasis(text: str) -> str:
    """Return the head of a line without a bookmark and opening emphasis before its label."""
    if text[0] == "[" and (found := LEFTOVER.match(text)):
        text = text[found.end() :]
    found = EMPHASIS.match(text) if text[:1] and text[0] in "#>*_~`" else None
    return text[found.end() :] if found else text
