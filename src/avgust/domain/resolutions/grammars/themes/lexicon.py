"""A theme's words, declared as data: phrases of stems in tiers of weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from avgust.domain.resolutions.model import Theme


class Tier(Enum):
    """How much a phrase says about the theme; the value is its weight."""

    RULING = 14.0  # so narrow that it wins over anything decisive: «питание» over «повышение квалификации»
    DECISIVE = 9.0  # names the thing ordered: «горячее питание», «повышение квалификации»
    STRONG = 5.0  # belongs to one theme nearly always
    PLAIN = 3.0
    WEAK = 1.5  # a hint, beaten by anything above
    FAINT = 0.5  # office words that every clause may have: «план», «проект», «комиссия»


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems that must follow one another with at most `GAP` words between two.

    A stem is the beginning of a word in lower case, ё written as е; a stem that starts with "=" is a
    whole word. A phrase without a theme says nothing, but takes its words from shorter phrases.
    """

    stems: tuple[str, ...]
    theme: Theme | None
    weight: float


GAP: Final = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one theme. Tiers are texts of phrases parted by ";", easy to read and to extend."""

    theme: Theme | None
    tiers: Mapping[Tier, str]

    def phrases(self) -> tuple[Phrase, ...]:
        """Return the declared phrases. An empty or doubled phrase is an error of the declaration."""
        found: dict[tuple[str, ...], Phrase] = {}
        for tier, text in self.tiers.items():
            for item in text.split(";"):
                stems = tuple(item.split())
                if not stems or stems in found:
                    raise ValueError(f"{self.theme}: empty or doubled phrase {item!r}")
                found[stems] = Phrase(stems, self.theme, tier.value)
        return tuple(found.values())


def lexicon(theme: Theme | None, **tiers: str) -> Lexicon:
    """Declare the lexicon of `theme`: `lexicon(theme, decisive="…; …", plain="…")`, names of `Tier`."""
    return Lexicon(theme, MappingProxyType({Tier[name.upper()]: text for name, text in tiers.items()}))
