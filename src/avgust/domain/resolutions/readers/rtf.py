"""RTF, read token by token: paragraphs, cells, list numbers, letters of any code page.

striprtf gives words without structure: cells, numbers and bold are lost. The grammar of RTF is small:
groups in braces, control words, letters; destinations that are not text are skipped with their group.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import BlockKind, SourceDocument
from avgust.domain.resolutions.readers.assemble import Assembler, CellDraft, Look
from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.numbering import BULLET
from avgust.domain.resolutions.readers.rtf_state import Paragraph, Properties, State
from avgust.domain.resolutions.readers.rtf_words import SIGNS, SKIPPED, fonts

_ = mark

CUT_SHORT: Final = _("The file ends before its end; check that nothing is missing.")

_TOKEN: Final = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.I
)
_DEEPEST: Final = 500
_TWIPS: Final = 20.0


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of an RTF file."""
    reader = RtfReader(data)
    reader.run()
    return reader.out.document("rtf", encoding=reader.codepage)


class RtfReader:
    """A stack of states over one paragraph, one row and one footnote in the making."""

    def __init__(self, data: bytes) -> None:
        self.out = Assembler()
        self.codepage = "cp1252"
        self._data = data
        self._fonts = fonts(data)
        self._state = State()
        self._stack: list[State] = []
        self._properties = Properties()
        self._paragraph = Paragraph()
        self._cell: list[tuple[str, bool]] = []
        self._row: list[list[tuple[str, bool]]] = []
        self._merged: list[str] = []  # for every cell defined in the row: "", "first", "next"
        self._merge = ""
        self._header = False
        self._table: int | None = None
        self._rows = 0
        self._footnote: list[str] = []
        self._bytes = bytearray()
        self._skip = 0  # stand-ins of a \\u still to be left out
        self._surrogate = ""
        self._optional = False

    def run(self) -> None:
        """Read the whole file."""
        at = 0
        while found := _TOKEN.match(self._data, at):
            at = found.end()
            word, number, code, sign, brace, text = found.groups()
            if code:
                self._letter_code(bytes((int(code, 16),)))
            elif text:
                self._plain(text)
            elif word:
                name = word.decode("ascii")
                if name == "bin" and number:
                    at += max(int(number), 0)
                else:
                    self._word(name, None if number is None else int(number))
            elif brace:
                self._brace(brace)
            elif sign:
                self._sign(sign)
        if self._stack:
            self.out.note(Message(CUT_SHORT))
            self._state = State()
        self._end_paragraph()
        self._end_row()

    # ── tokens ──

    def _brace(self, brace: bytes) -> None:
        self._flush_bytes()
        self._skip = 0
        self._optional = False
        if brace == b"{":
            if len(self._stack) > _DEEPEST:
                raise ReadError("too_deep")
            self._stack.append(self._state)
            return
        before = self._state
        if self._stack:
            self._state = self._stack.pop()
        if before.target == "footnote" and self._state.target != "footnote":
            self.out.footnote("".join(self._footnote))
            self._footnote.clear()

    def _plain(self, text: bytes) -> None:
        if self._skip:
            left_out = min(self._skip, len(text))
            self._skip -= left_out
            text = text[left_out:]
        if not self._state.skipped:
            self._bytes += text

    def _letter_code(self, letter: bytes) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._state.skipped:
            self._bytes += letter

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._optional = True
            return
        printed = {b"~": "\u00a0", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}.get(sign)
        if printed is not None:
            self._flush_bytes()
            self._add(printed)
        elif sign in (b"\n", b"\r"):
            self._word("par", None)

    def _word(self, name: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        if name == "u" and number is not None:
            self._unicode(number)
            return
        self._flush_bytes()
        if name in SKIPPED or (optional and name not in ("listtext", "pntext", "shpinst", "shptxt")):
            self._state = replace(self._state, skipped=True)
        elif name in SIGNS:
            self._add(SIGNS[name])
        elif (action := _ACTIONS.get(name)) is not None:
            action(self, number)

    def _unicode(self, number: int) -> None:
        self._flush_bytes()
        letter = chr(number % 65536)
        if "\ud800" <= letter <= "\udbff":
            self._surrogate = letter
        elif "\udc00" <= letter <= "\udfff":
            if self._surrogate:
                pair = (self._surrogate + letter).encode("utf-16-le", "surrogatepass")
                self._add(pair.decode("utf-16-le", "replace"))
            self._surrogate = ""
        else:
            self._add("•" if "\ue000" <= letter <= "\uf8ff" else letter)
        self._skip = self._state.fallback

    # ── words ──

    def _flush_bytes(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font) or self.codepage
            text = bytes(self._bytes).decode(encoding, "replace")
            self._bytes.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        state = self._state
        if state.skipped or state.hidden or state.deleted:
            return
        if state.target == "footnote":
            self._footnote.append(text)
        elif state.target == "label":
            self._paragraph.label += text
        else:
            letters = sum(map(str.isalpha, text))
            self._paragraph.letters += letters
            self._paragraph.bold_letters += letters if state.bold else 0
            self._paragraph.pieces.append(text)

    # ── paragraphs, cells, rows ──

    def _end_paragraph(self) -> None:
        self._flush_bytes()
        if self._state.target == "footnote":
            self._footnote.append("\n")
            return
        made, self._paragraph = self._paragraph, Paragraph()
        text = "".join(made.pieces).strip()
        label = " ".join(made.label.split())
        if label and not any(map(str.isalnum, label)):
            label = BULLET if text else ""
        whole = f"{label} {text}".strip() if label else text
        bold = 0 < made.letters == made.bold_letters
        if self._properties.in_table:
            self._cell.append((whole, bold or not made.letters))
            return
        self._end_row()
        if whole:
            self._table = None
            self.out.paragraph(whole, self._look(bold, label or None))

    def _look(self, bold: bool, label: str | None) -> Look:
        properties = self._properties
        return Look(
            kind=BlockKind.HEADING if properties.heading else BlockKind.PARAGRAPH,
            level=properties.heading or (properties.level if label else None),
            auto_label=label,
            bold=bold,
            centered=properties.centered,
            indent=properties.indent,
        )

    def _end_cell(self) -> None:
        self._properties.in_table = True
        self._end_paragraph()
        self._row.append([(text, bold) for text, bold in self._cell if text])
        self._cell = []

    def _end_row(self) -> None:
        if self._cell:
            self._row.append([(text, bold) for text, bold in self._cell if text])
            self._cell = []
        if not self._row:
            return
        if self._table is None:
            self._table, self._rows = self.out.new_table(), 0
        worded = [cell for cell in self._row if cell]
        bold = len(worded) > 1 and all(is_bold for cell in worded for _text, is_bold in cell)
        header = self._header or (self._rows == 0 and bold)
        kinds = self._merged + [""] * len(self._row)
        drafts = [
            CellDraft("\n".join(t for t, _b in cell), at, 1, header, kinds[at] == "down")
            for at, cell in enumerate(self._row)
        ]
        self.out.row(_spread(drafts, kinds), self._table)
        self._row = []
        self._rows += 1

    # ── what control words do ──

    def set_state(self, **changes: bool | int | str) -> None:
        """Change what the group says of its letters."""
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def set_properties(self, **changes: bool | float | int | None) -> None:
        """Change the paragraph; those of labels and footnotes have no look of their own."""
        if self._state.target == "body" and not self._state.skipped:
            self._properties = replace(self._properties, **changes)  # type: ignore[arg-type]

    def reset_paragraph(self) -> None:
        """Begin a paragraph without properties."""
        if self._state.target == "body" and not self._state.skipped:
            self._properties = Properties()

    def set_codepage(self, number: int) -> None:
        """Take the code page of the whole file, where Python knows it."""
        try:
            self.codepage = codecs.lookup(f"cp{number}").name
        except LookupError:
            return

    def end(self, what: str) -> None:
        """End a paragraph, cell or row, unless the group is no text."""
        if self._state.skipped:
            return
        if what == "paragraph" or self._state.target != "body":
            self._end_paragraph()
        elif what == "cell":
            self._end_cell()
        else:
            self._end_row()

    def define_row(self) -> None:
        """Begin the definition of a row."""
        self._merged, self._merge, self._header = [], "", False

    def define_merge(self, kind: str) -> None:
        """Say that the cell to be defined goes on from above ("down") or from the left ("across")."""
        self._merge = kind

    def define_cell(self) -> None:
        """End the definition of a cell."""
        self._merged.append(self._merge)
        self._merge = ""

    def define_head(self) -> None:
        """Say that the row repeats on every page."""
        self._header = True


Action = Callable[[RtfReader, int | None], None]
_ACTIONS: Final[dict[str, Action]] = {
    "ansicpg": lambda reader, n: reader.set_codepage(n or 1252),
    "pc": lambda reader, _n: reader.set_codepage(437),
    "pca": lambda reader, _n: reader.set_codepage(850),
    "b": lambda reader, n: reader.set_state(bold=n != 0),
    "v": lambda reader, n: reader.set_state(hidden=n != 0),
    "deleted": lambda reader, n: reader.set_state(deleted=n != 0),
    "f": lambda reader, n: reader.set_state(font=n or 0),
    "uc": lambda reader, n: reader.set_state(fallback=min(max(n or 0, 0), 100)),
    "plain": lambda reader, _n: reader.set_state(bold=False, hidden=False),
    "footnote": lambda reader, _n: reader.set_state(target="footnote"),
    "listtext": lambda reader, _n: reader.set_state(target="label"),
    "pntext": lambda reader, _n: reader.set_state(target="label"),
    "pard": lambda reader, _n: reader.reset_paragraph(),
    "qc": lambda reader, _n: reader.set_properties(centered=True),
    "ql": lambda reader, _n: reader.set_properties(centered=False),
    "qr": lambda reader, _n: reader.set_properties(centered=False),
    "qj": lambda reader, _n: reader.set_properties(centered=False),
    "li": lambda reader, n: reader.set_properties(indent=max((n or 0) / _TWIPS, 0.0)),
    "intbl": lambda reader, _n: reader.set_properties(in_table=True),
    "ilvl": lambda reader, n: reader.set_properties(level=min(max(n or 0, 0), 8)),
    "outlinelevel": lambda reader, n: reader.set_properties(
        heading=(n or 0) + 1 if 0 <= (n or 0) < 9 else None
    ),
    "par": lambda reader, _n: reader.end("paragraph"),
    "sect": lambda reader, _n: reader.end("paragraph"),
    "cell": lambda reader, _n: reader.end("cell"),
    "nestcell": lambda reader, _n: reader.end("paragraph"),
    "row": lambda reader, _n: reader.end("row"),
    "trowd": lambda reader, _n: reader.define_row(),
    "cellx": lambda reader, _n: reader.define_cell(),
    "clvmrg": lambda reader, _n: reader.define_merge("down"),
    "clmrg": lambda reader, _n: reader.define_merge("across"),
    "trhdr": lambda reader, _n: reader.define_head(),
}


def _spread(drafts: list[CellDraft], kinds: list[str]) -> list[CellDraft]:
    """Give a cell the columns of the cells merged into it from the right."""
    out: list[CellDraft] = []
    for draft, kind in zip(drafts, kinds, strict=False):
        if kind == "across" and out:
            out[-1] = replace(out[-1], colspan=out[-1].colspan + 1)
        else:
            out.append(draft)
    return out
