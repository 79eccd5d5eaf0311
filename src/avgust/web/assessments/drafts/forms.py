"""What is asked about the columns of a table: what each is, the number of the item, its points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from avgust.domain.assessment.works.cells import item_head
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import LONGEST
from avgust.domain.assessment.works.meanings import Meaning, doubts_about, faults_for, faults_in
from avgust.domain.assessment.works.specification import MOST_POINTS
from avgust.web.ui.requests import language

if TYPE_CHECKING:
    from django.http import QueryDict

    from avgust.web.assessments.drafts.models import TableDraft

POINTS: Final = "points"  # the scores of an item
CHOICES: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("", pgettext_lazy("column", "is ignored")),
    (POINTS, pgettext_lazy("column", "scores of an item")),
    (Field.PUPIL, pgettext_lazy("column", "participant's code")),
    (Field.LASTING, pgettext_lazy("column", "code that stays over years")),
    (Field.SCHOOL, pgettext_lazy("column", "school: login")),
    (Field.SCHOOL_NAME, pgettext_lazy("column", "school: name")),
    (Field.MUNICIPALITY, pgettext_lazy("column", "municipality")),
    (Field.GROUP, pgettext_lazy("column", "class")),
    (Field.VARIANT, pgettext_lazy("column", "variant")),
    (Field.PRIMARY, pgettext_lazy("column", "sum of the scores")),
    (Field.MARK, pgettext_lazy("column", "mark for the work")),
    (Field.JOURNAL, pgettext_lazy("column", "mark in the journal")),
    (Field.ATTENDANCE, pgettext_lazy("column", "attendance")),
    (Field.ITEM, pgettext_lazy("column", "row for each answer: item")),
    (Field.SCORE, pgettext_lazy("column", "row for each answer: points")),
)
_ASKED: Final = ("what", "item", "maximum")
_KNOWN: Final = {str(value) for value, _name in CHOICES}


class SendTableForm(forms.Form):
    """A table of one's own."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("XLSX, ODS, XLS or CSV; a row for each participant or a row for each answer."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv"}),
    )


@dataclass
class Line:
    """A column in the form: what was chosen and typed, what is wrong with it."""

    number: int
    head: str
    examples: list[str]
    why: str
    chosen: str
    item: str
    maximum: str
    errors: list[str] = field(default_factory=list)
    doubt: str = ""  # what the first rows contradict
    known: int | None = None  # the points of the item in the specification


class Columns:
    """The answers about all columns, as they are kept or as they were sent.

    `to_import`: what the work itself would refuse is an error too; for keeping the mapping it is not.
    """

    def __init__(self, draft: TableDraft, sent: QueryDict | None = None, *, to_import: bool = False) -> None:
        self.draft = draft
        specification = draft.work.specification
        self.work = specification.value() if specification else None
        self.maxima = {item.code: item.maximum for item in self.work.items} if self.work else {}
        self.name = (sent.get("name", "") if sent is not None else draft.mapping_name).strip()
        self.errors: list[str] = []
        self.lines = [self._line(at, head, sent) for at, head in enumerate(draft.heads)]
        for line in self.lines:
            line.known = self.maxima.get(line.item)
        self.meanings: list[Meaning] = list(draft.said) if sent is None else self._read()
        self.hints: list[str] = []
        self._hold_against_work(as_errors=to_import)

    def _line(self, at: int, head: str, sent: QueryDict | None) -> Line:
        examples = list(dict.fromkeys(row[at] for row in self.draft.sample if row[at]))[:3]
        why = self.draft.reasons[at].render(language())
        if sent is not None:
            chosen, item, maximum = (sent.get(f"{name}{at}", "").strip() for name in _ASKED)
            return Line(at + 1, head, examples, why, chosen, item, maximum)
        said = self.draft.said[at]
        chosen = POINTS if said.item else said.field.value if said.field else ""
        maximum = "" if said.maximum is None else str(said.maximum)
        return Line(at + 1, head, examples, why, chosen, said.item, maximum)

    def _read(self) -> list[Meaning]:
        """Return the meanings; what is wrong stands beside its column, or above all."""
        if not self.name or len(self.name) > LONGEST:
            self.errors.append(_("Name the mapping, in 200 characters at most."))
        meanings = [self._meaning(line) for line in self.lines]
        wrong = {line.number - 1 for line in self.lines if line.errors}
        for fault in faults_in(self.draft.heads, meanings):
            said = fault.what.render(language())
            if fault.column is None:
                self.errors.append(said)
            elif fault.column not in wrong:
                self.lines[fault.column].errors.append(said)
        return meanings

    def _hold_against_work(self, *, as_errors: bool) -> None:
        """Tell what the work asks of the columns, and what the first rows contradict."""
        told = language()
        for fault in faults_for(self.work, self.meanings) if self.work else ():
            said = fault.what.render(told)
            if fault.column is None:
                (self.errors if as_errors else self.hints).append(said)
            elif not self.lines[fault.column].errors:
                line = self.lines[fault.column]
                if as_errors:
                    line.errors.append(said)
                else:
                    line.doubt = said
        for doubt in doubts_about(self.work, self.meanings, self.draft.sample):
            line = self.lines[doubt.column or 0]
            line.doubt = line.doubt or doubt.what.render(told)

    def _meaning(self, line: Line) -> Meaning:
        if line.chosen not in _KNOWN:
            line.errors.append(_("Choose what the column is from the list."))
            return Meaning()
        if line.chosen != POINTS:
            return Meaning(Field(line.chosen) if line.chosen else None)
        head = item_head(line.item)
        code = head.code if head and head.maximum is None else line.item
        if not code:
            line.errors.append(_("Write the number of the item, such as “4” or “4К1”."))
        maximum = int(line.maximum) if line.maximum.isdecimal() and len(line.maximum) < 4 else None
        if line.maximum and (maximum is None or not 1 <= maximum <= MOST_POINTS):
            line.errors.append(_("The points of an item are a whole number from 1 to 100."))
            maximum = None
        return Meaning(None, code, maximum)

    @property
    def are_right(self) -> bool:
        """True where the answers are a mapping."""
        return not self.errors and not any(line.errors for line in self.lines)

    @property
    def wrong(self) -> list[Line]:
        """The columns with errors."""
        return [line for line in self.lines if line.errors]
