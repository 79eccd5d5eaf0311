"""The tax number (ИНН): ten digits of an organisation or twelve of a person, with control digits.

Control digits: order of the Federal Tax Service of 29.06.2012 No. ММВ-7-6/435@, the structure of the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from avgust.domain.messages import Message, mark

_TEN: Final = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVEN: Final = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELVE: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def control_digit(digits: str, weights: Sequence[int]) -> str:
    """Return the control digit of the leading `digits`."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return str(total % 11 % 10)


def with_control(nine: str) -> str:
    """Return the number of an organisation that begins with these nine digits."""
    return nine + control_digit(nine, _TEN)


def inn_fault(inn: str) -> Message | None:
    """Return what is wrong with a tax number; None for a right one."""
    if not (inn.isascii() and inn.isdigit()):
        return Message(mark("A tax number has digits only: ten of them, or twelve."))
    if len(inn) == 10:
        right = inn[9] == control_digit(inn, _TEN)
    elif len(inn) == 12:
        right = inn[10] == control_digit(inn, _ELEVEN) and inn[11] == control_digit(inn, _TWELVE)
    else:
        values = {"count": len(inn)}
        return Message(mark("A tax number has ten digits or twelve, not %(count)d."), values)
    if not right:
        return Message(mark("The control digit does not fit: there is a misprint in the tax number."))
    return None
