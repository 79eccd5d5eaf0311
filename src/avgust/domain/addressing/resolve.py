"""From the name of an addressee to the units that must act."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.addressing.register import Register, RegisterUnit, normalised
from avgust.domain.addressing.roles import OUTSIDE, RULES, RoleRule

_REGIONAL_BODY: Final = re.compile(r"^(министерство|департамент|комитет|управление|главное управление)\b")
_LOCAL_BODY: Final = re.compile(
    r"^(отдел|управление|комитет|департамент)\s(по\s)?(образован\w+|просвещени\w+)"
)
_BY_NAME: Final = {rule.name: rule for rule in RULES}
ROLE_NAMES: Final = tuple(_BY_NAME)  # of the rules that `by_rule` knows


class Outcome(StrEnum):
    """How an addressee was resolved."""

    BODY = "body"  # one unit of the register
    ROLE = "role"  # all units of a rule
    AMBIGUOUS = "ambiguous"  # several units fit equally: a person decides
    OUTSIDE = "outside"  # known, but no unit of the register
    UNKNOWN = "unknown"  # nothing in the register fits


@dataclass(frozen=True, slots=True)
class Addressing:
    """The answer: the units, and the rule that gave them."""

    outcome: Outcome
    units: tuple[int, ...] = ()
    rule: str = ""


def resolve(name: str, form: str, register: Register) -> Addressing:
    """Return on whom `name` falls; `form` is "body" or "role" as the grammar read it.

    A body is tried by name first whatever its form, then by what such a body is called in the
    document's own territory («отдел образования администрации района»); a role goes by rule.
    """
    key = normalised(name)
    if not key:
        return Addressing(Outcome.UNKNOWN)
    exact = register.by_name.get(key, ())
    if exact:
        return _answer(exact, "by name")
    if form == "body":
        return _own_body(key, register) or _contained(key, register) or _by_role(key, register)
    return _by_role(key, register)


def _answer(units: tuple[RegisterUnit, ...], rule: str) -> Addressing:
    """Return one body, or the question which of them."""
    outcome = Outcome.BODY if len(units) == 1 else Outcome.AMBIGUOUS
    return Addressing(outcome, tuple(unit.id for unit in units), rule)


def _own_body(key: str, register: Register) -> Addressing | None:
    """Return the document's own authority where it is named by its office only.

    «Отдел образования администрации района» in a municipal document is that municipality's authority;
    «Министерство образования области» in a regional one is the regional authority.
    """
    pattern, level = (_REGIONAL_BODY, None) if register.home is None else (_LOCAL_BODY, register.home)
    if not pattern.match(key):
        return None
    own = tuple(u for u in register.units if u.kind == "authority" and u.municipality == level)
    words = set(key.split())
    fitting = tuple(u for u in own if _same_office(words, normalised(u.name)))
    return _answer(fitting, "own authority") if fitting else None


def _same_office(words: set[str], name: str) -> bool:
    """True when the office word and the subject agree: «отдел образования …» and «отдел образования …»."""
    other = set(name.split())
    subject = {w for w in words if w.startswith(("образован", "просвещен"))}
    return bool(words & other & {"отдел", "управление", "комитет", "департамент", "министерство"}) and bool(
        subject and {w for w in other if w.startswith(("образован", "просвещен"))}
    )


def _contained(key: str, register: Register) -> Addressing | None:
    """Return units whose name holds every word of `key`, when `key` is long enough to mean one body."""
    words = {word for word in key.split() if len(word) > 2 or word.isdigit()}
    if len(words) < 2:
        return None
    fitting = tuple(u for u in register.units if words <= set(normalised(u.name).split()))
    return _answer(fitting, "by part of the name") if 0 < len(fitting) <= 20 else None


def _by_role(key: str, register: Register) -> Addressing:
    """Return every unit in reach that the first matching rule takes."""
    if OUTSIDE.pattern.search(key):
        return Addressing(Outcome.OUTSIDE, rule=OUTSIDE.name)
    for rule in RULES:
        if rule.pattern.search(key):
            units = by_rule(rule.name, register)
            return Addressing(Outcome.ROLE if units else Outcome.UNKNOWN, units, rule.name)
    return Addressing(Outcome.UNKNOWN)


def by_rule(name: str, register: Register) -> tuple[int, ...]:
    """Return every unit in reach that the rule called `name` takes; none where no rule is called so."""
    rule = _BY_NAME.get(name)
    if rule is None:
        return ()
    if name not in register.ruled:
        register.ruled[name] = tuple(unit.id for unit in register.in_reach if _takes(rule, unit))
    return register.ruled[name]


def _takes(rule: RoleRule, unit: RegisterUnit) -> bool:
    return unit.kind in rule.kinds and rule.applies(unit)
