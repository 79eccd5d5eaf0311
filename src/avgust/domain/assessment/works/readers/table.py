"""A table of results as its reader found it: the form, what stands above, the items, the rows to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from avgust.domain.assessment.works.results import Line, MarkShares, Refusal, Remark
from avgust.domain.assessment.works.specification import Item
from avgust.domain.assessment.works.title import Title
from avgust.domain.tables import Cell


class Form(StrEnum):
    """Which form a table is."""

    INDIVIDUAL = "individual"  # F1 of ФИС ОКО, «Индивидуальные результаты»
    MARKS = "marks"  # F3 of ФИС ОКО, «Статистика по отметкам»
    JOURNAL = "journal"  # «Сравнение отметок с отметками по журналу»
    COLLECTION = "collection"  # form by which a school hands in results
    WIDE = "wide"  # a table of one's own, a row for each participant
    LONG = "long"  # a table of one's own, a row for each answer


@dataclass(frozen=True)
class Table:
    """`rows` can be gone through once; scores of a line stand in the order of `codes`."""

    form: Form
    rows: Iterator[Line | MarkShares | Refusal | Remark]
    codes: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()  # those whose maximum is printed
    title: Title = field(default_factory=Title)
    heads: tuple[Cell, ...] = ()  # as printed, to be given back above refused rows


Head = Sequence[Sequence[Cell]]  # the first rows of a sheet
