"""Duties without an end: «постоянно», «на постоянной основе», «постоянный контроль», «бессрочно».

«весь период» alone is the life of the document: permanent; with a named period it is an interval that the
text does not date.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Rank,
    Reading,
    Rule,
    candidate,
    stretch,
)
from avgust.domain.resolutions.grammars.deadline.context import before_participle, describes_a_noun
from avgust.domain.resolutions.model import DeadlineKind

_PERMANENT: Final = re.compile(
    r"(?<![а-я-])(?:постоянно|бессрочно|круглогодично|круглый год|на постоянной основе|в постоянном режиме"
    r"|на бессрочной основе"
    r"|(?:на|под) постоянн(?:ый|ом) контрол[ьея]|постоянн(?:ый|ого|ом) (?:контрол|мониторинг"
    r"|надзор)[а-я]*)(?![а-я-])"
)
_IN_LINE: Final = re.compile(r"(?<![а-я-])(?:непрерывно|постоянн(?:ый|ая|ое)|весь год|без срока)(?![а-я-])")
_WHOLE_PERIOD: Final = re.compile(
    r"(?<![а-я-])(?:(?:в течение|на протяжении) всего (?:периода|срока)|(?:на )?весь (?:период"
    r"|срок))(?![а-я])(?P<named>(?: [а-я]+){1,3})?"
)


def _forever(match: Match, confidence: float) -> Candidate:
    return candidate(match, Rank.RHYTHM, DeadlineKind.PERMANENT, confidence)


def _permanent(match: Match, reading: Reading) -> Candidate | None:
    """«постоянно действующая комиссия» and «работающие на постоянной основе» are no deadlines."""
    if describes_a_noun(reading, match.start()) or before_participle(reading, match.end()):
        return None
    return _forever(match, 0.95)


def _in_line(match: Match, reading: Reading) -> Candidate | None:
    return _forever(match, 0.85) if reading.in_line else None


def _whole_period(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    if match["named"]:
        return stretch(match, (None, None), 0.7)
    return _forever(match, 0.8)


RULES: Final = (
    Rule("permanent", ("постоянн", "бессрочн", "круглогод", "круглый"), _PERMANENT, _permanent),
    Rule("permanent.line", ("непрерывно", "постоянн", "весь год", "без срока"), _IN_LINE, _in_line),
    Rule("permanent.period", ("всего", "весь"), _WHOLE_PERIOD, _whole_period),
)
