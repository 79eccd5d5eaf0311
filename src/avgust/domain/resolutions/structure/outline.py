"""The tree of headings, addressee sections, leads and items in the operative part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from avgust.domain.resolutions.fragment import single_spaced
from avgust.domain.resolutions.model import Heading, PartKind, Span
from avgust.domain.resolutions.structure.draft import Draft, OpenClause, field_lines, tail_fields
from avgust.domain.resolutions.structure.kinds import classify, is_attached, is_person, lists_persons
from avgust.domain.resolutions.structure.leads import (
    begins_subsection,
    introduces_enumeration,
    is_enumerated,
    is_subheading,
    is_unmarked_item,
    names_addressee,
)
from avgust.domain.resolutions.structure.levels import LINE_RANK, Style, is_strong_heading, rank_of, style_of
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.own_lines import is_own_line
from avgust.domain.resolutions.structure.trail import Node, Trail, value_of
from avgust.domain.resolutions.structure.verbs import begins_with_order, first_infinitive, orders

_ENDS: Final = (".", ";", "!", "?")
_INHERITED_KINDS: Final = frozenset(
    (PartKind.NOTING, PartKind.REPEAL, PartKind.APPROVAL, PartKind.PERSONS, PartKind.EDITORIAL)
)
_LONGEST_HEADING: Final = 1500  # with the own lines below it


class Outline:
    """Reads runs of operative paragraphs one after another; the path stays between runs."""

    def __init__(self, draft: Draft, *, official: bool) -> None:
        self._draft = draft
        self.official = official  # whether the act itself approves: an order, «РЕШИЛИ»
        self._trail = Trail()
        self._last: OpenClause | None = None
        self._governed: list[OpenClause] = []  # whom the own line above was about, the last first
        self._charged: set[int] = set()  # where points begin that a line of their own follows

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings that govern the place of reading, outermost first."""
        return self._trail.headings

    def restart(self, heading: Heading | None = None) -> None:
        """Leave all sections; `heading` governs what follows."""
        self._trail = Trail()
        self._last = None
        if heading is not None:
            self._draft.headings.append(heading)
            self._trail.push(Node(("formula", 0), -1.0, 0, heading, at=len(self._draft.headings) - 1))

    def read(self, run: Sequence[Paragraph]) -> None:
        """Read a run of paragraphs with no other matter between them."""
        own = [not p.marked_by_number and is_own_line(p.text) for p in run]
        self._charged = {run[at].span.start for at in range(len(run) - 1) if own[at + 1] and not own[at]}
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
        lead = self._trail.open_lead
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

    def _widen(self, lead: Node, heading: Heading, paragraph: Paragraph) -> None:
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
        style, rank = self._trail.place(paragraph, style, following)
        if self._is_lead(paragraph, style, rank, following):
            taken = self._take_enumeration(run, at)
            if taken:
                return taken
            self._push_lead(paragraph, style, rank)
            return 1
        self._item(paragraph)
        heading = self._parent_heading(paragraph, rank, following)
        self._push(Node(style, rank, value_of(paragraph), heading))
        return 1

    def _is_lead(self, paragraph: Paragraph, style: Style, rank: float, following: Paragraph | None) -> bool:
        """Tell whether a marked paragraph only introduces what stands below."""
        if paragraph.close == ":":
            return True
        if following is None or not self._trail.is_child(rank, style, following):
            return False
        if first_infinitive(paragraph.body) is None:
            return following.marked or begins_with_order(following.body)
        return paragraph.close not in _ENDS and following.marked

    def _parent_heading(
        self, paragraph: Paragraph, rank: float, following: Paragraph | None
    ) -> Heading | None:
        """Return a heading for an item that has points of its own below, None for a plain item."""
        if following is None or following.label is None:
            return None
        style = style_of(paragraph.label, paragraph.block.level) if paragraph.label else ("line", 0)
        return self._heading_of(paragraph) if self._trail.is_child(rank, style, following) else None

    def _take_enumeration(self, run: Sequence[Paragraph], at: int) -> int:
        """Take a measure with what it enumerates («по следующим направлениям: - …; - …») as one item."""
        lead = run[at]
        if not introduces_enumeration(lead):
            return 0
        end = at + 1
        while end < len(run) and is_enumerated(run[end], lead):
            end += 1
        if end == at + 1:
            return 0
        self._item(lead, through=run[end - 1])
        for paragraph in run[at + 1 : end]:
            self._draft.take(PartKind.CLAUSE, paragraph, "point.enumeration")
        return end - at

    def _take_unmarked(self, run: Sequence[Paragraph], at: int, following: Paragraph | None) -> int:
        paragraph = run[at]
        if is_strong_heading(paragraph) and following is not None:
            self._push_strong(paragraph)
        elif paragraph.close == ":" and following is not None:
            taken = self._take_enumeration(run, at)
            if taken:
                return taken
            self._push_unmarked_lead(paragraph, following)
        elif self._continues(paragraph) and not (begins_subsection(paragraph) and following is not None):
            self._extend(paragraph)
        elif is_subheading(paragraph, following):
            self._push_unmarked_lead(paragraph, following)
        elif (
            is_unmarked_item(paragraph, in_list=self._in_list())
            or self._kind(paragraph)[0] is not PartKind.CLAUSE
        ):
            self._item(paragraph)
        else:
            self._draft.take(PartKind.UNTAKEN, paragraph, "operative.unmarked")
        return 1

    def _in_list(self) -> bool:
        """Whether unmarked lines stand in a list that a lead opened."""
        lead = self._trail.open_lead
        if lead is not None and lead.heading is not None and lead.heading.text.endswith(":"):
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

    # ── nodes ─────────────────────────────────────────────────────────────────────────────────────

    def _push_strong(self, paragraph: Paragraph) -> None:
        level = paragraph.block.level or 0
        style: Style = ("strong", f"{paragraph.block.kind}{level}{paragraph.body.isupper()}")
        known, top = self._trail.known(style), self._trail.top
        if known is not None:
            rank = known.rank
        elif top is not None and top.open and top.style[0] == "strong":
            rank = top.rank + 0.1
        else:
            rank = 0.1 + level * 0.01
        self._trail.pop(rank)
        self._push_lead(paragraph, style, rank)

    def _push_unmarked_lead(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        rank = LINE_RANK - 0.5
        if following is not None and following.label is not None:
            rank = rank_of(style_of(following.label, following.block.level)) - 0.5
        style: Style = ("lead", "dative" if names_addressee(paragraph) else paragraph.close)
        top = self._trail.open_lead
        sibling = self._trail.sibling_lead(style)
        if sibling is not None:
            rank = min(rank, sibling.rank)
        elif top is not None and not paragraph.block.centered:
            rank = max(rank, top.rank + 0.1)
        self._trail.pop(rank)
        self._push_lead(paragraph, style, rank)

    def _push_lead(self, paragraph: Paragraph, style: Style, rank: float) -> None:
        kind = self._kind(paragraph)[0]
        if kind is PartKind.CLAUSE and lists_persons(paragraph.body):
            self._item(paragraph)
            kind = PartKind.PERSONS
        elif kind is not PartKind.CLAUSE:
            self._item(paragraph)
            kind = PartKind.PERSONS if lists_persons(paragraph.body) else kind
        else:
            self._draft.take(PartKind.HEADING, paragraph, f"heading.{style[0]}")
        heading = self._heading_of(paragraph)
        self._push(Node(style, rank, value_of(paragraph), heading, kind, indent=paragraph.block.indent))

    def _push(self, node: Node) -> None:
        if node.heading is not None:
            self._draft.headings.append(node.heading)
            node.at = len(self._draft.headings) - 1
        self._trail.push(node)

    def _heading_of(self, paragraph: Paragraph) -> Heading:
        label = paragraph.label.printed if paragraph.label else None
        level = len(self._trail.headings)
        return Heading(single_spaced(paragraph.text.replace("**", "")), label, paragraph.span, level)

    def _kind(self, paragraph: Paragraph) -> tuple[PartKind, str]:
        for node in reversed(self._trail.nodes):
            if node.kind in _INHERITED_KINDS and node.heading is not None:
                return node.kind, f"{node.kind.value}.inherited"
        if is_person(paragraph.body) and not orders(paragraph.body):
            return PartKind.PERSONS, "persons.name"
        addressed = any(node.rank >= 0 and node.heading is not None for node in self._trail.nodes)
        return classify(paragraph.body, addressed=addressed, official=self.official)

    def _item(self, paragraph: Paragraph, through: Paragraph | None = None) -> None:
        kind, rule = self._kind(paragraph)
        if rule == "approval" and paragraph.span.start in self._charged and not is_attached(paragraph.body):
            kind, rule = PartKind.CLAUSE, ""  # somebody answers for it by a day: it is not approved hereby
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
        self._trail.see_item(paragraph)
        self._draft.clauses.append(clause)
        self._draft.take(kind, paragraph, clause.rule)
        self._last = clause


_CONFIDENCE: Final = {"point": 0.98, "bullet": 0.97, "line": 0.85}


def _following(run: Sequence[Paragraph], own: Sequence[bool]) -> list[Paragraph | None]:
    """Return for each paragraph the next one that is no own line and not blank."""
    found: list[Paragraph | None] = [None] * len(run)
    following: Paragraph | None = None
    for at in range(len(run) - 1, -1, -1):
        found[at] = following
        if not own[at] and run[at].body:
            following = run[at]
    return found
