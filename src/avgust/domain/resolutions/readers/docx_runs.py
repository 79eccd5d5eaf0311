"""The words of a DOCX paragraph as printed: changes accepted, fields by their result, no hidden text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from avgust.domain.resolutions.readers.docx_package import MC, W, attribute, switch, value_of
from avgust.domain.resolutions.readers.docx_styles import ParagraphStyle, Styles
from avgust.domain.resolutions.readers.markup import Element

_M_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATE: Final = f"{MC}AlternateContent"
_BOX: Final = f"{W}txbxContent"

# What an accepted document does not print: deletions, origins of moves, instructions, properties.
_DROPPED: Final = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr",
        "smartTagPr", "customXmlPr", "rt", "rubyPr", "commentReference", "annotationRef", "footnoteRef",
        "endnoteRef", "fldData", "pgNum",
    )
)  # fmt: skip
_SIGNS: Final = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}
_NOTES: Final = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_DRAWN: Final = frozenset((W + "drawing", W + "pict", W + "object"))


@dataclass
class Line:
    """The content of a paragraph."""

    pieces: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnotes", id)
    boxes: list[Element] = field(default_factory=list)  # text boxes that hang on the paragraph

    @property
    def text(self) -> str:
        """The printed words."""
        return "".join(self.pieces)

    @property
    def bold(self) -> bool:
        """Whether all letters are bold."""
        return 0 < self.letters == self.bold_letters

    def add(self, text: str, *, bold: bool) -> None:
        """Add words; letters are counted to know whether all are bold."""
        letters = sum(map(str.isalpha, text))
        self.letters += letters
        self.bold_letters += letters if bold else 0
        self.pieces.append(text)

    def extend(self, other: Line) -> None:
        """Add the content of the paragraph below, when the mark between the two was deleted."""
        self.pieces.extend(other.pieces)
        self.letters += other.letters
        self.bold_letters += other.bold_letters
        self.notes.extend(other.notes)
        self.boxes.extend(other.boxes)


class Runs:
    """Reads runs; remembers open fields, which may span paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # for every open field: are we still in its instruction?

    def read(self, paragraph: Element, style: ParagraphStyle) -> Line:
        """Return the content of `paragraph`."""
        line = Line()
        self._container(paragraph, style, line)
        return line

    def _container(self, parent: Element, style: ParagraphStyle, line: Line) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, style, line)
            elif tag == _ALTERNATE:
                self._container(chosen(child), style, line)
            elif tag == _M_TEXT:
                line.add(child.text or "", bold=False)
            elif tag not in _DROPPED:
                self._container(child, style, line)

    def _run(self, run: Element, style: ParagraphStyle, line: Line) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self._on(properties, "vanish", style.hidden)
        bold = self._on(properties, "b", style.bold, default=self._styles.default_bold)
        self._content(run, line, hidden=hidden, bold=bold)

    def _content(self, parent: Element, line: Line, *, hidden: bool, bold: bool) -> None:
        for child in parent:
            tag = str(child.tag)
            if tag == W + "fldChar":
                self._field(attribute(child, "fldCharType"))
            elif tag in _DRAWN:
                line.boxes.extend(boxes_in(child))
            elif tag == _ALTERNATE:
                self._content(chosen(child), line, hidden=hidden, bold=bold)
            elif hidden or tag in _DROPPED or any(self._fields):
                continue
            elif tag == W + "t":
                line.add(child.text or "", bold=bold)
            elif tag in _SIGNS:
                line.pieces.append(_SIGNS[tag])
            elif tag == W + "sym":
                line.pieces.append(symbol(attribute(child, "char")))
            elif tag in _NOTES:
                line.notes.append((_NOTES[tag], attribute(child, "id") or ""))
            elif tag in (W + "ruby", W + "rubyBase") or tag == W + "r":
                self._content(child, line, hidden=hidden, bold=bold)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _on(
        self, properties: Element | None, name: str, inherited: bool | None, *, default: bool = False
    ) -> bool:
        """Return an on/off property: the run's own, its character style's, the paragraph's, the default."""
        own = switch(properties, name)
        if own is None:
            own = self._styles.character(value_of(properties, "rStyle"), name)
        if own is None:
            own = inherited
        return default if own is None else own


def chosen(alternate: Element) -> Element:
    """Return the one branch of mc:AlternateContent that is read; its twin says the same again."""
    for name in ("Choice", "Fallback"):
        if (branch := alternate.find(MC + name)) is not None:
            return branch
    return alternate


def boxes_in(drawing: Element) -> list[Element]:
    """Return the text boxes of a drawing, in order, each once."""
    found: list[Element] = []
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        if element.tag == _BOX:
            found.append(element)
        elif element.tag == _ALTERNATE:
            waiting.append(chosen(element))
        else:
            waiting.extend(reversed(element))
    return found


def symbol(code: str | None) -> str:
    """Return the sign of a symbol font; those fonts put marks of lists where Unicode has no letters."""
    try:
        letter = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= letter <= "\uf8ff" else letter
