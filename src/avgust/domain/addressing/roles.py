"""Which organisations each role of the official language falls on: one row a rule, the first that matches.

Kinds of organisations follow article 23 of the Federal Law of 29.12.2012 No. 273-FZ "On Education"
(types of educational organisations); authorities and methodical services follow the usual registers of
regional and municipal bodies.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from avgust.domain.addressing.register import RegisterUnit


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A rule: words of the role → kinds of organisations, with a condition on each unit."""

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    applies: Callable[[RegisterUnit], bool] = lambda _unit: True
    outside: bool = False  # named well, but no organisation of the register


def _rule(
    name: str,
    pattern: str,
    *kinds: str,
    applies: Callable[[RegisterUnit], bool] = lambda _unit: True,
) -> RoleRule:
    return RoleRule(name, re.compile(pattern), frozenset(kinds), applies)


def _municipal(unit: RegisterUnit) -> bool:
    return not unit.regional


def _municipal_founder(unit: RegisterUnit) -> bool:
    return unit.founder == "municipal"


def _regional_founder(unit: RegisterUnit) -> bool:
    return unit.founder == "regional"


OUTSIDE: Final = RoleRule(
    "outside the register",
    re.compile(
        r"социальн\w+ партнер|бизнес|работодател|родител|законн\w+ представител|студент|выпускник"
        r"|средств\w+ массовой информации|\bсми\b|профсоюз|общественн\w+ (организац|объединен|совет)"
        r"|образовательн\w+ организац\w+ высшего образования|\bвуз|университет|учредител|попечител"
        r"|совет\w* ректоров|учен\w+ сообществ|некоммерческ"
    ),
    frozenset(),
    outside=True,
)

# Order matters: the narrower rule stands above the wider one.
RULES: Final[tuple[RoleRule, ...]] = (
    _rule(
        "methodical services",
        r"методическ\w+ (служб|центр|кабинет)|информационно-методическ|методист"
        r"|центр\w* непрерывного повышения",
        "methodical_centre",
    ),
    _rule(
        "municipal education authorities",
        r"(орган\w+ (местного самоуправления|управления образовани)|муниципальн\w+ орган\w+"
        r"|отдел\w* образовани|управлени\w+ образовани|комитет\w* (по )?образовани"
        r"|администраци\w+ (муниципальн|городск|район|округ|город)"
        r"|глав\w+ (муниципальн|администрац|округ|район)"
        r"|моуо|омсу|муниципальн\w+ (координатор|образовани|район|округ))",
        "authority",
        applies=_municipal,
    ),
    _rule(
        "additional education",
        r"дополнительного образовани|дворц\w+ (творчеств|детск)|дом\w* (детского )?творчеств"
        r"|спортивн\w+ школ|школ\w* искусств|опорн\w+ центр",
        "additional",
    ),
    _rule(
        "preschool organisations",
        r"^(?!.*общеобразоват).*(дошкольн|детск\w+ сад|заведующ\w+ доо|воспитател|\bдоу\b|\bдоо\b)",
        "kindergarten",
    ),
    _rule(
        "preschool and general education",
        r"дошкольн\w+ и общеобразоват|общеобразоват\w+ и дошкольн",
        "school",
        "kindergarten",
    ),
    _rule(
        "vocational education",
        r"профессиональн\w+ образовательн|колледж|техникум|\bспо\b|мастер\w* производственного обучения",
        "college",
    ),
    _rule(
        "regional organisations",
        r"(государственн|областн|краев|республиканск|подведомственн)\w+"
        r" (образовательн|общеобразовательн)?\s*(организац|учрежден)",
        "school", "kindergarten", "additional", "college",
        applies=_regional_founder,
    ),
    _rule(
        "municipal educational organisations",
        r"муниципальн\w+ (бюджетн\w+ |казенн\w+ |автономн\w+ )?образовательн\w+ (организац|учрежден)",
        "school", "kindergarten", "additional",
        applies=_municipal_founder,
    ),
    _rule(
        "general education",
        r"общеобразовательн|\bшкол|гимнази|лице[йяи]|учител|классн\w+ руководител|педагог\w*-психолог"
        r"|советник\w* директор|заместител\w+ директор",
        "school",
    ),
    _rule(
        "all educational organisations",
        r"образовательн\w+ (организац|учрежден)|педагогическ\w+ (работник|коллектив)|педагог|директор"
        r"|руководител|\bоо\b"
        r"|организаци\w+,? осуществляющ\w+ образовательную деятельность|наставник",
        "school", "kindergarten", "additional", "college",
    ),
)  # fmt: skip
