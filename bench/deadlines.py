"""Deadlines on the gold: accuracy and speed beside dateparser.search_dates and natasha's dates.

The peers return dates only, so that all are judged by both ends: no date found is (None, None), one date is
an end, several are the first and the last. Every tool reads the item with its own deadline line.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime

from bench.corpus import Gold, gold

Ends = tuple[date | None, date | None]
Tool = Callable[[str, date], Ends]


def ours() -> Tool:
    from avgust.domain.periods import Period
    from avgust.domain.resolutions.fragment import Fragment
    from avgust.domain.resolutions.grammars.deadline import Anchor, deadline_of_clause
    from avgust.domain.resolutions.model import Span

    def run(text: str, adopted: date) -> Ends:
        anchor = Anchor(adopted=adopted, school_year=Period.school_year_of(adopted))
        found = deadline_of_clause(Fragment.of(text, Span(0, len(text))), anchor)
        return found.start, found.end

    return run


def dateparser_search() -> Tool:
    from dateparser.search import search_dates

    def run(text: str, adopted: date) -> Ends:
        base = datetime(adopted.year, adopted.month, adopted.day)  # noqa: DTZ001
        found = search_dates(text, languages=["ru"], settings={"RELATIVE_BASE": base}) or []
        return _ends([moment.date() for _, moment in found])

    return run


def natasha_dates() -> Tool:
    from natasha import DatesExtractor, MorphVocab

    extractor = DatesExtractor(MorphVocab())

    def run(text: str, adopted: date) -> Ends:
        facts = [match.fact for match in extractor(text)]
        return _ends([date(f.year, f.month, f.day) for f in facts if f.year and f.month and f.day])

    return run


def _ends(dates: list[date]) -> Ends:
    if not dates:
        return None, None
    return (None, dates[0]) if len(dates) == 1 else (min(dates), max(dates))


def _sentence(item: dict) -> str:
    own = item["deadline"]["text"]
    text = item["text"]
    return text if not own or own in text else f"{text} {own}"


def _expected(item: dict) -> set[Ends]:
    readings = [item["deadline"], *item.get("deadline_also", [])]
    return {
        tuple(date.fromisoformat(d[end]) if d.get(end) else None for end in ("start", "end"))
        for d in readings
    }


def measure(name: str, make: Callable[[], Tool], documents: list[Gold]) -> str:
    """Return the line of one tool."""
    try:
        run = make()
    except ImportError as absent:
        return f"{name:<28} not measured: {absent}"
    items = [(item, date.fromisoformat(d.adopted)) for d in documents if d.adopted for item in d.items]
    run("до 1 октября 2021 года", date(2021, 8, 27))
    began = time.perf_counter()
    right = [item for item, adopted in items if run(_sentence(item), adopted) in _expected(item)]
    seconds = time.perf_counter() - began
    dated = [item for item, _ in items if item["deadline"]["text"]]
    found = sum(item in dated for item in right)
    return (
        f"{name:<28} {found:2d} of {len(dated)} deadlines,"
        f" {len(right) - found:2d} of {len(items) - len(dated)} without one"
        f"  {seconds / len(items) * 1000:8.3f} ms an item"
    )


def report() -> Iterator[str]:
    """Yield the lines of the report."""
    documents = gold()
    if not documents:
        yield "not measured: ../shared/gold is absent"
        return
    yield measure("avgust deadline grammar", ours, documents)
    yield measure("dateparser.search_dates", dateparser_search, documents)
    yield measure("natasha DatesExtractor", natasha_dates, documents)
