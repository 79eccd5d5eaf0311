"""One way of reading and of printing a deadline, for the tables of all nouns."""

from datetime import date

import pytest

from avgust.domain.periods import Period
from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline import (
    Anchor,
    deadline_of_clause,
    deadline_of_heading,
    deadline_of_line,
)
from avgust.domain.resolutions.model import Span

READERS = {"clause": deadline_of_clause, "line": deadline_of_line, "heading": deadline_of_heading}


def shown(deadline):
    """Print what a deadline says: kind, ends, «~» for an inferred year, rhythm, term, what follows."""
    parts = [deadline.kind.value]
    if deadline.start or deadline.end:
        ends = (day.isoformat() if day else "" for day in (deadline.start, deadline.end))
        parts.append("..".join(ends) + ("~" if "year" in deadline.inferred else ""))
    if deadline.every:
        parts.append(f"every {deadline.every}")
    if deadline.day_of_period:
        parts.append(f"on {deadline.day_of_period}")
    if deadline.offset:
        parts.append(f"in {deadline.offset}{' of work' if deadline.working else ''}")
    if deadline.event:
        parts.append(f"[{deadline.event}]")
    if deadline.then:
        parts.append(f"then {shown(deadline.then)}")
    return " ".join(parts)


@pytest.fixture(name="shown")
def shown_fixture():
    return shown


@pytest.fixture
def read():
    """Read a text of an August conference (27 August 2021) unless told otherwise; return it as printed."""

    def read_text(text, place="clause", adopted=date(2021, 8, 27), school_year=2021):
        anchor = Anchor(adopted, Period.school_year(school_year) if school_year else None)
        return shown(READERS[place](Fragment.of(text, Span(0, len(text))), anchor))

    return read_text
