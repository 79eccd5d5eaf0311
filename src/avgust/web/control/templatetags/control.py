"""States of proof and coverage as pages draw and say them: colour, shape and word say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from avgust.domain.proof import Coverage, ProofState
from avgust.web.control.models import Assignment
from avgust.web.control.wording import period_of
from avgust.web.ui.printing import printed

register = template.Library()

LABELS: Final = {
    ProofState.PROVEN_BY_DATA: gettext_lazy("proven by data"),
    ProofState.PROVEN_BY_DOCUMENT: gettext_lazy("proven by document"),
    ProofState.CLAIMED: gettext_lazy("claimed"),
    ProofState.CONTRADICTED: gettext_lazy("contradicted by data"),
    ProofState.NOT_DONE: gettext_lazy("not done"),
    ProofState.NOT_DUE: gettext_lazy("not due yet"),
}
# The names of the marks in ui/_symbols.html, of the classes `st-…` and of the parts of a bar.
MARKS: Final = {
    ProofState.PROVEN_BY_DATA: "data",
    ProofState.PROVEN_BY_DOCUMENT: "doc",
    ProofState.CLAIMED: "claimed",
    ProofState.CONTRADICTED: "contra",
    ProofState.NOT_DONE: "notdone",
    ProofState.NOT_DUE: "notdue",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar, in percent of its width."""

    mark: str
    x: str
    width: str


@register.filter
def period(assignment: Assignment) -> str:
    """Return for which period a repeated assignment is owed: «IV квартал 2025 г.»."""
    return period_of(assignment)


def pieces(coverage: Coverage) -> list[Piece]:
    """Return the stretches of a bar in the order of every legend."""
    found, at = [], 0.0
    for state in ProofState:
        width = 100 * coverage.count(state) / coverage.total if coverage.total else 0.0
        if width:
            found.append(Piece(MARKS[state], f"{at:.2f}%", f"{width:.2f}%"))
        at += width
    return found


@register.filter
def pieces_of(found: Coverage) -> list[Piece]:
    """Return the stretches of a bar that a page draws itself."""
    return pieces(found)


def remainder(coverage: Coverage) -> str:
    """Return what is not proven, in words: «9 заявлено · 7 не выполнено»."""
    said = {
        ProofState.CLAIMED: ngettext("%(n)d claimed", "%(n)d claimed", coverage.count(ProofState.CLAIMED)),
        ProofState.CONTRADICTED: ngettext(
            "%(n)d contradicted by data",
            "%(n)d contradicted by data",
            coverage.count(ProofState.CONTRADICTED),
        ),
        ProofState.NOT_DONE: ngettext(
            "%(n)d not done", "%(n)d not done", coverage.count(ProofState.NOT_DONE)
        ),
        ProofState.NOT_DUE: ngettext("%(n)d ahead", "%(n)d ahead", coverage.count(ProofState.NOT_DUE)),
    }
    return " · ".join(
        words % {"n": coverage.count(state)} for state, words in said.items() if coverage.count(state)
    )


@dataclass(frozen=True, slots=True)
class DrawnCoverage:
    """What the drawing of a coverage says: how many stand in each state, and where its number opens."""

    counts: tuple[tuple[ProofState, int], ...]
    href: str

    @property
    def coverage(self) -> Coverage:
        """The coverage itself."""
        return Coverage(dict(self.counts))

    @property
    def single(self) -> ProofState | None:
        """The state of the only assignment, which needs no bar."""
        return self.coverage.worst if self.coverage.total == 1 else None

    @property
    def pieces(self) -> list[Piece]:
        """The stretches of the bar."""
        return [] if self.single else pieces(self.coverage)

    @property
    def rest(self) -> str:
        """What is not proven, in words."""
        return remainder(self.coverage)


def drawn(found: Coverage, href: str = "") -> SafeString:
    """Return the drawing of a coverage; each is drawn once a day."""
    counts = tuple((state, found.count(state)) for state in ProofState if found.count(state))
    return printed("control/_coverage.html", DrawnCoverage(counts, href))


@register.simple_tag
def coverage(found: Coverage, href: str = "", unit: int | None = None) -> SafeString:
    """Draw the bar of a coverage with «41 из 57 доказано» and the rest in words.

    Its number opens `href`, narrowed to a place by `unit`.

    One assignment needs no bar, its state is said; nothing counted says so.
    """
    return drawn(found, f"{href}?unit={unit}" if href and unit else href)


@register.inclusion_tag("control/_proof.html")
def proof(state: ProofState | str | None) -> dict[str, Any]:
    """Write a state of proof with its mark; what is not counted says that control has ended."""
    if state in (None, "", "-"):
        return {"label": _("not counted"), "mark": ""}
    known = ProofState(state)
    return {"label": LABELS[known], "mark": MARKS[known]}


@register.simple_tag
def legend() -> list[ProofState]:
    """Return the states in the order of every bar."""
    return list(ProofState)


@register.simple_tag
def proof_mark(state: ProofState) -> SafeString:
    """Draw the mark of a state alone, read aloud by its name."""
    return format_html(
        '<svg class="st-i st-{0}" role="img" aria-label="{1}"><use href="#s-{0}"/></svg>',
        MARKS[state],
        LABELS[state],
    )


@register.filter
def proof_label(state: ProofState | str) -> str:
    """Return the name of a state of proof."""
    return str(LABELS[ProofState(state)])
