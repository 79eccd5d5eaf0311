"""What may be published, how it is chosen, what machines read of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.proof import Coverage, ProofState
from avgust.domain.publishing.choice import Choice
from avgust.domain.publishing.links import is_public_link, site_of
from avgust.domain.publishing.open_data import CODES, COLUMNS, as_csv, as_json
from avgust.domain.publishing.page import PublicMeasure, PublicProgramme
from avgust.domain.publishing.personal import personal_words

ROOT = "https://avgust.example/public/7/"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Назначить ответственным Ларину Е. А. до 1 октября", ["Ларину Е. А."]),
        ("Контроль возложить на Е.А. Ларину", ["Е.А. Ларину"]),
        ("Поручить Ларину Илье Сергеевичу", ["Илье Сергеевичу"]),
        ("Просить Нину Павловну Ветрову", ["Нину Павловну"]),
        ("Писать на otdel.1@avgust.example", ["otdel.1@avgust.example"]),
        ("Звонить +7 (912) 345-67-89", ["+7 (912) 345-67-89"]),
        ("Звонить 8 912 345 67 89", ["8 912 345 67 89"]),
        ("Провести чтения в школе имени А. С. Речного", []),
        ("Провести чтения в гимназии им. академика А. С. Речного", []),
        ("Принять положение до 1 октября 2025 года", []),
        ("Приказ от 24.11.2025 № 89123456789", []),
        ("Руководителям организаций Заозёрного округа", []),
        ("Довести долю до 50 процентов", []),
    ],
)
def test_people_are_told_by_the_form_of_their_names(text: str, found: list[str]) -> None:
    assert personal_words(text) == found


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://school.example/prikaz", True),
        ("https://www.school.example/doc?id=14#p2", True),
        ("http://10.0.0.8/prikaz", False),
        ("http://8.8.8.8/prikaz", False),
        ("https://[::1]/x", False),
        ("https://files.local/x", False),
        ("https://cloud.example/s?token=abc", False),
        ("https://cloud.example/s#access_token=abc", False),
        ("https://user:pw@school.example/x", False),
        ("https://school.example/?mail=a.b@c.example", False),
        ("ftp://school.example/x", False),
        ("javascript:alert(1)", False),
        ("https://school.example:99999999/", False),
        ("https://intranet/x", False),
    ],
)
def test_only_what_anyone_may_open_is_linked(url: str, public: bool) -> None:
    assert is_public_link(url) is public


def test_a_link_is_called_by_its_site() -> None:
    assert site_of("https://www.school.example/a/b") == "school.example"


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), []),
        (Choice(whole=True), [1, 2, 3]),
        (Choice(sections=frozenset({"Школы"})), [2, 3]),
        (Choice(measures=frozenset({1, 3})), [1, 3]),
        (Choice(sections=frozenset({"Школы"}), measures=frozenset({1})), [1, 2, 3]),
    ],
)
def test_ways_of_choosing_add_up(choice: Choice, taken: list[int]) -> None:
    stand = {1: "Министерство", 2: "Школы", 3: "Школы"}
    assert [pk for pk, section in stand.items() if choice.takes(pk, section)] == taken
    assert choice.empty is (not taken)


def _measure(pk: int, text: str = "Принять положение", **values: object) -> PublicMeasure:
    defaults = {"number": "1.1", "section": "Школы", "executors": ("Школа № 3",), "due": date(2025, 10, 1)}
    defaults |= {"deadline": "до 1 октября 2025 г.", "coverage": Coverage({ProofState.CLAIMED: 2}), **values}
    return PublicMeasure(id=pk, text=text, **defaults)  # type: ignore[arg-type]


def _page(*measures: PublicMeasure) -> PublicProgramme:
    made = datetime(2025, 11, 10, 9, 40, tzinfo=UTC)
    return PublicProgramme(
        7, "Программа", "Министерство", "2025/2026", None, date(2025, 11, 10), made, measures, partly=True
    )


def test_states_of_a_page_leave_out_what_was_cancelled() -> None:
    proven = Coverage({ProofState.PROVEN_BY_DATA: 3})
    page = _page(_measure(1), _measure(2, coverage=proven), _measure(3, coverage=proven, cancelled=True))
    assert (page.proven, page.cancelled, page.states.total) == (1, 1, 2)
    assert page.count(ProofState.CLAIMED) == 1


def test_csv_and_json_say_the_same() -> None:
    page = _page(
        _measure(1, "=1+1"), _measure(2, due=None, executors=("А", "Б"), links=("https://a.example",))
    )
    read = list(csv.DictReader(io.StringIO(as_csv(page, ROOT).decode("utf-8-sig"))))
    whole = json.loads(as_json(page, ROOT))
    assert [list(row) for row in read] == [list(COLUMNS)] * 2 == [list(row) for row in whole["measures"]]
    assert read[0]["measure"] == "'=1+1"  # a cell that a spreadsheet does not run
    assert whole["measures"][0]["measure"] == "=1+1"
    assert (read[1]["executors"], read[1]["due"]) == ("А; Б", "")
    assert (whole["measures"][1]["due"], whole["complete"]) == (None, False)
    assert whole["measures"][0]["address"] == f"{ROOT}measures/1/"


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_cell_of_a_csv_begins_a_formula(text: str, section: str) -> None:
    data = as_csv(_page(_measure(1, text, section=section)), ROOT).decode("utf-8-sig")
    (_head, row) = csv.reader(io.StringIO(data, newline=""))
    assert not any(
        value.startswith(("=", "+", "-", "@", "\t", "\r")) and not value[1:].isdigit() for value in row
    )


def test_the_columns_are_documented_word_for_word() -> None:
    page = (Path(__file__).parents[5] / "docs" / "open-data.md").read_text("utf-8")
    for name, meaning in COLUMNS.items():
        assert f"| `{name}` | {meaning} |" in page
    assert all(f"`{code}`" in page for code in CODES.values())
