"""Duties that wait for a condition or another document: «по мере необходимости», «по отдельному графику».

In a clause many of these words are part of the demand («по согласованию с …», «при наличии мест»); there
only the ones that cannot mean anything else are taken.
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
)
from avgust.domain.resolutions.grammars.deadline.context import describes_a_noun
from avgust.domain.resolutions.model import DeadlineKind

_BY_PLAN: Final = (
    r"(?:отдельн|утвержденн|установленн|индивидуальн|прилагаем|согласованн|ежегодн|годов|учебн"
    r"|перспективн|федеральн|региональн|областн|краев|республиканск|муниципальн)[а-я]+ "
)
_NEED: Final = re.compile(
    r"(?<![а-я])(?:по мере (?:необходимости|поступления|выделения|появления|возникновения|готовности|выхода"
    r"|издания|формирования|обращения)(?: [а-я]+(?:ств|ства|ов|ий|ок|ей|ия))?"
    r"|в (?:случае|случаях) необходимости)(?![а-я])"
)
_SCHEDULE: Final = re.compile(
    rf"(?<![а-я])(?:по|согласно|в соответствии с) (?:{_BY_PLAN}){{0,2}}(?:план(?:у|ом)?-)?(?:график"
    rf"|расписани)(?:у|ам|ом|ю|ем|ами)?(?: [а-я]+(?:ия|ий|ов|ы))?(?![а-я])"
    rf"|(?<![а-я])(?:по|согласно) отдельн[а-я]+ (?:план|график|приказ|распоряжени)(?:у|ам|ю|ям|ом"
    rf"|ами)(?![а-я])"
    r"|(?<![а-я])в (?:установленн|определенн|указанн|предусмотренн"
    r"|регламентированн)[а-я]+ (?:[а-я]+ )?срок(?:и|ах)?(?![а-я])"
    r"|(?<![а-я])в сроки?, (?:установленн|определенн|указанн|предусмотренн|утвержденн)[а-я]+(?: [а-я▒]+){0,5}"
)
_IN_LINE: Final = re.compile(
    r"(?<![а-я])(?:при (?:необходимости|наличии|поступлении|возникновении|условии|выделении)(?: [а-я]+){0,4}"
    r"|по (?:согласованию|необходимости|возможности|запрос(?:у|ам)|требовани(?:ю|ям)|заявк(?:е|ам)"
    r"|заявлени(?:ю|ям)|обращени(?:ю|ям)|факту|потребности)(?: (?!с(?:о)? )[а-я]+){0,3}"
    rf"|(?:по|согласно|в соответствии с) (?:{_BY_PLAN})?план(?:у|ам|ом"
    rf"|ами)(?:-график[а-я]+)?(?: [а-я]+){{0,4}}"
    r"|(?:по|согласно) (?:приказ|положени|распоряжени|письм|дорожной карт)[а-я]+(?: [а-я]+){0,3}"
    r"|в рабочем порядке"
    r"|сроки? (?:уточня|определя)[а-я]+|в соответствии (?:с )?[а-я]+ сроками)(?![а-я])"
)


def _waiting(match: Match, confidence: float) -> Candidate:
    return candidate(match, Rank.VAGUE, DeadlineKind.CONDITIONAL, confidence, match.span())


def _need(match: Match, reading: Reading) -> Candidate | None:
    return None if describes_a_noun(reading, match.start()) else _waiting(match, 0.9)


def _schedule(match: Match, reading: Reading) -> Candidate | None:
    return None if describes_a_noun(reading, match.start()) else _waiting(match, 0.8)


def _in_line(match: Match, reading: Reading) -> Candidate | None:
    return _waiting(match, 0.85) if reading.in_line else None


RULES: Final = (
    Rule("conditional.need", ("необходимости", "по мере"), _NEED, _need),
    Rule("conditional.schedule", ("график", "расписани", "отдельн", "срок"), _SCHEDULE, _schedule),
    Rule("conditional.line", ("при ", "по ", "согласно", "в рабочем", "срок", "в соотв"), _IN_LINE, _in_line),
)
