"""On whom a measure falls: the rule less who was taken out, with who was added, on any day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.addressing import Acting, Exceptions, Part, Register, RegisterUnit, fall, falls_on, parts
from avgust.domain.addressing.roles import RULES
from avgust.domain.resolutions.model import Relation

SCHOOLS = [RegisterUnit(n, f"Школа № {n}", "", "school", 10 if n < 5 else 20) for n in range(1, 8)]
AUTHORITY = RegisterUnit(50, "Отдел образования", "", "authority", 10)
REGISTER = Register.of([*SCHOOLS, AUTHORITY])
HOME = Register.of([*SCHOOLS, AUTHORITY], home=10)
GENERAL = "general education"


def role(out: tuple[int, ...] = (), more: tuple[int, ...] = (), **values: object) -> Acting:
    said = {"id": 1, "relation": Relation.EXECUTOR, "rule": GENERAL, **values}
    return Acting(**said, exceptions=Exceptions(frozenset(out), frozenset(more)))  # type: ignore[arg-type]


FALLS = [
    pytest.param(role(), REGISTER, (1, 2, 3, 4, 5, 6, 7), id="a rule alone"),
    pytest.param(role(), HOME, (1, 2, 3, 4), id="a rule of a municipality"),
    pytest.param(role(out=(2, 3)), REGISTER, (1, 4, 5, 6, 7), id="two taken out"),
    pytest.param(role(more=(50,)), REGISTER, (1, 2, 3, 4, 5, 6, 7, 50), id="one added"),
    pytest.param(role(out=(2,), more=(50, 5)), HOME, (1, 3, 4, 50), id="a neighbour's is not in reach"),
    pytest.param(role(out=(99,), more=(98,)), HOME, (1, 2, 3, 4), id="who does not exist on the day"),
    pytest.param(role(more=(3,)), HOME, (1, 2, 3, 4), id="added what the rule takes"),
    pytest.param(role(rule="no such rule", more=(50,)), HOME, (50,), id="an unknown rule takes nobody"),
    pytest.param(role(unit=3), HOME, (3,), id="a body"),
    pytest.param(role(unit=90), HOME, (4,), id="a body that was merged, and its heir merged again"),
    pytest.param(role(unit=92), HOME, (), id="a body that left its work to nobody"),
    pytest.param(role(unit=93), HOME, (), id="a circle of heirs"),
]
HEIRS = {90: 91, 91: 4, 93: 94, 94: 93}


@pytest.mark.parametrize(("acting", "register", "expected"), FALLS)
def test_units_of_an_executor(acting: Acting, register: Register, expected: tuple[int, ...]) -> None:
    assert falls_on(acting, register, HEIRS).units == expected


def test_who_answers_has_no_weaker_part() -> None:
    executors = [
        Acting(1, Relation.CO_EXECUTOR, GENERAL),
        Acting(2, Relation.EXECUTOR, unit=3),
        Acting(3, Relation.PARTNER, unit=50),
    ]
    found = parts(executors, HOME, {})
    assert found == {
        1: Part(Relation.CO_EXECUTOR, 1),
        2: Part(Relation.CO_EXECUTOR, 1),
        3: Part(Relation.EXECUTOR, 2),
        4: Part(Relation.CO_EXECUTOR, 1),
        50: Part(Relation.PARTNER, 3),
    }


_SOME = st.frozensets(st.integers(1, 60), max_size=12)


@given(out=_SOME, more=_SOME, rule=st.sampled_from([rule.name for rule in RULES]))
def test_the_sum_is_true(out: frozenset[int], more: frozenset[int], rule: str) -> None:
    sum_ = falls_on(Acting(1, Relation.EXECUTOR, rule, None, Exceptions(out, more)), REGISTER, {})
    assert len(sum_.units) == len(sum_.by_rule) - len(sum_.taken_out) + len(sum_.added)
    assert len(set(sum_.units)) == len(sum_.units)
    assert set(sum_.units) <= REGISTER.ids
    assert set(sum_.units) == (set(sum_.by_rule) | (more & REGISTER.ids)) - out


@given(out=_SOME, more=_SOME)
def test_without_exceptions_the_rule_stands(out: frozenset[int], more: frozenset[int]) -> None:
    ruled = (1, 2, 3)
    assert fall(ruled, Exceptions(), REGISTER).units == ruled
    assert fall(ruled, Exceptions(out, more), REGISTER).by_rule == ruled
