"""Differences of editions, the tree, and what items of works name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.assessment.codifiers import Codifier, Entry
from avgust.domain.assessment.codifiers.difference import Difference, difference
from avgust.domain.assessment.codifiers.model import in_order
from avgust.domain.assessment.codifiers.naming import Codes, apart, found_in
from avgust.domain.assessment.codifiers.nearest import nearest_code
from avgust.domain.assessment.codifiers.tests.making import SMALL, changed, codifiers, trees


@settings(max_examples=60, deadline=None)
@given(codifiers())
def test_an_edition_differs_from_itself_in_nothing(codifier: Codifier) -> None:
    assert difference(codifier, codifier) == Difference()
    assert not difference(codifier, codifier)


@settings(max_examples=60, deadline=None)
@given(trees(), trees(), st.data())
def test_the_order_of_entries_is_no_difference(before: Any, after: Any, data: Any) -> None:
    one, other = replace(SMALL, entries=before), replace(SMALL, entries=after)
    shuffled = replace(SMALL, entries=tuple(data.draw(st.permutations(before))))
    turned = replace(SMALL, entries=tuple(data.draw(st.permutations(after))))
    assert difference(shuffled, turned) == difference(one, other)
    assert not difference(one, shuffled)


@settings(max_examples=60, deadline=None)
@given(trees(), trees())
def test_a_difference_brings_one_edition_to_the_other(before: Any, after: Any) -> None:
    one, other = replace(SMALL, entries=before), replace(SMALL, entries=after)
    said = difference(one, other)
    codes = set(one.by_code)
    codes -= {entry.code for entry in said.gone} | {pair.before.code for pair in said.recoded}
    codes |= {entry.code for entry in said.added} | {pair.after.code for pair in said.recoded}
    assert codes == set(other.by_code)
    touched = {pair.after.code for pair in said.renamed}
    for code in set(one.by_code) & set(other.by_code):
        assert (one.by_code[code].title != other.by_code[code].title) == (code in touched)


def shown(said: Difference) -> dict[str, list[str]]:
    return {
        name: [one.code if isinstance(one, Entry) else f"{one.before.code}>{one.after.code}" for one in found]
        for name, found in vars(said).items()
        if isinstance(found, tuple) and found
    }


@pytest.mark.parametrize(
    ("name", "after", "expected"),
    [
        ("added", changed(SMALL, Entry("1.3", "Слог", "1")), {"added": ["1.3"]}),
        ("gone", changed(SMALL, without=("1.2",)), {"gone": ["1.2"]}),
        ("renamed", changed(SMALL, Entry("1.2", "Ударный слог", "1", (4,))), {"renamed": ["1.2>1.2"]}),
        ("moved", changed(SMALL, Entry("1.2", "Ударение", "2", (4,))), {"moved": ["1.2>1.2"]}),
        ("regraded", changed(SMALL, Entry("1.2", "Ударение", "1", (3, 4))), {"regraded": ["1.2>1.2"]}),
        (
            "renamed and moved",
            changed(SMALL, Entry("1.2", "Слог", "2", (4,))),
            {"renamed": ["1.2>1.2"], "moved": ["1.2>1.2"]},
        ),
        ("recoded", changed(SMALL, Entry("1.7", "Ударение", "1"), without=("1.2",)), {"recoded": ["1.2>1.7"]}),
        (
            "a section recoded takes its children along",
            changed(SMALL, Entry("5", "Фонетика"), Entry("1.1", "Звонкие и глухие согласные", "5", (4,)),
                    Entry("1.2", "Ударение", "5", (4,)), without=("1",)),
            {"recoded": ["1>5"]},
        ),
        (
            "a title that two have is no sign",
            changed(SMALL, Entry("8", "Ударение"), Entry("9", "Ударение"), without=("1.2",)),
            {"added": ["8", "9"], "gone": ["1.2"]},
        ),
    ],
)  # fmt: skip
def test_differences(name: str, after: Codifier, expected: dict[str, list[str]]) -> None:
    assert shown(difference(SMALL, after)) == expected, name


def test_before_the_first_edition_everything_is_added() -> None:
    assert len(difference(None, SMALL).added) == len(SMALL.entries)


def test_the_tree_keeps_the_printed_order() -> None:
    mixed = replace(SMALL, entries=tuple(reversed(SMALL.entries)))
    assert [(one.code, depth) for one, depth in mixed.tree] == [
        ("2", 0), ("2.10", 1), ("2.1", 1), ("1", 0), ("1.2", 1), ("1.1", 1),
    ]  # fmt: skip
    assert [one.code for one in SMALL.above("2.10")] == ["2"]


@settings(max_examples=60, deadline=None)
@given(trees())
def test_the_tree_has_every_entry_once_and_after_its_parent(entries: Any) -> None:
    seen: set[str] = {""}
    for one, _depth in replace(SMALL, entries=entries).tree:
        assert one.parent in seen
        assert one.code not in seen
        seen.add(one.code)
    assert len(seen) == len(entries) + 1


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2025, 8, 31), False),
        (date(2025, 9, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_both_ends_are_included(day: date, holds: bool) -> None:
    assert replace(SMALL, until=date(2026, 8, 31)).holds_on(day) is holds


def test_codes_are_ordered_as_people_do() -> None:
    assert sorted(["1.10", "1.2", "К1", "2", "1"], key=in_order) == ["1", "1.2", "1.10", "2", "К1"]


@pytest.mark.parametrize(
    ("name", "written", "known", "nearest"),
    [
        ("empty", "  ", [], []),
        ("a code", "1.2", ["1.2"], []),
        ("a dot at the end", "1.2.", ["1.2"], []),
        ("several", "1.2; 2.1", ["1.2", "2.1"], []),
        ("by commas", "1.1, 1.2", ["1.1", "1.2"], []),
        ("with its title", "1.1 Звонкие и глухие согласные", ["1.1"], []),
        ("a neighbour", "1.9", [None], ["1.2"]),
        ("a descendant", "1.2.7", [None], ["1.2"]),
        ("one of two", "1.2; 2.2", ["1.2", None], ["2.1"]),
        ("the title itself", "Безударные гласные в корне", [None], ["2.1"]),
        ("ё and case", "звонкие И глухие согласныЕ", [None], ["1.1"]),
        ("an alike title", "Безударная гласная в корне", [None], ["2.1"]),
        ("another thing", "Таблица умножения", [None], [None]),
    ],
)
def test_what_an_item_names(name: str, written: str, known: list[Any], nearest: list[Any]) -> None:
    found = Codes(SMALL).named(written)
    assert [one.entry and one.entry.code for one in found] == known, name
    assert [one.nearest and one.nearest.code for one in found if one.entry is None] == nearest, name


def test_titles_stand_in_place_of_codes() -> None:
    asked = Codes(changed(SMALL, Entry("7", "ударение")))
    assert asked.titles("1.1; 2.1; 1.1") == ("Звонкие и глухие согласные", "Безударные гласные в корне")
    assert asked.titles("1.2") == ("Ударение (1.2)",)  # the title of two elements
    assert asked.titles("Своими словами") == ("Своими словами",)
    assert asked.titles(" ") == ()
    assert asked.mended("1.1; 2.2; Слово") == "1.1; 2.1; Слово"
    assert asked.mended("1.1 Звонкие") == "1.1 Звонкие"


@pytest.mark.parametrize(
    ("name", "written", "listed"),
    [
        ("nothing", " ; ", ()),
        ("codes by commas", "1.2, 1.4", ("1.2", "1.4")),
        ("codes twice", "1.2; 1.2", ("1.2",)),
        ("words with a comma", "Слово, часть речи", ("Слово, часть речи",)),
        ("words by semicolons", "Дроби; проценты, доли", ("Дроби", "проценты, доли")),
        ("words by lines", "Дроби\nПроценты", ("Дроби", "Проценты")),
    ],
)
def test_what_is_listed_without_a_codifier(name: str, written: str, listed: tuple[str, ...]) -> None:
    assert apart(written) == listed, name


@pytest.mark.parametrize(
    ("wrong", "known", "near"),
    [("K1.2", ["К1.2"], "К1.2"), ("1.4", ["1.1", "1.3", "2.4"], "1.3"), ("3.1", ["3"], "3"), ("x", ["1"], ""),
     ("П-2-7", ["П-2"], "П-2")],
)  # fmt: skip
def test_the_nearest_code(wrong: str, known: list[str], near: str) -> None:
    assert nearest_code(wrong, known) == near


@pytest.mark.parametrize(
    ("asked", "hits", "above"),
    [("ЗВОНКИЕ", ["1.1"], ["1"]), ("разделительныи", [], []), ("разделит", ["2.10"], ["2"]), ("2.1", ["2.1", "2.10"], ["2"]),
     ("гласн кор", ["2.1"], ["2"]), ("фонетика", ["1"], []), ("оударение", [], [])],
)  # fmt: skip
def test_search(asked: str, hits: list[str], above: list[str]) -> None:
    found = list(found_in(SMALL, asked))
    assert [one.code for one, _depth, hit in found if hit] == hits
    assert [one.code for one, _depth, hit in found if not hit] == above


def test_search_ignores_yo() -> None:
    one = changed(SMALL, Entry("3", "Счёт и учёт"))
    assert [entry.code for entry, _depth, _hit in found_in(one, "учет")] == ["3"]
