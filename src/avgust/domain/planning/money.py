"""The budget of a project: roubles with kopecks, never floats; what was planned, allotted and spent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark

MOST: Final = Decimal("999999999999.99")
ZERO: Final = Decimal("0.00")
_TYPED: Final = re.compile(r"(\d+)(?:[.,](\d{1,2}))?")


class Source(StrEnum):
    """Whose money it is, in the order of a budget."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    EXTRA = "extra"  # extra-budgetary: sponsors, paid services, the organisation's own


SOURCES: Final = {
    Source.FEDERAL: Message(mark("federal budget")),
    Source.REGIONAL: Message(mark("regional budget")),
    Source.MUNICIPAL: Message(mark("municipal budget")),
    Source.EXTRA: Message(mark("extra-budgetary means")),
}
NO_SUM: Final = Message(mark("Write a sum in roubles, for example 1 250 000,50."))
TOO_MUCH: Final = Message(mark("The sum is larger than any budget. Check the number of digits."))


class MoneyError(ValueError):
    """What was typed is no sum of money; `message` says how to mend it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.msgid)


@dataclass(frozen=True, slots=True)
class Money:
    """Three sums of one line, or of several together."""

    planned: Decimal = ZERO
    allotted: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: Money) -> Money:
        """Return both together."""
        return Money(self.planned + other.planned, self.allotted + other.allotted, self.spent + other.spent)

    @property
    def left(self) -> Decimal:
        """What is allotted and not spent; below zero where more was spent."""
        return self.allotted - self.spent


def amount_of(words: str) -> Decimal:
    """Return the sum that `words` say («1 250 000,50»); nothing typed is nothing. Raises MoneyError."""
    bare = re.sub(r"[\s\u00a0\u202f]|руб(?:\.|лей|ля|ль)?|₽", "", words.strip().casefold())
    if not bare:
        return ZERO
    found = _TYPED.fullmatch(bare)
    if found is None:
        raise MoneyError(NO_SUM)
    value = Decimal(f"{found[1]}.{(found[2] or '').ljust(2, '0')}")
    if value > MOST:
        raise MoneyError(TOO_MUCH)
    return value


def written(amount: Decimal) -> str:
    """Return a sum as an office writes it: «1 250 000,50», whole roubles without kopecks."""
    whole, _point, part = f"{abs(amount):.2f}".partition(".")
    groups = f"{int(whole):,}".replace(",", "\u00a0")
    said = groups if part == "00" else f"{groups},{part}"
    return f"−{said}" if amount < 0 else said


def by_source(lines: Iterable[tuple[Source, Money]]) -> dict[Source, Money]:
    """Return the sums of each source that has any, in the order of a budget."""
    found: dict[Source, Money] = {}
    for source, money in lines:
        found[source] = found.get(source, Money()) + money
    return {source: found[source] for source in Source if source in found}


def faults(money: Money) -> list[Message]:
    """Return what does not fit together; a fact is kept all the same, and said."""
    said = []
    if money.spent > money.allotted:
        values = {"sum": written(money.spent - money.allotted)}
        said.append(Message(mark("Spent more than allotted by %(sum)s roubles."), values))
    if money.allotted > money.planned:
        values = {"sum": written(money.allotted - money.planned)}
        said.append(Message(mark("Allotted more than planned by %(sum)s roubles."), values))
    return said
