"""Who is reminded of a milestone."""

from __future__ import annotations

import pytest

from avgust.domain.planning.owners import owners_of_plan, predecessors

ADOPTER = 9
CASES = (
    ("one body", (1,), {}, (1,)),
    ("two bodies, in the order of the document", (2, 1), {}, (2, 1)),
    ("a kind of organisations: the adopter's own plan", (), {}, (ADOPTER,)),
    ("a closed one by its heir", (1,), {1: 2, 2: 3}, (3,)),
    ("a closed one and its heir are one", (1, 3), {1: 3}, (3,)),
    ("a closed one without an heir", (1,), {1: None}, (ADOPTER,)),
)


@pytest.mark.parametrize(("_case", "named", "closed", "expected"), CASES, ids=[case[0] for case in CASES])
def test_who_answers(_case: str, named: tuple[int, ...], closed: dict, expected: tuple[int, ...]) -> None:
    assert owners_of_plan(named, ADOPTER, closed) == expected


def test_who_was_before() -> None:
    assert predecessors({3}, {1: 2, 2: 3, 4: None, 5: 6}) == {1, 2}
