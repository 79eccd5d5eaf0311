"""How the tables of addressee cases are written and compared.

An expected addressee is "B Name" (a named body) or "R name" (a role), with a mark before it where it is no
executor: "+" co-executor, "~" partner, "=" controller.
"""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Addressee, AddresseeForm, Relation, Span

MARKS = {
    Relation.EXECUTOR: "",
    Relation.CO_EXECUTOR: "+",
    Relation.PARTNER: "~",
    Relation.CONTROLLER: "=",
}


def fragment_of(text: str) -> Fragment:
    return Fragment.of(text, Span(0, len(text)))


def shown(addressees: tuple[Addressee, ...]) -> list[str]:
    return [f"{MARKS[a.relation]}{'B' if a.form is AddresseeForm.BODY else 'R'} {a.name}" for a in addressees]


def table(text: str) -> list[tuple[str, list[str]]]:
    """Read lines of «text -> expected | expected»."""
    rows = (line.split(" -> ") for line in lines(text))
    return [(printed, expected.split(" | ")) for printed, expected in rows]


def lines(text: str) -> list[str]:
    """Read one text a line."""
    return text.strip().splitlines()
