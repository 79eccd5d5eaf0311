from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.decisions.causes import Cause, CauseKind, faults_of, is_address, number_of

TODAY = date(2026, 11, 20)
WHOLE = Cause(
    CauseKind.INDICATOR, "Доля молодых педагогов снизилась.", date(2026, 10, 14), "Справка № 3 от 14.10.2026",
    value=Decimal("18.5"), expected=Decimal("25"), measured_in="%",
)  # fmt: skip

FAULTS = {
    "whole": ({}, []),
    "a case needs no number": (
        {"kind": CauseKind.CASE, "value": None, "expected": None, "measured_in": ""},
        [],
    ),
    "a finding needs no number": ({"kind": CauseKind.FINDING, "value": None, "expected": None}, []),
    "an address in place of a source": ({"source": "", "address": "/readings/1/territory/2/"}, []),
    "seen today": ({"observed_on": TODAY}, []),
    "nothing expected": ({"expected": None}, []),
    "no words": ({"words": " \n "}, ["words"]),
    "an essay": ({"words": "слово " * 101}, ["words"]),
    "an indicator without a value": ({"value": None, "expected": None}, ["value"]),
    "expected without a value": ({"kind": CauseKind.FINDING, "value": None}, ["value"]),
    "an indicator expected without a value": ({"value": None}, ["value"]),
    "a value of what": ({"measured_in": " "}, ["measured_in"]),
    "as expected": ({"expected": Decimal("18.50")}, ["expected"]),
    "no day": ({"observed_on": None}, ["observed_on"]),
    "tomorrow": ({"observed_on": date(2026, 11, 21)}, ["observed_on"]),
    "another century": ({"observed_on": date(1926, 10, 14)}, ["observed_on"]),
    "seen nowhere": ({"source": " "}, ["source"]),
    "a script": ({"address": "javascript:alert(1)"}, ["address"]),
    "another host": ({"address": "//else.example/"}, ["address"]),
    "several": ({"words": "", "observed_on": None, "source": ""}, ["words", "observed_on", "source"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    changed, fields = FAULTS[name]
    found = faults_of(replace(WHOLE, **changed), TODAY)
    assert [fault.field for fault in found] == fields
    assert all(fault.told.render("ru") != fault.told.render("en") for fault in found)


ADDRESSES = {
    "/programmes/measures/12/": True,
    "/readings/1/school/2/?class=6А": True,
    "https://school.example/menu": True,
    "": False,
    "menu": False,
    "http://school.example/": False,
    "//school.example/": False,
    "/\\school.example/": False,
    "https://": False,
    "https://head:secret@school.example/": False,
    "https://school.example/a b": False,
    "https://[school": False,
    "data:text/html,x": False,
    "/" + "a" * 500: False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_address(address: str) -> None:
    assert is_address(address) is ADDRESSES[address]


@given(st.text(max_size=60))
def test_any_address_is_judged(address: str) -> None:
    if is_address(address):
        assert address.startswith(("https://", "HTTPS://", "/")) or address.lower().startswith("https:")


NUMBERS = {
    "": None,
    " ": None,
    "31,5": "31.5",
    "31.5": "31.5",
    "1 250": "1250",
    "1\u00a0250,75": "1250.75",
    "−3": "-3",
    "-3": "-3",
}


@pytest.mark.parametrize("typed", NUMBERS)
def test_number(typed: str) -> None:
    wanted = NUMBERS[typed]
    assert number_of(typed) == (None if wanted is None else Decimal(wanted))


@pytest.mark.parametrize(
    "typed", ["31,5 %", "около 30", "1.234.567", "1e5", "Infinity", "NaN", "12345678901"]
)
def test_no_number(typed: str) -> None:
    with pytest.raises(ValueError):
        number_of(typed)
