"""Codifiers for tests: a small one, and any sound one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from avgust.domain.assessment.codifiers import Basis, Codifier, Entry, Kind, SubjectCode

SMALL = Codifier(
    name="ru-4-content",
    subject=SubjectCode.RUSSIAN,
    kind=Kind.CONTENT,
    edition="2025",
    title="Элементы содержания, русский язык, 4 класс",
    since=date(2025, 9, 1),
    basis=Basis("Приказ министерства образования", "17-о", date(2025, 6, 10)),
    entries=(
        Entry("1", "Фонетика", grades=(4,)),
        Entry("1.1", "Звонкие и глухие согласные", "1", (4,)),
        Entry("1.2", "Ударение", "1", (4,)),
        Entry("2", "Правописание", grades=(4,)),
        Entry("2.1", "Безударные гласные в корне", "2", (4,)),
        Entry("2.10", "Разделительный ъ", "2", (3, 4)),
    ),
)


def changed(codifier: Codifier, *entries: Entry, without: tuple[str, ...] = ()) -> Codifier:
    """Return a later edition with these entries in place of (or besides) those of the same code."""
    said = {one.code: one for one in (*codifier.entries, *entries) if one.code not in without}
    return replace(codifier, edition="2026", since=date(2026, 9, 1), entries=tuple(said.values()))


_TEXTS = st.text("абвгдеёжзиклмнАБВ«»=+-,;. 12", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
)
_TITLES = _TEXTS.filter(lambda text: any(letter.isalpha() for letter in text))
_DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_GRADES = st.lists(st.integers(1, 11), max_size=4, unique=True).map(lambda some: tuple(sorted(some)))


@st.composite
def trees(draw: Any, least: int = 1) -> tuple[Entry, ...]:
    """Draw entries in any order; parents stand before or after their children."""
    codes = draw(
        st.lists(
            st.from_regex(r"\A[А-Яа-яA-Z]?[1-9][0-9]?(\.[1-9][0-9]?){0,2}\Z"),
            min_size=least,
            max_size=12,
            unique=True,
        )
    )
    entries = []
    for place, code in enumerate(codes):
        parent = draw(st.sampled_from(["", *codes[:place]]))
        entries.append(Entry(code, draw(_TITLES), parent, draw(_GRADES)))
    return tuple(draw(st.permutations(entries)))


@st.composite
def codifiers(draw: Any) -> Codifier:
    """Draw a sound codifier."""
    since = draw(_DAYS)
    return Codifier(
        name=draw(st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}\Z")),
        subject=draw(st.sampled_from(SubjectCode)),
        kind=draw(st.sampled_from(Kind)),
        edition=draw(st.from_regex(r"\A20[0-9]{2}(-[1-9])?\Z")),
        title=draw(_TITLES),
        since=since,
        until=draw(st.none() | st.dates(since, date(2099, 1, 1))),
        basis=Basis(
            draw(st.just("") | _TITLES), draw(st.sampled_from(["", "17", "17-о"])), draw(st.none() | _DAYS)
        ),
        entries=draw(trees()),
    )
