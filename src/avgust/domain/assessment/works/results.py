"""What a file of results says: a line for each participant, shares of a group, or why a row is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell

NOT_ATTEMPTED: Final = -1  # «X»: the item was given and left out; it counts as 0 points
GOES_WITH: Final = mark(
    "Row %(row)s of the same participant was not taken. Mend it and send all rows of that participant again."
)


@dataclass(frozen=True, slots=True)
class School:
    """A school as a file names it: its login in the federal system («edu…»), its name, its municipality."""

    code: str = ""
    name: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One participant.

    `scores` stand in the order of the reader's items: points, NOT_ATTEMPTED, or None for an item that was not
    given. Who was absent has no scores.
    """

    sheet: str
    row: int
    school: School
    pupil: str
    group: str = ""  # the class, «5А»
    variant: str = ""
    scores: tuple[int | None, ...] = ()
    primary: int | None = None
    mark: int | None = None
    journal: int | None = None
    absent: bool = False
    lasting: str = ""  # a number that stays over years and schools, where the table has one
    cells: tuple[Cell, ...] = field(default=(), compare=False, repr=False)
    # of long tables: the further rows of the participant, so that all of them come back when one is refused
    further: tuple[tuple[int, tuple[Cell, ...]], ...] = field(default=(), compare=False, repr=False)

    @property
    def points(self) -> int:
        """The sum of the scores."""
        return sum(score for score in self.scores if score is not None and score > 0)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: why, and its cells as they stood, so that it can be mended."""

    sheet: str
    row: int
    why: Message
    cells: tuple[Cell, ...] = ()
    school: School = field(default_factory=School)  # where it stands above the row, not in it


def refusals_of(line: Line, why: Message) -> list[Refusal]:
    """Return what is kept of a line that is not taken: its row with the reason, its further rows beside."""
    first = Refusal(line.sheet, line.row, why, line.cells, line.school)
    told = Message(GOES_WITH, {"row": line.row})
    return [first, *(Refusal(line.sheet, row, told, cells, line.school) for row, cells in line.further)]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should look at though nothing was refused."""

    sheet: str
    row: int
    what: Message


@dataclass(frozen=True, slots=True)
class MarkShares:
    """A row of aggregate statistics: a group, its numbers of schools and pupils, shares in percent.

    `shares` is keyed by the mark ("2" … "5") or by "lowered", "confirmed", "raised".
    """

    sheet: str
    row: int
    group: str
    code: str  # «eduNNNNNN», «regNN_mNNN», "" for the whole sample
    schools: int | None
    pupils: int
    shares: tuple[tuple[str, float], ...]
