from __future__ import annotations

import pytest

from avgust.domain.assessment.works.pseudonyms import PupilKey, shown
from avgust.domain.periods import Period

KEY = PupilKey(b"k" * 32)
YEAR = Period.school_year(2025)


def test_a_participant_is_one_in_all_works_of_a_year_and_another_in_the_next():
    code = KEY.of_participant("edu000001", "10001", YEAR)
    assert code == KEY.of_participant("edu000001", "10001", Period.school_year(2025))
    others = {
        KEY.of_participant("edu000001", "10001", Period.school_year(2026)),
        KEY.of_participant("edu000002", "10001", YEAR),
        KEY.of_participant("edu000001", "10002", YEAR),
        KEY.lasting("10001"),
        PupilKey(b"K" * 32).of_participant("edu000001", "10001", YEAR),
    }
    assert len(others | {code}) == 6


def test_only_who_has_the_key_finds_the_number():
    numbers = [str(number) for number in range(10001, 10101)]
    code = KEY.of_participant("edu000001", "10042", YEAR)
    assert KEY.who([code], "edu000001", numbers, YEAR) == {code: "10042"}
    assert PupilKey(b"another key of the same length!!").who([code], "edu000001", numbers, YEAR) == {}


def test_a_lasting_number_links_years_and_schools():
    assert KEY.lasting("S-17") == KEY.lasting("S-17")
    assert 0 <= KEY.lasting("S-17") < 2**63


def test_parts_do_not_run_together():
    assert KEY.of_participant("a\x1fb", "c", YEAR) != KEY.of_participant("a", "b\x1fc", YEAR)


def test_the_key_is_long_and_never_printed():
    with pytest.raises(ValueError, match="32 bytes"):
        PupilKey(b"short")
    assert "k" * 4 not in repr(KEY)
    assert shown(255) == "00000000000000FF"
