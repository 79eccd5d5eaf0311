"""What was said about a clause, by whom and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.fold import lineage
from avgust.web.documents.models import Correction, Document


@dataclass(frozen=True, slots=True)
class Change:
    """One correction as a page tells of it."""

    row: Correction
    language: str

    @property
    def value(self) -> str:
        """What the field became; "" for what is no field."""
        change = self.row.said
        return value_words(change.change if isinstance(change, said.ApplyMend) else change, self.language)


def value_words(change: said.Correction, language: str) -> str:
    """Return the new value of a field in words; a field made empty is a dash."""
    match change:
        case said.SetAddressees(addressees=addressees, partners=partners):
            return "; ".join(who.name for who in (*addressees, *partners)) or "—"
        case said.SetDeadline(deadline=deadline):
            return deadline_text(deadline, language) or deadline.text or "—"
        case said.SetTargets(targets=targets):
            return "; ".join(target_text(target, language) for target in targets) or "—"
        case said.SetReferences(references=references):
            return "; ".join(reference.text for reference in references) or "—"
        case said.SetTheme(theme=theme):
            return theme_label(theme, language)
        case said.SetText(text=text, label=label):
            return f"{label}. {text}" if label else text
        case said.SetSection(headings=headings):
            return " / ".join(heading.text for heading in headings) or "—"
        case said.Split(pieces=pieces):
            return " | ".join(piece.text for piece in pieces)
    return ""


def history(document: Document, clause: str, language: str) -> list[Change]:
    """Return what was said of a clause and of what it was made of, the latest first."""
    names = lineage(clause)
    rows = document.corrections.filter(clause__in=names).select_related("actor", "undone_by")
    return [Change(row, language) for row in rows.order_by("-version")]
