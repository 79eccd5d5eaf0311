"""The path from the outermost section to the place of reading, and where a new paragraph stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from avgust.domain.resolutions.model import Heading, PartKind
from avgust.domain.resolutions.structure.labels import LabelKind
from avgust.domain.resolutions.structure.leads import is_unmarked_item
from avgust.domain.resolutions.structure.levels import Style, rank_of, style_of
from avgust.domain.resolutions.structure.lines import Paragraph
from avgust.domain.resolutions.structure.verbs import begins_with_order, first_infinitive

_DEEPEST = 9  # levels; text that nests deeper is no document but an accident


@dataclass(slots=True)
class Node:
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


class Trail:
    """Nodes from the outside in."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Headings that govern the place of reading, outermost first."""
        return tuple(node.heading for node in self.nodes if node.heading is not None)

    @property
    def top(self) -> Node | None:
        """The innermost node."""
        return self.nodes[-1] if self.nodes else None

    @property
    def open_lead(self) -> Node | None:
        """The innermost node, where it is a lead that has no children yet."""
        top = self.top
        return top if top is not None and top.open and top.heading is not None else None

    def known(self, style: Style) -> Node | None:
        """Return the node of `style` on the path."""
        return next((node for node in self.nodes if node.style == style), None)

    def push(self, node: Node) -> None:
        """Go one level in."""
        for parent in self.nodes:
            parent.open = False
        del self.nodes[_DEEPEST:]
        self.nodes.append(node)

    def see_item(self, paragraph: Paragraph) -> None:
        """Remember that the leads above have an item, and how the first one looks."""
        for node in self.nodes:
            if node.open:
                node.child_orders = begins_with_order(paragraph.body)
                node.child_indent = paragraph.block.indent
            node.open = False

    def place(self, paragraph: Paragraph, style: Style, following: Paragraph | None) -> tuple[Style, float]:
        """Close the path down to the parent of `paragraph`; return its style and rank there."""
        rank = rank_of(style)
        nested: Style = ("nested", f"{style[0]}{style[1]}")
        value = value_of(paragraph)
        top = self.open_lead
        if top is not None:
            if top.style == style and value == 1 and paragraph.label is not None and paragraph.label.numbers:
                style, rank = nested, top.rank + 0.3
            elif self.known(style) is None:
                rank = max(rank, top.rank + 0.1)
        elif self._continues_nested(nested, value, paragraph):
            style = nested
        section = self._section_rank(paragraph, style, rank, following)
        if section is not None:
            style, rank = ("section", f"{style[0]}{style[1]}"), section
        self._leave_section(paragraph)
        known = self.known(style)
        if known is not None:
            rank = known.rank
            del self.nodes[self.nodes.index(known) :]
        else:
            self.pop(rank)
        return style, rank

    def _leave_section(self, paragraph: Paragraph) -> None:
        """Close a section printed as a bullet when its own nouns are over and an order follows."""
        for at, node in enumerate(self.nodes):
            if (
                node.style[0] != "section"
                or not str(node.style[1]).startswith(LabelKind.BULLET.value)
                or node.open
            ):
                continue
            outer = paragraph.block.indent <= node.indent < node.child_indent
            if outer or (node.child_orders is False and begins_with_order(paragraph.body)):
                del self.nodes[at:]
                return

    def _continues_nested(self, nested: Style, value: int, paragraph: Paragraph) -> bool:
        node = self.known(nested)
        if node is None or value != node.value + 1:
            return False
        outer = self.nodes[self.nodes.index(node) - 1]
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
        if paragraph.label.numbers and value_of(following) != value_of(paragraph) + 1:
            return None
        if following.close == ":" and first_infinitive(following.body) is None:
            return None
        return rank - 0.2

    def is_child(self, rank: float, style: Style, following: Paragraph) -> bool:
        """Tell whether what follows would stand below a paragraph of `style`."""
        if following.label is None:
            return is_unmarked_item(following, in_list=False)
        own = style_of(following.label, following.block.level)
        if own == style or self.known(own) is not None:
            return False
        return rank_of(own) > rank

    def sibling_lead(self, style: Style) -> Node | None:
        """Return the unmarked lead above that stands beside a new one: no numbered section is between."""
        for node in reversed(self.nodes):
            if node.style == style:
                return None if node.open else node
            if node.heading is not None and node.heading.label is not None:
                return None
        return None

    def pop(self, rank: float) -> None:
        """Leave everything that stands as deep as `rank`, or deeper."""
        while self.nodes and self.nodes[-1].rank >= rank:
            self.nodes.pop()


def value_of(paragraph: Paragraph) -> int:
    """Return the last number of a printed label, 0 where none is printed."""
    return paragraph.label.numbers[-1] if paragraph.label and paragraph.label.numbers else 0
