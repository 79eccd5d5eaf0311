"""A report as the page prints it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avgust.domain.proof import ProofState
from avgust.domain.reporting import memory, wording
from avgust.domain.reporting.report import ExecutionReport, ReportRow, ReportSection


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row with its sentences in the reader's language."""

    row: ReportRow
    language: str

    @property
    def failed(self) -> str:
        """Who did not do it."""
        return wording.failed_text(self.row, self.language)

    @property
    def happened(self) -> list[str]:
        """What was returned, extended, taken off."""
        return [message.render(self.language) for message in self.row.happened]

    @property
    def proofs(self) -> list[str]:
        """What proves it."""
        return [message.render(self.language) for message in self.row.proofs]

    @property
    def years(self) -> int:
        """For how many years running nothing is proven; below 2 it is not said."""
        return memory.in_a_row(self.row)


def rows_of(part: ReportSection, language: str) -> list[RowWords]:
    """Return the rows of a section."""
    return [RowWords(row, language) for row in part.rows]


def told(report: ExecutionReport) -> str:
    """Return the sentence under the title."""
    said = []
    failed, against = report.count(ProofState.NOT_DONE), report.count(ProofState.CONTRADICTED)
    waits = report.count(ProofState.NOT_DUE)
    if failed:
        words = ngettext(
            "%(count)d measure is not done everywhere.", "%(count)d measures are not done everywhere.", failed
        )
        said.append(words % {"count": failed})
    if against:
        words = ngettext("Data contradict %(count)d measure.", "Data contradict %(count)d measures.", against)
        said.append(words % {"count": against})
    if waits:
        words = ngettext(
            "The day of %(count)d measure has not come yet.",
            "The days of %(count)d measures have not come yet.",
            waits,
        )
        said.append(words % {"count": waits})
    repeated = sum(memory.in_a_row(row) >= 2 for row in report.rows)
    if repeated:
        words = ngettext(
            "%(count)d clause is repeated and nothing of it is proven.",
            "%(count)d clauses are repeated and nothing of them is proven.",
            repeated,
        )
        said.append(words % {"count": repeated})
    return " ".join(said) or _("Every measure is proven.")
