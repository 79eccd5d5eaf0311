"""The values that travel along the pipeline: blocks → sections → clauses → fields → findings.

Every value that says something about the text carries its `Span` in `SourceDocument.text`, the name of
the rule that said it and a confidence between 0 and 1. All values are immutable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from avgust.domain.messages import Message


class Span(NamedTuple):
    """A half-open range of characters in `SourceDocument.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]


# ── 1. Blocks: what a reader returns ──────────────────────────────────────────────────────────────


class BlockKind(StrEnum):
    """What a block was in its file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # a heading style of the file; plain-text headings are found by structure
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row. `text == document.text[span.start:span.end]`."""

    text: str
    span: Span
    column: int  # index of the first grid column, from 0
    colspan: int = 1
    header: bool = False  # the row repeats as a header in its file, or is printed bold as the first row
    continued: bool = False  # vertically merged with the cell above; `text` repeats nothing


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a footnote or a row of a table, in reading order.

    `text == document.text[span.start:span.end]`. An automatic number or bullet of the file is part of
    the text, as it is printed ("1.1. Провести …", "- провести …"), and `auto_label` says that the
    reader computed it. Cells of a row are parted by a tab, lines inside a cell by a newline.
    """

    kind: BlockKind
    text: str
    span: Span
    level: int | None = None  # outline level of a heading (1…9) or of a list item (0…8)
    auto_label: str | None = None
    bold: bool = False  # all letters are bold
    centered: bool = False
    indent: float = 0.0  # left edge in points, where the format knows it
    cells: tuple[Cell, ...] = ()
    table: int | None = None  # running number of the table, from 0
    page: int | None = None  # from 1, where the format has pages


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as read: its canonical text and the blocks that lie in it, in order, not overlapping.

    For plain text the canonical text is the decoded file with newlines normalised to line feeds; for every
    other format it is the blocks' texts, each followed by a newline.
    """

    text: str
    blocks: tuple[Block, ...]
    format: str  # "docx", "odt", "pdf", "rtf", "html", "txt", "doc"
    encoding: str | None = None
    pages: int | None = None
    notes: tuple[Message, ...] = ()  # what the reader left out or repaired, for the user


# ── 2. Structure: parts, sections, clauses ────────────────────────────────────────────────────────


class PartKind(StrEnum):
    """What a stretch of the text is. The parts of a resolution cover its whole text."""

    HEADER = "header"  # title, place, date, number: everything before the preamble
    PREAMBLE = "preamble"  # includes lists that report the past
    RESOLVING = "resolving"  # «участники конференции РЕШИЛИ:»
    HEADING = "heading"  # a heading, addressee section or lead; no measure itself
    CLAUSE = "clause"  # a measure
    FIELD = "field"  # a line of its own that belongs to the clause above: «Срок: …», «01.09.2019»
    NOTING = "noting"  # taking note: «Принять к сведению …», «Одобрить опыт …»
    CONTROL = "control"  # «Контроль за исполнением … возложить на …»
    IN_FORCE = "in_force"  # «Настоящий приказ вступает в силу …»
    REPEAL = "repeal"  # «Признать утратившим силу …»
    APPROVAL = "approval"  # «Утвердить прилагаемый план …»
    EDITORIAL = "editorial"  # publishing, notes of an editor, bookmarks left by an office program
    PERSONS = "persons"  # members of a commission «в составе: …»
    ANNEX_NORM = "annex_norm"  # text of an annexed regulation
    TABLE_HEAD = "table_head"
    SIGNATURE = "signature"  # who signed, agreement marks, «Приложение к …» captions
    UNTAKEN = "untaken"  # what no rule took


MEASURES = frozenset({PartKind.CLAUSE})


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading or lead that governs clauses below it."""

    text: str  # single white space, with its printed number: "1. Отделу образования …:"
    label: str | None
    span: Span
    level: int
    question: bool = False  # of minutes: what was heard; it charges nobody and sets no deadline


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A line or table cell printed beside a clause that states one of its fields.

    `role` is "deadline", "executor", "result", "controller" or "note"; `text` is without its caption
    («Срок:»), single white space.
    """

    role: str
    text: str
    span: Span
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class RawClause:
    """A clause as structure sees it, before its fields are read.

    `text` is verbatim with single white space, without label, bullet and closing mark; `span` covers
    the same words in the source (from the first to the last character of the clause's own words).
    """

    label: str | None  # "1.3", "а", None for bullets and unmarked lines
    text: str
    span: Span
    full_span: Span  # with label, bullet and closing mark
    headings: tuple[Heading, ...]  # outermost first
    kind: PartKind
    rule: str  # the name of the rule that made it a clause of this kind
    confidence: float
    lines: tuple[FieldLine, ...] = ()  # own lines and table columns
    printed_as: str = "point"  # "point", "bullet", "line", "row"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the source and what it is."""

    kind: PartKind
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the header says: title, territory, date of adoption, school year."""

    value: str
    text: str
    span: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Header:
    """What the top (or the foot) of the document says about the document itself."""

    title: Fact | None = None
    genre: str = "resolution"  # resolution | order | decree | plan | minutes | letter | other
    territory: Fact | None = None
    adopted: Fact | None = None  # value is an ISO date
    number: Fact | None = None
    school_year: Fact | None = None  # value is "2025/2026"


@dataclass(frozen=True, slots=True)
class Structure:
    """The skeleton of a document."""

    header: Header
    clauses: tuple[RawClause, ...]  # measures and other kinds, in the order of the text
    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]  # in order, not overlapping; together they cover every printed character


# ── 3. Fields ─────────────────────────────────────────────────────────────────────────────────────


class AddresseeForm(StrEnum):
    """A named body, or a role that many organisations or people have."""

    BODY = "body"
    ROLE = "role"


class Relation(StrEnum):
    """What the addressee has to do with the clause."""

    EXECUTOR = "executor"  # ответственный исполнитель
    CO_EXECUTOR = "co_executor"  # соисполнитель: «совместно с …»
    PARTNER = "partner"  # «с привлечением», «при участии», «по согласованию с»: does not answer
    CONTROLLER = "controller"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who must act, in the nominative, as a register would list it."""

    name: str
    form: AddresseeForm
    relation: Relation
    text: str  # as printed
    span: Span
    rule: str
    confidence: float
    inherited: bool = False  # from a heading


class DeadlineKind(StrEnum):
    """How a deadline binds."""

    DATE = "date"
    INTERVAL = "interval"
    RECURRING = "recurring"
    PERMANENT = "permanent"
    RELATIVE = "relative"
    CONDITIONAL = "conditional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a clause must be done. Both ends are inclusive.

    A compound deadline («до 15.10.2016, далее ежегодно до 31 декабря») is its first part; `then` holds
    what follows. `every` and `offset` are ISO 8601 durations ("P1M", "P3M", "P7D").
    """

    kind: DeadlineKind = DeadlineKind.NONE
    start: date | None = None
    end: date | None = None
    text: str | None = None  # as printed
    span: Span | None = None
    rule: str = ""
    confidence: float = 1.0
    inherited: bool = False
    inferred: tuple[str, ...] = ()  # what was not printed: "year", "century", "month"
    every: str | None = None  # recurring
    day_of_period: str | None = None  # recurring: "25" (of month), "12-31" (of year)
    offset: str | None = None  # relative
    working: bool = False  # relative: the days of `offset` are working days
    event: str | None = None  # relative, conditional: "со дня подписания", «по мере необходимости»
    then: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable quantity that a clause demands."""

    text: str
    comparator: str  # ">=", "<=", "=", ">", "<", "+" (by how much), "x" (how many times)
    value: float
    unit: str  # "%", "раз", "человек", …; as printed, in the genitive plural where printed so
    of: str | None  # population: «педагогов в возрасте до 35 лет»
    span: Span
    rule: str
    confidence: float


class ReferenceKind(StrEnum):
    """What a reference names."""

    LAW = "law"
    PROJECT = "project"
    PROGRAMME = "programme"
    SYSTEM = "system"
    PROCEDURE = "procedure"
    URL = "url"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Reference:
    """An act, project, programme, system, procedure, address or document named by a clause."""

    kind: ReferenceKind
    text: str
    span: Span
    rule: str
    confidence: float
    number: str | None = None
    dated: date | None = None


class Theme(StrEnum):
    """The thirteen themes of the mission."""

    QUALITY = "quality"
    STAFF = "staff"
    TALENT = "talent"
    GUIDANCE = "guidance"
    INCLUSION = "inclusion"
    PRESCHOOL = "preschool"
    ADDITIONAL = "additional"
    UPBRINGING = "upbringing"
    DIGITAL = "digital"
    SAFETY = "safety"
    MEALS = "meals"
    GOVERNANCE = "governance"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class ThemeGuess:
    """The theme of a clause with the words that decided."""

    theme: Theme
    confidence: float
    rule: str
    evidence: tuple[Span, ...] = ()
    runner_up: Theme | None = None


# ── 4. Findings and the whole ─────────────────────────────────────────────────────────────────────


class Severity(StrEnum):
    """How bad a defect of the text is. `SEVERE` stops adoption until a person decides."""

    SEVERE = "severe"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that would cure a finding. `field` names the field of the clause, `value` its new text."""

    label: Message
    field: str | None = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect of the text, for its author."""

    kind: str  # "deadline.past", "addressee.missing", …: the name of its file and rule
    severity: Severity
    span: Span
    message: Message  # what is wrong here, one sentence
    explanation: Message  # why it matters
    mends: tuple[Mend, ...] = ()
    clause: int | None = None  # n of the clause, None for the document
    other: int | None = None  # n of the other clause (duplicates)
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """A separately controllable measure with its fields."""

    n: int  # running number among measures, from 1
    label: str | None
    text: str
    span: Span
    full_span: Span
    headings: tuple[Heading, ...]
    addressees: tuple[Addressee, ...] = ()  # executors and co-executors
    partners: tuple[Addressee, ...] = ()  # partners and controllers: they do not answer
    deadline: Deadline = field(default_factory=Deadline)
    targets: tuple[Target, ...] = ()
    references: tuple[Reference, ...] = ()
    theme: ThemeGuess | None = None
    result: str | None = None  # the «Результат» column or line
    rule: str = ""
    confidence: float = 1.0
    printed_as: str = "point"
    lines: tuple[FieldLine, ...] = ()

    @property
    def section(self) -> tuple[str, ...]:
        """Printed headings and leads that govern the clause, outermost first."""
        return tuple(heading.text for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A parsed document: the whole output of the pipeline."""

    document: SourceDocument
    header: Header
    clauses: tuple[Clause, ...]
    others: tuple[RawClause, ...]  # recognised clauses that are no measures
    headings: tuple[Heading, ...]
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def untaken(self) -> tuple[Part, ...]:
        """What no rule took."""
        return tuple(part for part in self.parts if part.kind is PartKind.UNTAKEN)


@dataclass(frozen=True, slots=True)
class EarlierClause:
    """A clause of an earlier resolution of the same territory, for overlaps across years."""

    document: str  # title with year
    label: str | None
    text: str
    adopted: date | None = None
