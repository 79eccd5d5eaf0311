"""Points that an order or decree carries out by being signed: they need no executor and no date."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Clause

_GENRES: Final = frozenset({"order", "decree"})
_AT_ONCE: Final = re.compile(
    r"(?:утвердить|создать|образовать|назначить|установить|определить|ввести|признать|возложить|"
    r"считать|внести (?:в|следующие) )",
    re.IGNORECASE,
)
_BY_ISSUER: Final = re.compile(
    r"(?:провести|организовать|продлить|объявить|присвоить|наградить)\b", re.IGNORECASE
)


def is_done_by_signing(reading: Reading, clause: Clause) -> bool:
    """Tell whether the act itself does what the point says: «Утвердить», «Создать», «Назначить»."""
    return _is_act(reading) and _AT_ONCE.match(clause.text) is not None


def is_done_by_issuer(reading: Reading, clause: Clause) -> bool:
    """Tell whether the body that signs is the one that acts: «Провести конкурс» of an order."""
    done = is_done_by_signing(reading, clause)
    return done or (_is_act(reading) and _BY_ISSUER.match(clause.text) is not None)


def _is_act(reading: Reading) -> bool:
    return reading.resolution.header.genre in _GENRES
