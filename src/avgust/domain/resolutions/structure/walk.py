"""The walk over a document: header, preamble, operative part, reports between, annexes, foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.fragment import Fragment, single_spaced
from avgust.domain.resolutions.model import Block, BlockKind, Heading, PartKind, Span
from avgust.domain.resolutions.structure.annexes import annex_kind, annex_title_length, is_caption_rest
from avgust.domain.resolutions.structure.draft import Draft
from avgust.domain.resolutions.structure.lines import Paragraph, Row, read_paragraph
from avgust.domain.resolutions.structure.outline import Outline
from avgust.domain.resolutions.structure.own_lines import is_own_line
from avgust.domain.resolutions.structure.resolving import Formula, find_formula, is_strong
from avgust.domain.resolutions.structure.run_in import split_at, split_run_in
from avgust.domain.resolutions.structure.signature import is_annex_caption, is_signature
from avgust.domain.resolutions.structure.tables import TableReader
from avgust.domain.resolutions.structure.verbs import begins_with_order, orders, recommends

_EDITORIAL: Final = re.compile(
    r"[(\[](?:в ред(?:акции|\.)|с изменениями|с изм\.|п(?:ункт|\.) .{0,60}(?:введ|изложен|исключ)|прим)"
    r"[^)\]]*[)\]]\.?",
    re.IGNORECASE,
)
_REPORT: Final = re.compile(r"(?:за)?слуша(?:ли|ла|л)\b|выступ(?:ил[аи]?|ающие)\b", re.IGNORECASE)
_QUESTION: Final = re.compile(r"(?:Вопрос\s(?:№\s?)?\d{1,2}\b[.:)]?\s*)?(?:О|Об|Обо)\s")
_PAGE: Final = re.compile(r"[-–—]?\s?\d{1,3}\s?[-–—]?|(?:страница|стр\.)\s?\d+(?:\sиз\s\d+)?", re.IGNORECASE)
_ADDRESSEE_TAIL: Final = re.compile(r"[а-яё]{4,}(?:ам|ям|у|ю|ой|ому|им|ым)\b", re.IGNORECASE)
_LOOK_AHEAD: Final = 5


class Walk:
    """Gives every paragraph behind the header to who reads it."""

    def __init__(
        self, draft: Draft, matter: Sequence[Paragraph | Row], genre: str, address: Heading | None = None
    ) -> None:
        self._draft = draft
        self._matter = matter
        self._genre = genre
        self._address = address  # of a letter: who answers for everything below
        self._official = genre in ("order", "decree", "minutes")
        self._outline = Outline(draft, official=self._official)
        self._tables = TableReader(draft)
        self._formulas = [_formula_of(one) for one in matter]
        self._last_formula = max(
            (at for at, found in enumerate(self._formulas) if found is not None and found.resolves),
            default=-1,
        )
        self._question: Heading | None = None  # of minutes: what the decisions that follow are about
        self._operative = False
        self._run: list[Paragraph] = []
        self._signed = False
        self._annex = PartKind.CLAUSE

    def go(self) -> None:
        """Walk to the end."""
        at = 0
        while at < len(self._matter):
            one = self._matter[at]
            if isinstance(one, Row):
                at = self._take_table(at)
            elif is_annex_caption(one):
                at = self._take_annex(at)
            else:
                self._take(at, one)
                at += 1
        self._flush()

    def _flush(self) -> None:
        if self._run:
            self._outline.read(self._run)
            self._run = []

    def _say(self, kind: PartKind, paragraph: Paragraph, rule: str) -> None:
        self._flush()
        self._draft.take(kind, paragraph, rule)

    # ── paragraphs ────────────────────────────────────────────────────────────────────────────────

    def _take(self, at: int, paragraph: Paragraph) -> None:
        if paragraph.block.kind is BlockKind.FOOTNOTE:
            self._say(PartKind.EDITORIAL, paragraph, "editorial.footnote")
        elif not paragraph.body or _EDITORIAL.fullmatch(paragraph.text) or _PAGE.fullmatch(paragraph.text):
            self._say(PartKind.EDITORIAL, paragraph, "editorial.note")
        elif self._annex is not PartKind.CLAUSE:
            self._say(self._annex, paragraph, "annex.text")
        elif self._operative:
            self._take_operative(at, paragraph)
        else:
            self._take_preamble(at, paragraph)

    def _take_preamble(self, at: int, paragraph: Paragraph) -> None:
        formula = self._formulas[at]
        if formula is not None and formula.resolves:
            self._resolve(paragraph, formula)
        elif at > self._last_formula and formula is None and self._begins_operative(at):
            self._operative = True
            self._outline.restart(self._address)
            self._take_operative(at, paragraph)
        elif self._signed and is_signature(paragraph):
            self._say(PartKind.SIGNATURE, paragraph, "signature")
        elif self._opens_question(at, paragraph):
            self._ask(paragraph)
        else:
            self._say(PartKind.PREAMBLE, paragraph, "preamble")

    def _take_operative(self, at: int, paragraph: Paragraph) -> None:
        formula = self._formulas[at]
        if formula is not None and formula.resolves and self._resolves_again(paragraph, formula):
            self._resolve(paragraph, formula)
        elif formula is not None and not formula.resolves and self._reports(paragraph):
            self._say(PartKind.PREAMBLE, paragraph, "preamble.report")
            self._operative, self._question = False, None
        elif at < self._last_formula and _QUESTION.match(paragraph.body) and not orders(paragraph.body):
            self._ask(paragraph)
            self._operative = False
        elif self._is_foot(at, paragraph) or (self._signed and not _is_measure_like(paragraph)):
            self._say(PartKind.SIGNATURE, paragraph, "signature")
            self._signed = True
        else:
            self._signed = False
            self._run.extend(split_run_in(self._draft.source, paragraph))

    def _opens_question(self, at: int, paragraph: Paragraph) -> bool:
        """Whether a line before «СЛУШАЛИ» is the question heard, and no line of the agenda above."""
        if self._genre != "minutes" or at >= self._last_formula or not _QUESTION.match(paragraph.body):
            return False
        below = self._formulas[at + 1]
        above = self._matter[at - 1] if at else None
        listed = isinstance(above, Paragraph) and _QUESTION.match(above.body) is not None
        return not listed and below is not None and not below.resolves

    def _ask(self, paragraph: Paragraph) -> None:
        """Take a question of minutes: it stands over the decisions that follow."""
        self._say(PartKind.HEADING, paragraph, "heading.question")
        label = paragraph.label.printed if paragraph.label else None
        words = single_spaced(paragraph.text).strip("* ")
        self._question = Heading(words, label, paragraph.span, 0, question=True)

    def _is_foot(self, at: int, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a signature, and no name of somebody who must do what stands below."""
        if not is_signature(paragraph) or is_own_line(paragraph.text):
            return False
        below = self._matter[at + 1] if at + 1 < len(self._matter) else None
        return not (isinstance(below, Paragraph) and below.marked and not is_signature(below))

    def _resolves_again(self, paragraph: Paragraph, formula: Formula) -> bool:
        """Whether a formula inside the operative part opens a new run of decisions, not a mere lead."""
        words = paragraph.text[formula.start : formula.end].strip()
        if is_strong(paragraph.text, formula):
            return not paragraph.marked or words.rstrip(" :*_").isupper()
        return not paragraph.marked and not begins_with_order(paragraph.body)

    def _reports(self, paragraph: Paragraph) -> bool:
        return not paragraph.marked or bool(_REPORT.match(paragraph.body))

    def _resolve(self, paragraph: Paragraph, formula: Formula) -> None:
        """Take a formula: what stands before it is preamble, what stands behind it is operative."""
        self._flush()
        source = self._draft.source
        whole = Fragment.of(source, paragraph.span)
        shift = max(0, whole.text.find(paragraph.text))
        start, end = formula.start + shift, formula.end + shift
        taken, rest = split_at(source, paragraph, formula.end)
        sentence = _sentence_start(whole.text, start)
        if sentence > 0:
            place = whole.span(sentence, max(sentence + 1, end)).start
            self._draft.take_span(PartKind.PREAMBLE, Span(taken.start, place), "preamble")
            taken = Span(place, taken.end)
        self._draft.take_span(PartKind.RESOLVING, taken, "resolving.formula")
        self._outline.official = self._official or is_strong(paragraph.text, formula)
        self._outline.restart(_heading_of(whole, start, end) or self._question or self._address)
        self._operative, self._signed = True, False
        if rest is not None:
            self._run.extend(split_run_in(source, rest))

    def _begins_operative(self, at: int) -> bool:
        """Whether a text without any formula ahead begins to order here: a measure, or headings above one."""
        for step, one in enumerate(self._matter[at : at + _LOOK_AHEAD]):
            if isinstance(one, Row):
                return False
            if _is_measure_like(one):
                return True
            if self._genre == "plan" and one.marked:
                return True
            if step and self._formulas[at + step] is not None:
                return False
            if not one.marked and one.close in (".", ";", ",", "!", "?"):
                return False
            if one.marked and one.close in (";", ","):
                return False
        return False

    # ── tables and annexes ────────────────────────────────────────────────────────────────────────

    def _take_table(self, at: int) -> int:
        end = at
        rows: list[Row] = []
        while end < len(self._matter):
            one = self._matter[end]
            if not isinstance(one, Row) or (rows and one.block.table != rows[0].block.table):
                break
            rows.append(one)
            end += 1
        self._flush()
        outer = self._outline.headings if self._operative else ()
        if self._annex is not PartKind.PERSONS and self._tables.read(rows, outer):
            return end
        kind = self._annex if self._annex is not PartKind.CLAUSE else PartKind.PREAMBLE
        if kind is PartKind.PREAMBLE and self._operative:
            self._read_layout(rows)
            return end
        for row in rows:
            self._draft.take_span(kind, row.span, "table.other")
        return end

    def _read_layout(self, rows: Sequence[Row]) -> None:
        """Read a table that only lays out text: signatures beside posts, points beside numbers."""
        for row in rows:
            paragraph = read_paragraph(self._draft.source, row.span, _plain(row))
            if not paragraph.body:
                continue
            if is_signature(paragraph):
                self._say(PartKind.SIGNATURE, paragraph, "signature.table")
                self._signed = True
            elif paragraph.marked and orders(paragraph.body):
                self._run.append(paragraph)
            else:
                self._say(PartKind.UNTAKEN, paragraph, "table.other")

    def _take_annex(self, at: int) -> int:
        """Take an annex's caption and title, and say what its text will be."""
        self._flush()
        end = at + 1
        while end < len(self._matter) and end < at + 12 and isinstance(self._matter[end], Paragraph):
            end += 1
        ahead = [one for one in self._matter[at + 1 : end] if isinstance(one, Paragraph)]
        length = annex_title_length(ahead)
        title = ahead[:length]
        below = [one for one in self._matter[at + 1 + length : at + 40] if isinstance(one, Paragraph)]
        self._annex = annex_kind(title, below)
        caption = self._matter[at]
        if isinstance(caption, Paragraph):
            self._draft.take(PartKind.SIGNATURE, caption, "annex.caption")
        self._take_title(title)
        return at + 1 + length

    def _take_title(self, title: Sequence[Paragraph]) -> None:
        """Take the rest of an annex's caption, then its title, which governs a plan."""
        kind = PartKind.HEADING if self._annex is PartKind.CLAUSE else self._annex
        worded = [paragraph for paragraph in title if not is_caption_rest(paragraph.body)]
        for paragraph in title:
            self._draft.take(kind if paragraph in worded else PartKind.SIGNATURE, paragraph, "annex.title")
        self._operative = self._annex is PartKind.CLAUSE
        self._signed = False
        self._outline = Outline(self._draft, official=False)
        if self._operative and worded:
            span = Span(worded[0].span.start, worded[-1].span.end)
            text = " ".join(paragraph.text for paragraph in worded)
            self._outline.restart(Heading(text, None, span, 0))


def _formula_of(one: Paragraph | Row) -> Formula | None:
    return None if isinstance(one, Row) else find_formula(one.text)


def _is_measure_like(paragraph: Paragraph) -> bool:
    if begins_with_order(paragraph.body) or (paragraph.close != ":" and recommends(paragraph.body)):
        return True
    return paragraph.marked and paragraph.close != ":" and orders(paragraph.body)


def _sentence_start(text: str, at: int) -> int:
    """Return where the sentence that holds `at` begins."""
    found = 0
    for stop in re.finditer(r"[.!?;]\s+(?=[А-ЯЁ])", text[:at]):
        found = stop.end()
    return found


def _heading_of(whole: Fragment, start: int, end: int) -> Heading | None:
    """Return the formula as a heading where it names who must act: «рекомендуют Министерству …:»."""
    words = whole.text[start:end]
    verb = re.match(r"\S+(?:\sнеобходимым|\sцелесообразным)?", words)
    tail = words[verb.end() :] if verb else ""
    if not _ADDRESSEE_TAIL.search(tail):
        return None
    return Heading(words.strip(" *_"), None, whole.span(start, end), 0)


def _plain(row: Row) -> Block:
    return Block(BlockKind.PARAGRAPH, row.block.text, row.span, table=row.block.table)
