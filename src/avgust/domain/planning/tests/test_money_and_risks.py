"""Sums as people type them, and the matrix of risks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.planning.money import Money, MoneyError, Source, amount_of, by_source, faults, written
from avgust.domain.planning.risks import Level, level_of


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", "0.00"),
        ("0", "0.00"),
        ("1 250 000,50", "1250000.50"),
        ("1\u00a0250\u00a0000 руб.", "1250000.00"),
        ("1250000.5", "1250000.50"),
        ("700 ₽", "700.00"),
        ("999999999999,99", "999999999999.99"),
    ],
)
def test_sums(typed: str, amount: str) -> None:
    assert str(amount_of(typed)) == amount


@pytest.mark.parametrize("typed", ["-1", "1,2,3", "1e9", "=1+1", "сто", "0.005", "1000000000000", "NaN"])
def test_no_sums(typed: str) -> None:
    with pytest.raises(MoneyError):
        amount_of(typed)


@given(st.decimals(0, Decimal("999999999999.99"), places=2))
def test_a_written_sum_reads_back(amount: Decimal) -> None:
    assert amount_of(written(amount)) == amount


def test_sums_of_sources_in_order() -> None:
    one = Money(Decimal(3), Decimal(2), Decimal(1))
    found = by_source([(Source.EXTRA, one), (Source.FEDERAL, one), (Source.EXTRA, one)])
    assert list(found) == [Source.FEDERAL, Source.EXTRA]
    assert found[Source.EXTRA] == Money(Decimal(6), Decimal(4), Decimal(2))
    assert found[Source.EXTRA].left == 2
    assert sum(found.values(), start=Money()).planned == 9


def test_faults() -> None:
    assert faults(Money(Decimal(3), Decimal(2), Decimal(1))) == []
    said = [one.msgid for one in faults(Money(Decimal(1), Decimal(2), Decimal(3)))]
    assert [words.split()[0] for words in said] == ["Spent", "Allotted"]


def test_every_cell_of_the_matrix() -> None:
    rows = [[level_of(p, i).value[0] for i in range(1, 6)] for p in range(1, 6)]
    assert ["".join(row) for row in rows] == ["llllm", "llmmh", "lmmhh", "lmhhh", "mhhhh"]
    assert level_of(5, 5) is Level.HIGH
    with pytest.raises(ValueError, match="outside"):
        level_of(0, 3)
