"""On which organisations of a territory an addressee falls.

A named body is looked up in the register; a role («руководители общеобразовательных организаций») falls by
rule on every organisation of its kinds. Nothing is guessed silently: two equal candidates are returned as
a question, and who stands outside the register (parents, universities, the press) is said to.
"""

from avgust.domain.addressing.falling import Acting, Exceptions, Fall, Part, fall, falls_on, parts
from avgust.domain.addressing.register import Register, RegisterUnit
from avgust.domain.addressing.resolve import ROLE_NAMES, Addressing, Outcome, by_rule, resolve

__all__ = [
    "ROLE_NAMES",
    "Acting",
    "Addressing",
    "Exceptions",
    "Fall",
    "Outcome",
    "Part",
    "Register",
    "RegisterUnit",
    "by_rule",
    "fall",
    "falls_on",
    "parts",
    "resolve",
]
