"""What a person says of each column of a table of one's own, and the mapping that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from avgust.domain.assessment.works.cells import plain, text_of
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import LONGEST, Mapping
from avgust.domain.assessment.works.specification import Specification
from avgust.domain.messages import Message, mark
from avgust.domain.tables import Cell

_LONGEST_CODE: Final = 20  # of an item, as specifications keep it


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field, the scores of an item with its maximum where it is known, or neither: it is ignored."""

    field: Field | None = None
    item: str = ""
    maximum: int | None = None

    @property
    def is_taken(self) -> bool:
        """True unless the column is ignored."""
        return self.field is not None or bool(self.item)


IGNORED: Final = Meaning()


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps meanings from being a mapping; `column` is None where it is about all of them."""

    what: Message
    column: int | None = None


def faults_in(heads: Sequence[Cell], meanings: Sequence[Meaning]) -> list[Fault]:
    """Return what is wrong with the meanings of the columns under `heads`; none when they are a mapping."""
    found: list[Fault] = []
    fields: dict[Field, int] = {}
    items: dict[str, int] = {}
    texts = [text_of(head) for head in heads]
    for column, one in enumerate(meanings):
        if not one.is_taken:
            continue
        told = {"first": column_of(fields, items, one)}
        if not plain(texts[column]) and not texts[column]:
            found.append(Fault(Message(mark("A column without a head cannot be taken: write one.")), column))
        elif len(texts[column]) > LONGEST:
            found.append(Fault(Message(mark("The head is too long: shorten it.")), column))
        elif texts[column] in texts[:column]:
            found.append(
                Fault(Message(mark("An earlier column has the same head: rename one in the table.")), column)
            )
        elif told["first"]:
            found.append(Fault(Message(mark("Column %(first)s is already that."), told), column))
        elif len(one.item) > _LONGEST_CODE:
            found.append(Fault(Message(mark("The number of an item is at most 20 characters.")), column))
        if one.field is not None:
            fields.setdefault(one.field, column)
        else:
            items.setdefault(one.item, column)
    return [*found, *(Fault(what) for what in _missing(fields, items))]


def faults_for(work: Specification, meanings: Sequence[Meaning]) -> list[Fault]:
    """Return what would stop an import into this work, or refuse every row of it.

    The mapping itself may be right: another work has other items and no variants.
    """
    found: list[Fault] = []
    for column, one in enumerate(meanings):
        if not one.item:
            continue
        place = work.places.get(one.item)
        if place is None:
            told: dict[str, object] = {"item": one.item}
            found.append(Fault(Message(mark("The specification has no item %(item)s."), told), column))
        elif one.maximum not in (None, work.items[place].maximum):
            told = {"item": one.item, "right": work.items[place].maximum}
            words = mark("The specification has %(right)s points for item %(item)s: write them, or none.")
            found.append(Fault(Message(words, told), column))
    taken = {one.field for one in meanings if one.field is not None}
    if work.variants and Field.VARIANT not in taken and meanings:
        told = {"known": ", ".join(sorted(work.variants))}
        words = mark(
            "Say which column is the variant: the work has variants %(known)s, and a row without one is"
            " refused."
        )
        found.append(Fault(Message(words, told)))
    return found


def doubts_about(
    work: Specification | None, meanings: Sequence[Meaning], rows: Sequence[Sequence[str]]
) -> list[Fault]:
    """Return which columns have, in the first `rows`, more points than their items can give.

    A doubt and no fault: it may be the rows that are wrong, and those are refused one by one.
    """
    found: list[Fault] = []
    for column, one in enumerate(meanings):
        maximum = one.maximum
        if one.item and work is not None and one.item in work.places:
            maximum = work.items[work.places[one.item]].maximum
        if not one.item or maximum is None:
            continue
        above = [score for row in rows if (score := _points(row[column])) is not None and score > maximum]
        if above:
            told = {"highest": max(above), "maximum": maximum, "count": len(above)}
            words = mark(
                "In the first rows up to %(highest)s points stand here, and the maximum is %(maximum)s;"
                " rows above it: %(count)s."
            )
            found.append(Fault(Message(words, told), column))
    return found


def _points(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def column_of(fields: dict[Field, int], items: dict[str, int], one: Meaning) -> int | None:
    """Return the number, from 1, of the column that already means `one`; None where it is the first."""
    earlier = fields.get(one.field) if one.field is not None else items.get(one.item)
    return None if earlier is None else earlier + 1


def _missing(fields: dict[Field, int], items: dict[str, int]) -> list[Message]:
    said: list[Message] = []
    if Field.PUPIL not in fields:
        said.append(Message(mark("Say which column is the participant's code.")))
    long = {Field.ITEM, Field.SCORE} & set(fields)
    if len(long) == 1:
        said.append(
            Message(
                mark("A table with a row for each answer needs two columns: the item and the points for it.")
            )
        )
    if len(long) == 2 and items:
        said.append(
            Message(
                mark("A table with a row for each answer has no columns of items: leave one or the other.")
            )
        )
    if not long and not items:
        said.append(Message(mark("Say which columns hold the scores of items.")))
    return said


def mapping_of(name: str, heads: Sequence[Cell], meanings: Sequence[Meaning]) -> Mapping:
    """Return the mapping of meanings in which `faults_in` finds nothing."""
    said = [(text_of(head), one) for head, one in zip(heads, meanings, strict=True)]
    return Mapping(
        name,
        {one.field: head for head, one in said if one.field is not None},
        {head: one.item for head, one in said if one.item},
        {head: one.maximum for head, one in said if one.item and one.maximum is not None},
    )


def meanings_of(mapping: Mapping, heads: Sequence[Cell]) -> tuple[Meaning, ...] | None:
    """Return what each column is by a mapping; None when the columns lack one of its heads."""
    texts = [text_of(head) for head in heads]
    if not (mapping.items or mapping.is_long) or not mapping.heads.issubset(texts):
        return None
    fields = {head: field for field, head in mapping.fields.items()}
    found: list[Meaning] = []
    for column, text in enumerate(texts):
        if text in texts[:column]:
            found.append(IGNORED)
        elif text in mapping.items:
            found.append(Meaning(None, mapping.items[text], mapping.maxima.get(text)))
        else:
            found.append(Meaning(fields.get(text)))
    return tuple(found)
