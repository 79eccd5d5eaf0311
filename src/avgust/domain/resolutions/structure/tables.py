"""Plans of measures printed as tables: a row is a clause, its other columns are its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Cell, FieldLine, Heading, PartKind, Span
from avgust.domain.resolutions.structure.cells import cell_lines, lines_for, plain
from avgust.domain.resolutions.structure.columns import (
    Columns,
    is_index_row,
    is_numeral,
    read_columns,
    row_texts,
)
from avgust.domain.resolutions.structure.draft import Draft, OpenClause
from avgust.domain.resolutions.structure.kinds import classify
from avgust.domain.resolutions.structure.labels import read_label
from avgust.domain.resolutions.structure.lines import Paragraph, Row, read_paragraph
from avgust.domain.resolutions.structure.verbs import begins_with_order

_FIELDS: Final = ("deadline", "executor", "result", "controller", "note")
_LONGEST_SECTION: Final = 300


@dataclass(slots=True)
class _Measure:
    """A measure printed in a cell."""

    label: str | None
    words: Span
    full: Span
    lead: Heading | None = None


@dataclass(slots=True)
class TableReader:
    """Reads tables one after another; a table without a head goes on with the columns of the one above."""

    draft: Draft
    _columns: Columns | None = None
    _sections: list[tuple[str, Heading]] = field(default_factory=list)
    _group: Heading | None = None
    _last: list[OpenClause] = field(default_factory=list)
    _above: dict[int, FieldLine] = field(default_factory=dict)
    _fresh: bool = False

    def read(self, rows: Sequence[Row], outer: tuple[Heading, ...]) -> bool:
        """Read a table that is a plan; False, with nothing taken, when it is something else."""
        columns = read_columns(rows)
        if columns is None or (not columns.printed and self._goes_on(rows)):
            columns = self._columns if self._goes_on(rows) else None
            skip = 0
        else:
            skip = columns.skip
            self._sections, self._group, self._last, self._above = [], None, [], {}
        if columns is None:
            return False
        self._columns = columns
        for row in rows[:skip]:
            self._take_head(row, columns, outer)
        for at in range(skip, len(rows)):
            self._read_row(rows[at], rows[at + 1] if at + 1 < len(rows) else None, columns, outer)
        return True

    def _goes_on(self, rows: Sequence[Row]) -> bool:
        if self._columns is None or not rows:
            return False
        return (
            max(cell.column + cell.colspan for row in rows[:20] for cell in row.block.cells)
            == self._columns.width
        )

    def _take_head(self, row: Row, columns: Columns, outer: tuple[Heading, ...]) -> None:
        filled = [cell for cell in row.block.cells if cell.text.strip()]
        if len(filled) == 1 and row_texts(row) not in columns.heads:
            self._take_section(filled[0], outer)
            return
        for cell in filled:
            self.draft.take_span(PartKind.TABLE_HEAD, cell.span, "table.head")

    def _read_row(self, row: Row, below: Row | None, columns: Columns, outer: tuple[Heading, ...]) -> None:
        filled = [cell for cell in row.block.cells if cell.text.strip()]
        if row_texts(row) in columns.heads or is_index_row(row):
            for cell in filled:
                self.draft.take_span(PartKind.TABLE_HEAD, cell.span, "table.head_again")
        elif not filled:
            return
        elif self._is_section(row, filled, below, columns):
            self._take_section(next(cell for cell in filled if not is_numeral(cell.text)), outer, filled)
        else:
            self._take_row(row, columns, outer)

    # ── sections ──────────────────────────────────────────────────────────────────────────────────

    def _is_section(self, row: Row, filled: Sequence[Cell], below: Row | None, columns: Columns) -> bool:
        """Tell whether a row is a heading inside the table: one cell of words, perhaps behind its number."""
        if any(cell.continued for cell in row.block.cells) and len(filled) > 1:
            return False
        worded = [cell for cell in filled if not is_numeral(cell.text)]
        if len(worded) != 1:
            return False
        cell = worded[0]
        if len(cell.text) > _LONGEST_SECTION:  # «В целях …» across the table may be as long as it likes
            return cell.colspan >= columns.width > 1 and not begins_with_order(cell.text)
        if len(filled) == 1:
            merged = cell.colspan > 1 or len(row.block.cells) == 1
            return (merged and columns.width > 1) or columns.role(cell) != "measure"
        if begins_with_order(cell.text) or columns.field_count == 0 or columns.role(cell) != "measure":
            return False
        number = next(c for c in filled if c is not cell).text.strip().rstrip(".)")
        inner = below.block.cells[0].text.strip() if below is not None and below.block.cells else ""
        return cell.colspan > 1 or inner.startswith(number + ".") or not number[:1].isdigit()

    def _take_section(self, cell: Cell, outer: tuple[Heading, ...], filled: Sequence[Cell] = ()) -> None:
        number = next((c for c in filled if c is not cell and c.span.end <= cell.span.start), None)
        start = number.span.start if number is not None else cell.span.start
        fragment = Fragment.of(self.draft.source, Span(start, cell.span.end))
        text = fragment.text.replace("**", "").strip(" |")
        label = read_label(text)
        style = label.kind.value + str(label.depth) if label is not None else "plain"
        known = next((n for n, (other, _) in enumerate(self._sections) if other == style), None)
        if known is not None:
            del self._sections[known:]
        elif not self._fresh:
            self._sections.clear()
        heading = Heading(
            text, label.printed if label else None, fragment.origin, len(outer) + len(self._sections)
        )
        del self._sections[3:]
        self._sections.append((style, heading))
        self._fresh, self._group = True, None
        self.draft.headings.append(heading)
        for taken in filled or (cell,):
            self.draft.take_span(PartKind.HEADING, taken.span, "heading.table_section")

    # ── rows ──────────────────────────────────────────────────────────────────────────────────────

    def _take_row(self, row: Row, columns: Columns, outer: tuple[Heading, ...]) -> None:
        by_role: dict[str, list[Cell]] = {}
        for cell in row.block.cells:
            by_role.setdefault(columns.role(cell), []).append(cell)
        measure = next(iter(by_role.get("measure", ())), None)
        number = next((cell for cell in by_role.get("number", ()) if cell.text.strip()), None)
        self._take_group(by_role.get("group", ()), outer)
        headings = (
            *outer,
            *(heading for _, heading in self._sections),
            *((self._group,) if self._group else ()),
        )
        if measure is not None and measure.text.strip():
            found = self._measures(measure, number, by_role, headings)
            self._last = [self._clause(one, headings) for one in found]
            self._fresh = False
            self._above = {column: line for column, line in self._above.items() if _goes_down(row, column)}
            kinds = {clause.kind for clause in self._last}
            kind = kinds.pop() if len(kinds) == 1 else PartKind.CLAUSE
        else:
            kind = (
                PartKind.CLAUSE
                if self._last and measure is not None and measure.continued
                else PartKind.TABLE_HEAD
            )
        self._take_cells(row, columns, kind, measure)

    def _take_group(self, cells: Sequence[Cell], outer: tuple[Heading, ...]) -> None:
        for cell in cells:
            if cell.text.strip():
                fragment = Fragment.of(self.draft.source, cell.span)
                self._group = Heading(fragment.text, None, fragment.origin, len(outer) + len(self._sections))
                self.draft.headings.append(self._group)

    def _take_cells(self, row: Row, columns: Columns, kind: PartKind, measure: Cell | None) -> None:
        """Say what each cell is, in order; give fields to the row's clauses."""
        for cell in row.block.cells:
            role = columns.role(cell)
            if role in _FIELDS or (role not in ("number", "measure", "group") and cell.text.strip()):
                self._give(cell, role if role in _FIELDS else "note")
            if not cell.text.strip():
                continue
            if role == "measure" and cell is measure:
                self.draft.take_span(kind, cell.span, "row.measure")
            elif role == "number":
                self.draft.take_span(kind, cell.span, "row.number")
            elif role == "group":
                self.draft.take_span(PartKind.HEADING, cell.span, "heading.table_group")
            else:
                self.draft.take_span(PartKind.FIELD, cell.span, f"field.column_{role}")

    def _give(self, cell: Cell, role: str) -> None:
        """Give a cell's field to the measures of the row: one line each where the counts agree."""
        if cell.continued and cell.column in self._above and not cell.text.strip():
            for clause in self._last:
                clause.lines.append(self._above[cell.column])
            return
        if not cell.text.strip() or not self._last:
            return
        whole = self._field(role, cell.span)
        if whole is None:
            return
        self._above[cell.column] = whole
        lines = lines_for(self.draft.source, cell, len(self._last))
        if 1 < len(self._last) == len(lines):
            for clause, line in zip(self._last, lines, strict=True):
                one = self._field(role, line.words)
                clause.lines.append(one if one is not None else whole)
        else:
            for clause in self._last:
                clause.lines.append(whole)

    def _field(self, role: str, span: Span) -> FieldLine | None:
        fragment = Fragment.of(self.draft.source, span)
        text = fragment.text.rstrip(" ;")
        return FieldLine(role, text, fragment.span(0, len(text))) if text.strip("-–—. ") else None

    def _clause(self, measure: _Measure, headings: tuple[Heading, ...]) -> OpenClause:
        body = Fragment.of(self.draft.source, measure.words).text
        kind, rule = classify(body, addressed=True, official=False)
        governed = (*headings, measure.lead) if measure.lead is not None else headings
        clause = OpenClause(
            measure.label, measure.words, measure.full, governed, kind, rule or "row.item", 0.95, "row",
        )  # fmt: skip
        self.draft.clauses.append(clause)
        return clause

    def _measures(
        self, cell: Cell, number: Cell | None, by_role: dict[str, list[Cell]], headings: tuple[Heading, ...]
    ) -> list[_Measure]:
        """Return the measures of a cell: numbered lines, bullets, or lines as many as there are dates."""
        label = number.text.strip().strip("().").replace(" ", "") if number is not None else None
        label = label if label and is_numeral(label) else None
        lines = cell_lines(self.draft.source, cell)
        marked = [line for line in lines if line.marked and line.body]
        first_is_own = bool(marked) and lines[0] is marked[0] and marked[0].marked_by_number
        if len(marked) > 1:
            return self._split(lines, headings)
        if len(lines) > 1 and not marked and self._dates_agree(lines, by_role):
            return [_Measure(label, line.words, line.span) for line in lines]
        whole = read_paragraph(self.draft.source, cell.span, plain(cell))
        if label is None and first_is_own and whole.label is not None:
            label = whole.label.printed
        full = cell.span
        if number is not None and number.span.end <= cell.span.start:
            between = self.draft.source[number.span.end : cell.span.start]
            full = Span(number.span.start, cell.span.end) if not between.strip(" \t\n|") else cell.span
        return [_Measure(label, whole.words, full)] if whole.body else []

    def _dates_agree(self, lines: Sequence[Paragraph], by_role: dict[str, list[Cell]]) -> bool:
        """Whether unmarked lines of a cell are measures: each has its line in the column of dates."""
        if not all(line.body and line.body[0].isupper() for line in lines):
            return False
        dates = [cell for cell in by_role.get("deadline", ()) if cell.text.strip()]
        return any(len(lines_for(self.draft.source, cell, len(lines))) == len(lines) for cell in dates)

    def _split(self, lines: Sequence[Paragraph], headings: tuple[Heading, ...]) -> list[_Measure]:
        """Return a measure for each marked line; unmarked words above them are their lead."""
        found: list[_Measure] = []
        lead: Heading | None = None
        for line in lines:
            if not line.body:
                continue
            if line.label is not None:
                found.append(_Measure(line.label.printed, line.words, line.span, lead))
            elif not found:
                lead = Heading(line.text, None, line.span, len(headings))
                self.draft.headings.append(lead)
            elif line.body[0].islower():
                found[-1].words = Span(found[-1].words.start, line.words.end)
                found[-1].full = Span(found[-1].full.start, line.span.end)
            else:
                found.append(_Measure(None, line.words, line.span, lead))
        return found


def _goes_down(row: Row, column: int) -> bool:
    return any(cell.column == column and cell.continued for cell in row.block.cells)
