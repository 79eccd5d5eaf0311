"""Numbers in sentences, tables and charts: a comma in Russian, a true minus, thousands parted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from avgust.domain.messages import DEFAULT_LANGUAGE, Message, mark

NO_DATA = Message(mark("no data"))
_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Number(Message):
    """A number that knows how it is printed; spreadsheets take its `value`."""

    value: float = math.nan
    digits: int = 1
    sign: bool = False

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the number as the language prints it; «нет данных» where there is none."""
        if not math.isfinite(self.value):
            return NO_DATA.render(language)
        text = f"{abs(self.value):,.{self.digits}f}"
        if language == "ru":
            text = text.replace(",", _SPACE).replace(".", ",")
        rounded = round(self.value, self.digits)
        return ("−" if rounded < 0 else "+" if self.sign and rounded > 0 else "") + text


def number(value: float, digits: int = 1, *, sign: bool = False) -> Number:
    """Return `value` to be printed with so many digits."""
    return Number("", {}, float(value), digits, sign)


def percent(share: float, digits: int = 0) -> Number:
    """Return a share (0..1) as percents, without the sign of them."""
    return number(100 * share, digits)
