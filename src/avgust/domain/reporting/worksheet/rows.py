"""A row of the sheet: the assignment, what may be said about it, and the columns that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.messages import LANGUAGES, Message, mark, translate
from avgust.domain.reporting.worksheet.keys import Key, check_print, text_print
from avgust.domain.resolutions.export.printable import cell


class Choice(StrEnum):
    """What a person decides about a row."""

    SEND = "send"
    ACCEPT = "accept"
    RETURN = "return"


CHOICES: Final = {
    Choice.SEND: mark("Send for acceptance"),
    Choice.ACCEPT: mark("Accept"),
    Choice.RETURN: mark("Return for rework"),
}
SPELLINGS: Final = {
    translate(words, language).casefold(): choice
    for choice, words in CHOICES.items()
    for language in LANGUAGES
}


class Field(StrEnum):
    """A column of the sheet."""

    NUMBER = "number"
    MEASURE = "measure"
    UNIT = "unit"
    PLACE = "place"
    DUE = "due"
    STATE = "state"
    TEXT = "text"
    LINK = "link"
    CHOICE = "choice"
    REASON = "reason"


HEADS: Final = {
    Field.NUMBER: (mark("No."), 8),
    Field.MEASURE: (mark("Measure"), 48),
    Field.UNIT: (mark("Organisation"), 32),
    Field.PLACE: (mark("Municipality"), 22),
    Field.DUE: (mark("Deadline"), 14),
    Field.STATE: (mark("Where it stands"), 22),
    Field.TEXT: (mark("What was done"), 60),
    Field.LINK: (mark("Link that proves it"), 36),
    Field.CHOICE: (mark("Decision"), 24),
    Field.REASON: (mark("Why it is returned"), 40),
}
FILLED: Final = (Field.TEXT, Field.LINK, Field.CHOICE, Field.REASON)
CHECKED: Final = (Field.NUMBER, Field.UNIT, Field.DUE)  # the words that the key is tied to


@dataclass(frozen=True, slots=True)
class WorkRow:
    """An assignment about which the reader may say something."""

    assignment: int
    version: int
    number: str
    measure: str
    unit: str
    place: str
    due: str
    state: Message
    text: str  # of the report: of the own draft, or of what was sent
    choices: tuple[Choice, ...]
    link: str = ""  # what follows is filled in where refused rows are given back
    choice: Choice | None = None
    reason: str = ""
    said: str = ""  # in place of `text`: what the person wrote
    fault: str = ""  # why it was not taken

    @property
    def reports(self) -> bool:
        """True where the reader speaks for the organisation, and so may write the text."""
        return Choice.SEND in self.choices

    def key(self, programme: int) -> Key:
        """Return the key of the row in a report on `programme`."""
        text = text_print(cell(self.text))
        beside = (cell(self.number), cell(self.unit), cell(self.due))
        check = check_print(programme, self.assignment, self.version, text, beside)
        return Key(self.assignment, self.version, text, check)

    def words(self, language: str) -> dict[Field, str]:
        """Return what stands in each column."""
        return {
            Field.NUMBER: self.number,
            Field.MEASURE: self.measure,
            Field.UNIT: self.unit,
            Field.PLACE: self.place,
            Field.DUE: self.due,
            Field.STATE: self.state.render(language),
            Field.TEXT: self.said or self.text,
            Field.LINK: self.link,
            Field.CHOICE: translate(CHOICES[self.choice], language) if self.choice else "",
            Field.REASON: self.reason,
        }
