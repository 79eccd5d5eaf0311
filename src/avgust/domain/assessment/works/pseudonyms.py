"""Pupils as keyed codes: who holds the key can tell a code from a participant's number, nobody else can.

HMAC-SHA-256 cut to 63 bits: by the birthday bound two of five million pupils meet with a probability of 1e-6.
A participant's number has five digits, so a plain digest would be undone by trying them all.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Final

from avgust.domain.periods import Period

SHORTEST: Final = 32  # bytes of a key
_BITS: Final = (1 << 63) - 1


class PupilKey:
    """The key of a territory. Without it codes of two years cannot be brought together."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST:
            raise ValueError("the key of the pupils' codes has at least 32 bytes")
        self._mac = hmac.new(secret, digestmod=sha256)

    def __repr__(self) -> str:
        """Never print the key."""
        return "PupilKey(…)"

    def of_participant(self, school: str, pupil: str, year: Period) -> int:
        """Return the code of a participant, whose number is the same in all works of a school year."""
        return self._code("year", _label(year), school, pupil)

    def lasting(self, pupil: str) -> int:
        """Return the code of a pupil by a number that lasts over years and schools."""
        return self._code("lasting", pupil)

    def who(self, codes: Iterable[int], school: str, pupils: Iterable[str], year: Period) -> dict[int, str]:
        """Return the participants' numbers by code, for the holder of the key who knows the numbers."""
        wanted = set(codes)
        known = ((self.of_participant(school, pupil, year), pupil) for pupil in pupils)
        return {code: pupil for code, pupil in known if code in wanted}

    def _code(self, *parts: str) -> int:
        mac = self._mac.copy()
        mac.update("\x1f".join(part.replace("\x1f", " ") for part in parts).encode())
        return int.from_bytes(mac.digest()[:8], "big") & _BITS


@lru_cache(maxsize=64)
def _label(year: Period) -> str:
    """Return the name of a year, which every row of a million asks for."""
    return year.label


def shown(code: int) -> str:
    """Return a code as people read it: 16 letters and digits."""
    return f"{code:016X}"
