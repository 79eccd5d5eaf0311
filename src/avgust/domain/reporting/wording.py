"""States and coverage of a report in words, the same on the page and in every file."""

from __future__ import annotations

from datetime import date
from typing import Final

from avgust.domain.messages import Message, mark, translate
from avgust.domain.proof import Coverage, ProofState
from avgust.domain.reporting.report import ReportRow, ReportSection
from avgust.domain.resolutions.export.wording import date_text

STATES: Final = {
    ProofState.PROVEN_BY_DATA: Message(mark("proven by data")),
    ProofState.PROVEN_BY_DOCUMENT: Message(mark("proven by document")),
    ProofState.CLAIMED: Message(mark("claimed")),
    ProofState.CONTRADICTED: Message(mark("contradicted by data")),
    ProofState.NOT_DONE: Message(mark("not done")),
    ProofState.NOT_DUE: Message(mark("not due yet")),
}


def title_text(part: ReportSection, language: str) -> str:
    """Return the heading of a section; in words for what stands under none."""
    return part.title or translate(mark("Without a section"), language)


def coverage_text(found: Coverage, language: str) -> str:
    """Return «41 из 57 доказано; заявлено: 9», or the state alone where there is one assignment."""
    if not found.total:
        return Message(mark("no assignment")).render(language)
    if found.total == 1 and found.worst:
        return STATES[found.worst].render(language)
    values = {"n": found.proven, "all": found.total}
    said = [Message(mark("%(n)s of %(all)s proven"), values).render(language)]
    rest = (ProofState.CLAIMED, ProofState.CONTRADICTED, ProofState.NOT_DONE, ProofState.NOT_DUE)
    said += [f"{STATES[one].render(language)}: {found.count(one)}" for one in rest if found.count(one)]
    return "; ".join(said)


def failed_text(row: ReportRow, language: str) -> str:
    """Return who did not do it, by name."""
    if not row.failed:
        return ""
    values = {"names": ", ".join(row.failed), "n": row.failed_more}
    told = (
        mark("Not done by: %(names)s and %(n)s more.") if row.failed_more else mark("Not done by: %(names)s.")
    )
    return Message(told, values).render(language)


def details(row: ReportRow, language: str) -> list[str]:
    """Return the sentences below a row: why it was decided, proof, failures, what happened, memory."""
    said = [
        Message(mark("Adopted because: %(words)s."), {"words": words}).render(language) for words in row.why
    ]
    said += [message.render(language) for message in row.proofs]
    failed = failed_text(row, language)
    said += [failed] if failed else []
    said += [message.render(language) for message in row.happened]
    for year in row.memory:
        values = {
            "year": year.label,
            "number": year.number,
            "state": coverage_text(year.coverage, language),
        }
        said.append(Message(mark("In %(year)s, clause %(number)s: %(state)s."), values).render(language))
    return said


def day_text(day: date, language: str) -> str:
    """Return the day of the report in words."""
    return date_text(day, language)
