"""The tree of headings, addressee sections, leads and items in the operative part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from avgust.domain.resolutions.fragment import single_spaced
from avgust.domain.resolutions.model import Heading, PartKind, Span
from avgust.domain.resolutions.structure.draft import Draft, OpenClause, field_lines, tail_fields
from avgust.domain.resolutions.structure.kinds import classify, is_person, lists_persons
from avgust.domain.resolutions.structure.labels import LabelKind
from avgust.domain.resolutions.structure.levels import LINE_RANK, Style, is_strong_heading, rank_of, style_of
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.own_lines import is_own_line
from avgust.domain.resolutions.structure.verbs import begins_with_order, first_infinitive, orders

_ENUMERATION: Final = re.compile(
    r"(?:следующ[а-яё]+\s(?:[а-яё]+\s)?(?:направлени|вопрос|показател|критери|тем|номинаци|документ|материал|форм|"
    r"требовани|услови|раздел|предмет|категори|этап|срок|дат|аспект|позици|параметр|дисциплин|област|пункт)[а-яё]*|"
    r"включающ[а-яё]+|включая|предусматривающ[а-яё]+|в\sтом\sчисле(?:\s[а-яё]+)?|а\sименно|в\sчастности|"
    r"таких?\sкак|по\s(?:направлениям|вопросам|предметам|темам|номинациям|показателям|критериям|программам)|"
    r"содержащ[а-яё]+|состоящ[а-яё]+\sиз|как)$",
    re.IGNORECASE,
)
_SUBHEADING: Final = re.compile(r"в\s(?:части|сфере|области)\s|по\s(?:направлени|вопрос)", re.IGNORECASE)
_DATIVE: Final = re.compile(r"[А-ЯЁа-яё-]+(?:ам|ям|ому|ему|у|ю|ым|им|ой)\b")
_ENDS: Final = (".", ";", "!", "?")
_INHERITED_KINDS: Final = frozenset(
    (PartKind.NOTING, PartKind.REPEAL, PartKind.APPROVAL, PartKind.PERSONS, PartKind.EDITORIAL)
)
_LONGEST_SUBHEADING: Final = 200
_LONGEST_HEADING: Final = 1500  # with the own lines below it
_DEEPEST: Final = 9  # levels; text that nests deeper is no document but an accident


@dataclass(slots=True)
class _Node:
    """A paragraph on the path from the section to the place of reading."""

    style: Style
    rank: float
    value: int
    heading: Heading | None  # None for a plain item
    kind: PartKind = PartKind.CLAUSE  # of children, where a lead says so
    open: bool = True  # a lead that has no children yet
    at: int = 0  # where in Draft.headings it stands
    indent: float = 0.0
    child_indent: float = 0.0
    child_orders: bool | None = None  # whether the first item below begins with an order


class Outline:
    """Reads runs of operative paragraphs one after another; the path stays between runs."""

    def __init__(self, draft: Draft, *, official: bool) -> None:
        self._draft = draft
        self.official = official  # whether the act itself approves: an order, «РЕШИЛИ»
        self._path: list[_Node] = []
        self._last: OpenClause | None = None
        self._governed: list[OpenClause] = []  # whom the own line above was about, the last first

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings that govern the place of reading, outermost first."""
        return tuple(node.heading for node in self._path if node.heading is not None)

    def restart(self, heading: Heading | None = None) -> None:
        """Leave all sections; `heading` governs what follows."""
        self._path = []
        self._last = None
        if heading is not None:
            self._draft.headings.append(heading)
            node = _Node(("formula", 0), -1.0, 0, heading, at=len(self._draft.headings) - 1)
            self._path.append(node)

    def read(self, run: Sequence[Paragraph]) -> None:
        """Read a run of paragraphs with no other matter between them."""
        own = [not p.marked_by_number and is_own_line(p.text) for p in run]
        following = _following(run, own)
        at = 0
        while at < len(run):
            if own[at] and self._take_own_line(run[at]):
                at += 1
            else:
                at += self._take(run, at, following[at])

    # ── own lines ─────────────────────────────────────────────────────────────────────────────────

    def _take_own_line(self, paragraph: Paragraph) -> bool:
        """Give the line to the clauses above, or to a lead that has no children yet."""
        lines = field_lines(self._draft.source, paragraph.span)
        lead = self._path[-1] if self._path and self._path[-1].open and self._path[-1].heading else None
        if not lines or (self._last is None and lead is None):
            return False
        if lead is not None and lead.heading is not None and lead.rank > 0:
            self._widen(lead, lead.heading, paragraph)
        elif self._last is not None:
            for clause in self._governed_by_line():
                known = {line.role for line in clause.lines}
                clause.lines.extend(line for line in lines if line.role not in known or clause is self._last)
        else:
            return False
        self._draft.take(PartKind.FIELD, paragraph, "field.own_line")
        return True

    def _widen(self, lead: _Node, heading: Heading, paragraph: Paragraph) -> None:
        if len(heading.text) > _LONGEST_HEADING:
            return
        text = f"{heading.text} {paragraph.text}"
        lead.heading = replace(heading, text=text, span=Span(heading.span.start, paragraph.span.end))
        self._draft.headings[lead.at] = lead.heading

    def _governed_by_line(self) -> list[OpenClause]:
        """Return the clauses that a line below the last one is about.

        A line below a list of bullets that a lead introduced («обеспечить: - …; - …. Срок: …») is about
        them all, where none of them has lines of its own.
        """
        last = self._last
        if last is None:
            return []
        if self._governed and self._governed[0] is last:
            return self._governed
        if not last.headings or last.close not in (".", ""):
            return [last]
        siblings = [last]
        for clause in reversed(self._draft.clauses[:-1]):
            if clause.headings != last.headings or clause.lines or clause.close not in (";", ","):
                break
            siblings.append(clause)
        self._governed = siblings
        return siblings

    # ── structure ─────────────────────────────────────────────────────────────────────────────────

    def _take(self, run: Sequence[Paragraph], at: int, following: Paragraph | None) -> int:
        """Take the paragraph at `at`; return how many paragraphs were taken."""
        paragraph = run[at]
        if not paragraph.body:
            self._draft.take(PartKind.EDITORIAL, paragraph, "editorial.mark")
            return 1
        if paragraph.label is None:
            return self._take_unmarked(run, at, following)
        style = style_of(paragraph.label, paragraph.block.level)
        style, rank = self._place(paragraph, style, following)
        if self._is_lead(paragraph, style, rank, following):
            taken = self._take_enumeration(run, at, rank)
            if taken:
                return taken
            self._push_lead(paragraph, style, rank)
            return 1
        self._item(paragraph)
        heading = self._parent_heading(paragraph, rank, following)
        self._push(_Node(style, rank, _value(paragraph), heading))
        return 1

    def _place(self, paragraph: Paragraph, style: Style, following: Paragraph | None) -> tuple[Style, float]:
        """Close the path down to the parent of `paragraph`; return its style and rank there."""
        rank = rank_of(style)
        nested: Style = ("nested", f"{style[0]}{style[1]}")
        value = _value(paragraph)
        top = self._path[-1] if self._path else None
        if top is not None and top.open and top.heading is not None:
            if top.style == style and value == 1 and paragraph.label is not None and paragraph.label.numbers:
                style, rank = nested, top.rank + 0.3
            elif not any(node.style == style for node in self._path):
                rank = max(rank, top.rank + 0.1)
        elif self._continues_nested(nested, value, paragraph):
            style = nested
        section = self._section_rank(paragraph, style, rank, following)
        if section is not None:
            style, rank = ("section", f"{style[0]}{style[1]}"), section
        self._leave_section(paragraph)
        known = next((node for node in self._path if node.style == style), None)
        if known is not None:
            rank = known.rank
            del self._path[self._path.index(known) :]
        else:
            while self._path and self._path[-1].rank >= rank:
                self._path.pop()
        return style, rank

    def _leave_section(self, paragraph: Paragraph) -> None:
        """Close a section printed as a bullet of its list when its own nouns are over and an order follows."""
        for at, node in enumerate(self._path):
            if (
                node.style[0] != "section"
                or not str(node.style[1]).startswith(LabelKind.BULLET.value)
                or node.open
            ):
                continue
            outer = paragraph.block.indent <= node.indent < node.child_indent
            if outer or (node.child_orders is False and begins_with_order(paragraph.body)):
                del self._path[at:]
                return

    def _continues_nested(self, nested: Style, value: int, paragraph: Paragraph) -> bool:
        node = next((node for node in self._path if node.style == nested), None)
        if node is None or value != node.value + 1:
            return False
        outer = self._path[self._path.index(node) - 1]
        is_lead = paragraph.close == ":" and first_infinitive(paragraph.body) is None
        return not (is_lead and value == outer.value + 1)

    def _section_rank(
        self, paragraph: Paragraph, style: Style, rank: float, following: Paragraph | None
    ) -> float | None:
        """Return the rank of a section printed as a point of the list that it heads, None for others.

        «1.5. Руководителям школ:» with «1.6. Провести …» below governs what stands beside it.
        """
        if following is None or following.label is None or paragraph.label is None or paragraph.close != ":":
            return None
        if style[0] == "nested" or style_of(following.label, following.block.level) != style:
            return None
        if paragraph.label.numbers and _value(following) != _value(paragraph) + 1:
            return None
        if following.close == ":" and first_infinitive(following.body) is None:
            return None
        return rank - 0.2

    def _is_lead(self, paragraph: Paragraph, style: Style, rank: float, following: Paragraph | None) -> bool:
        """Tell whether a marked paragraph only introduces what stands below."""
        if paragraph.close == ":":
            return True
        if following is None or not self._is_child(rank, style, following):
            return False
        if first_infinitive(paragraph.body) is None:
            return following.marked or begins_with_order(following.body)
        return paragraph.close not in _ENDS and following.marked

    def _is_child(self, rank: float, style: Style, following: Paragraph) -> bool:
        if following.label is None:
            return is_unmarked_item(following, in_list=False)
        own = style_of(following.label, following.block.level)
        if own == style or any(node.style == own for node in self._path):
            return False
        return rank_of(own) > rank

    def _parent_heading(
        self, paragraph: Paragraph, rank: float, following: Paragraph | None
    ) -> Heading | None:
        """Return a heading for an item that has points of its own below, None for a plain item."""
        if following is None or following.label is None:
            return None
        style = style_of(paragraph.label, paragraph.block.level) if paragraph.label else ("line", 0)
        return self._heading_of(paragraph) if self._is_child(rank, style, following) else None

    def _take_enumeration(self, run: Sequence[Paragraph], at: int, rank: float) -> int:
        """Take a measure with what it enumerates («по следующим направлениям: - …; - …») as one item."""
        lead = run[at]
        if not _ENUMERATION.search(lead.body) or not orders(lead.body):
            return 0
        end = at + 1
        while end < len(run) and self._is_enumerated(run[end], lead):
            end += 1
        if end == at + 1:
            return 0
        self._item(lead, through=run[end - 1])
        for paragraph in run[at + 1 : end]:
            self._draft.take(PartKind.CLAUSE, paragraph, "point.enumeration")
        return end - at

    def _is_enumerated(self, paragraph: Paragraph, lead: Paragraph) -> bool:
        label = paragraph.label
        if label is None or label.kind in (LabelKind.DECIMAL, LabelKind.ROMAN) or is_own_line(paragraph.text):
            return False
        if lead.label is not None and style_of(label) == style_of(lead.label):
            return False
        return not orders(paragraph.body)

    def _take_unmarked(self, run: Sequence[Paragraph], at: int, following: Paragraph | None) -> int:
        paragraph = run[at]
        if is_strong_heading(paragraph) and following is not None:
            self._push_strong(paragraph)
        elif paragraph.close == ":" and following is not None:
            if orders(paragraph.body):
                taken = self._take_enumeration(run, at, LINE_RANK)
                if taken:
                    return taken
            self._push_unmarked_lead(paragraph, following)
        elif self._continues(paragraph) and not (_SUBHEADING.match(paragraph.body) and following is not None):
            self._extend(paragraph)
        elif self._is_subheading(paragraph, following):
            self._push_unmarked_lead(paragraph, following)
        elif is_unmarked_item(paragraph, in_list=self._in_list()):
            self._item(paragraph)
        elif self._kind(paragraph)[0] is not PartKind.CLAUSE:
            self._item(paragraph)
        else:
            self._draft.take(PartKind.UNTAKEN, paragraph, "operative.unmarked")
        return 1

    def _in_list(self) -> bool:
        """Whether unmarked lines stand in a list that a lead opened."""
        lead = self._path[-1] if self._path else None
        if lead is not None and lead.open and lead.heading is not None and lead.heading.text.endswith(":"):
            return True
        last = self._last
        return last is not None and last.printed_as == "line" and last.close in (";", ",")

    def _continues(self, paragraph: Paragraph) -> bool:
        last = self._last
        if last is None or last.close not in ("", ",") or not paragraph.body[0].islower():
            return False
        return not begins_with_order(paragraph.body) and self._draft.parts[-1].kind is last.kind

    def _extend(self, paragraph: Paragraph) -> None:
        last = self._last
        if last is not None:
            last.words = Span(last.words.start, paragraph.words.end)
            last.full = Span(last.full.start, paragraph.span.end)
            last.close = paragraph.close
            self._draft.take(last.kind, paragraph, "point.continued")

    def _is_subheading(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        if following is None or _is_closed(paragraph) or len(paragraph.body) > _LONGEST_SUBHEADING:
            return False
        if orders(paragraph.body):
            return False
        return following.marked or is_unmarked_item(following, in_list=False) or following.close == ":"

    # ── nodes ─────────────────────────────────────────────────────────────────────────────────────

    def _push_strong(self, paragraph: Paragraph) -> None:
        level = paragraph.block.level or 0
        style: Style = ("strong", f"{paragraph.block.kind}{level}{paragraph.body.isupper()}")
        known = next((node for node in self._path if node.style == style), None)
        top = self._path[-1] if self._path else None
        if known is not None:
            rank = known.rank
        elif top is not None and top.open and top.style[0] == "strong":
            rank = top.rank + 0.1
        else:
            rank = 0.1 + level * 0.01
        self._pop(rank)
        self._push_lead(paragraph, style, rank)

    def _push_unmarked_lead(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        rank = LINE_RANK - 0.5
        if following is not None and following.label is not None:
            rank = rank_of(style_of(following.label, following.block.level)) - 0.5
        style: Style = ("lead", "dative" if _DATIVE.match(paragraph.body) else paragraph.close)
        top = self._path[-1] if self._path else None
        sibling = self._sibling_lead(style)
        if sibling is not None:
            rank = min(rank, sibling.rank)
        elif top is not None and top.open and top.heading is not None and not paragraph.block.centered:
            rank = max(rank, top.rank + 0.1)
        self._pop(rank)
        self._push_lead(paragraph, style, rank)

    def _sibling_lead(self, style: Style) -> _Node | None:
        """Return the unmarked lead above that stands beside a new one: no numbered section is between."""
        for node in reversed(self._path):
            if node.style == style:
                return None if node.open else node
            if node.heading is not None and node.heading.label is not None:
                return None
        return None

    def _pop(self, rank: float) -> None:
        while self._path and self._path[-1].rank >= rank:
            self._path.pop()

    def _push_lead(self, paragraph: Paragraph, style: Style, rank: float) -> None:
        kind, rule = self._kind(paragraph)
        if kind is PartKind.CLAUSE and lists_persons(paragraph.body):
            self._item(paragraph)
            kind = PartKind.PERSONS
        elif kind is not PartKind.CLAUSE:
            self._item(paragraph)
            kind = PartKind.PERSONS if lists_persons(paragraph.body) else kind
        else:
            self._draft.take(PartKind.HEADING, paragraph, f"heading.{style[0]}")
        heading = self._heading_of(paragraph)
        self._push(_Node(style, rank, _value(paragraph), heading, kind, indent=paragraph.block.indent))

    def _push(self, node: _Node) -> None:
        for parent in self._path:
            parent.open = False
        del self._path[_DEEPEST:]
        if node.heading is not None:
            self._draft.headings.append(node.heading)
            node.at = len(self._draft.headings) - 1
        self._path.append(node)

    def _heading_of(self, paragraph: Paragraph) -> Heading:
        label = paragraph.label.printed if paragraph.label else None
        level = sum(1 for node in self._path if node.heading is not None)
        return Heading(single_spaced(paragraph.text.replace("**", "")), label, paragraph.span, level)

    def _kind(self, paragraph: Paragraph) -> tuple[PartKind, str]:
        for node in reversed(self._path):
            if node.kind in _INHERITED_KINDS and node.heading is not None:
                return node.kind, f"{node.kind.value}.inherited"
        if is_person(paragraph.body) and not orders(paragraph.body):
            return PartKind.PERSONS, "persons.name"
        addressed = any(node.rank >= 0 and node.heading is not None for node in self._path)
        return classify(paragraph.body, addressed=addressed, official=self.official)

    def _item(self, paragraph: Paragraph, through: Paragraph | None = None) -> None:
        kind, rule = self._kind(paragraph)
        printed_as = "line" if paragraph.label is None else "point"
        if paragraph.label is not None and paragraph.label.printed is None:
            printed_as = "bullet"
        last = through or paragraph
        clause = OpenClause(
            label=paragraph.label.printed if paragraph.label else None,
            words=Span(paragraph.words.start, last.words.end),
            full=Span(paragraph.span.start, last.span.end),
            headings=self.headings,
            kind=kind,
            rule=rule or f"{printed_as}.item",
            confidence=_CONFIDENCE[printed_as] if orders(paragraph.body) else 0.7,
            printed_as=printed_as,
            close=last.close,
        )
        if "рок" in paragraph.body or "тв" in paragraph.body or "сполнител" in paragraph.body:
            clause.lines.extend(tail_fields(self._draft.source, clause.words))
        for node in self._path:
            if node.open:
                node.child_orders, node.child_indent = (
                    begins_with_order(paragraph.body),
                    paragraph.block.indent,
                )
            node.open = False
        self._draft.clauses.append(clause)
        self._draft.take(kind, paragraph, clause.rule)
        self._last = clause


_CONFIDENCE: Final = {"point": 0.98, "bullet": 0.97, "line": 0.85}


def is_unmarked_item(paragraph: Paragraph, *, in_list: bool) -> bool:
    """Tell whether an unmarked line is a measure: it orders, or it stands in a list of its like."""
    if begins_with_order(paragraph.body):
        return True
    if in_list and paragraph.close in (";", ",", ".", ""):
        return True
    return paragraph.close in (".", ";", "") and orders(paragraph.body)


def _is_closed(paragraph: Paragraph) -> bool:
    """Whether a mark closes a line, not a mere abbreviation: «Ивановой А.А.»."""
    return paragraph.close in (".", ";", ",") and not paragraph.body.endswith(".")


def _value(paragraph: Paragraph) -> int:
    return paragraph.label.numbers[-1] if paragraph.label and paragraph.label.numbers else 0


def _following(run: Sequence[Paragraph], own: Sequence[bool]) -> list[Paragraph | None]:
    """Return for each paragraph the next one that is no own line and not blank."""
    found: list[Paragraph | None] = [None] * len(run)
    following: Paragraph | None = None
    for at in range(len(run) - 1, -1, -1):
        found[at] = following
        if not own[at] and run[at].body:
            following = run[at]
    return found
