"""A parsed resolution as rows of a plan of measures."""

from __future__ import annotations

from collections.abc import Iterator

from avgust.domain.resolutions.export.plan.row import PlanRow
from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.model import Clause, Relation, Resolution


def plan_rows(resolution: Resolution, language: str) -> Iterator[PlanRow]:
    """Yield one row a measure, in the order of the text."""
    for clause in resolution.clauses:
        yield PlanRow(
            number=clause.label or str(clause.n),
            section=" → ".join(text.rstrip(" :") for text in clause.section),
            text=clause.text,
            executors=_names(clause, Relation.EXECUTOR),
            co_executors=_names(clause, Relation.CO_EXECUTOR),
            deadline=deadline_text(clause.deadline, language),
            target=_target(clause, language),
            theme=theme_label(clause.theme.theme, language) if clause.theme else "",
            note=_note(clause),
        )


def document_title(resolution: Resolution, fallback: str = "") -> str:
    """Return the title of the document, else the name of its file."""
    title = resolution.header.title
    return title.value if title else fallback


def _names(clause: Clause, relation: Relation) -> tuple[str, ...]:
    return tuple(addressee.name for addressee in clause.addressees if addressee.relation is relation)


def _target(clause: Clause, language: str) -> str:
    return clause.result or "; ".join(target_text(target, language) for target in clause.targets)


def _note(clause: Clause) -> str:
    return "; ".join(line.text for line in clause.lines if line.role == "note")
