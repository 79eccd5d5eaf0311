"""Joins neighbouring candidates that make one statement.

«ежегодно» + «до 1 октября» is a yearly duty with its day; «постоянно» + «до 31.12.2024» a permanent one
with an end; «до 15.10.2016, далее ежегодно» a compound whose second part is `then`.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import replace
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.deadline.candidate import Candidate, Rank, Reading
from avgust.domain.resolutions.model import Deadline, DeadlineKind

_THEN: Final = re.compile(
    r"[ ,;.(]*(?:а |и )?(?:далее|затем|в дальнейшем|в последующем|впоследствии|потом"
    r"|в последующие годы)[ ,:-]*"
)
_CLOSE: Final = re.compile(r"[ ,:;()-]*(?:но |и |а также |в срок |начиная |кажд[а-я]+ |не реже )?[ ,(]*")
_LIST: Final = re.compile(r"[ ,;/\n]*(?:и |а также )?")
_SENTENCE: Final = re.compile(r"[;.!?▒]")
_LONGEST: Final = 12  # statements of a compound: a year has no more months
_FAR: Final = 60  # letters between «ежегодно» and its date: «ежегодно представлять отчёт … до 1 октября»


def disjoint(found: list[Candidate]) -> list[Candidate]:
    """Return the longest candidates that do not overlap, in the order of the text."""
    kept: list[Candidate] = []  # in the order of the text
    for one in sorted(found, key=lambda c: (c.begin - c.stop, -c.rank, c.begin)):
        at = bisect(kept, one.begin, key=lambda c: c.begin)
        clear_before = at == 0 or kept[at - 1].stop <= one.begin
        clear_after = at == len(kept) or one.stop <= kept[at].begin
        if clear_before and clear_after:
            kept.insert(at, one)
    return kept


def joined(found: list[Candidate], reading: Reading, fragment: Fragment) -> list[Candidate]:
    """Return `found` with neighbours joined; `found` is in order and does not overlap."""
    result: list[Candidate] = []
    for one in reversed(found):
        if result and (both := _pair(one, result[-1], reading, fragment)):
            result[-1] = both
        else:
            result.append(one)
    return [_closed(one, reading.text) for one in reversed(result)]


def _closed(one: Candidate, text: str) -> Candidate:
    """Return `one` with the bracket that its words opened: «ежемесячно (до 5 числа)»."""
    words = text[one.begin : one.stop]
    opened = words.count("(") > words.count(")") and text.startswith(")", one.stop)
    return replace(one, stop=one.stop + 1) if opened else one


def _pair(a: Candidate, b: Candidate, reading: Reading, fragment: Fragment) -> Candidate | None:
    """Return one candidate for `a` and `b`, None where they are two statements."""
    if _length(b.deadline) >= _LONGEST:
        return None
    between = reading.text[a.stop : b.begin]
    if _THEN.fullmatch(between):
        whole = replace(a.deadline, then=b.located(fragment))
        return replace(a, stop=b.stop, deadline=whole)
    near = _CLOSE.fullmatch(between) is not None
    kinds = {a.deadline.kind, b.deadline.kind}
    if DeadlineKind.RECURRING in kinds and (near or _reaches(a, b, between)):
        return _recurring(a, b, fragment, bracketed="(" in between)
    if near and a.deadline.kind is DeadlineKind.PERMANENT and b.deadline.end:
        whole = replace(a.deadline, start=b.deadline.start, end=b.deadline.end)
        return replace(a, stop=b.stop, deadline=replace(whole, inferred=b.deadline.inferred))
    if reading.in_line and _LIST.fullmatch(between) and min(a.rank, b.rank) > Rank.VAGUE:
        return replace(a, deadline=replace(a.deadline, then=b.located(fragment)))
    return None


def _length(deadline: Deadline) -> int:
    """Return how many statements a compound has."""
    count, then = 1, deadline.then
    while then is not None:
        count, then = count + 1, then.then
    return count


def _reaches(a: Candidate, b: Candidate, between: str) -> bool:
    """Whether a rhythm and a day without a year belong together over a few words."""
    other = b if a.deadline.kind is DeadlineKind.RECURRING else a
    return (
        len(between) <= _FAR
        and not _SENTENCE.search(between)
        and other.rank is Rank.CONTROL
        and "year" in other.deadline.inferred
    )


def _recurring(a: Candidate, b: Candidate, fragment: Fragment, *, bracketed: bool) -> Candidate | None:
    """Join a rhythm with a day, a stretch or a second rhythm."""
    main, other = (a, b) if a.deadline.kind is DeadlineKind.RECURRING else (b, a)
    if main.deadline.day_of_period and other.deadline.kind is DeadlineKind.RECURRING:
        main, other = other, main
    if other.deadline.kind not in (DeadlineKind.DATE, DeadlineKind.INTERVAL, DeadlineKind.RECURRING):
        return None
    if main.deadline.then or (other.deadline.then and other is a):
        return None
    if bracketed and other.deadline.kind is DeadlineKind.INTERVAL and other.deadline.then:
        return None  # «раз в полугодие (декабрь, май)»: months of the rounds, no single day
    rank = max(main.rank, other.rank, Rank.RHYTHM)
    if main is b and main.deadline.day_of_period and _day(None, other):
        first = replace(main.deadline, day_of_period=None)  # «до 1 марта и до 1 сентября ежегодно»
        whole = replace(_with_day(first, other), then=main.located(fragment))
        return Candidate(a.begin, b.stop, rank, whole)
    return Candidate(a.begin, b.stop, rank, _with_day(main.deadline, other))


def _with_day(main: Deadline, beside: Candidate) -> Deadline:
    """Return the rhythm `main` with what stands beside it: a day of each period, or its bounds."""
    other = beside.deadline
    confidence = min(main.confidence, max(other.confidence, 0.9))
    then = main.then or _each_time(other.then, main.every)
    if other.kind is DeadlineKind.RECURRING:
        every = main.every or other.every
        day = main.day_of_period or other.day_of_period
        return replace(main, every=every, day_of_period=day, confidence=confidence, then=then)
    if day := _day(main.every, beside):
        return replace(main, day_of_period=main.day_of_period or day, confidence=confidence, then=then)
    return replace(
        main, start=other.start, end=other.end, inferred=other.inferred, confidence=confidence, then=then
    )


def _each_time(then: Deadline | None, every: str | None) -> Deadline | None:
    """Return a later day of the same rhythm: «ежегодно к 1 марта и 1 ноября»."""
    if then is None or then.kind is not DeadlineKind.DATE or then.end is None or "year" not in then.inferred:
        return then
    return replace(
        then,
        kind=DeadlineKind.RECURRING,
        end=None,
        inferred=(),
        every=every,
        day_of_period=_short(every, f"{then.end:%m-%d}"),
        then=_each_time(then.then, every),
    )


def _day(every: str | None, beside: Candidate) -> str | None:
    """Return the day that a date or stretch without a printed year gives each period."""
    printed = beside.deadline.end is not None and "year" not in beside.deadline.inferred
    if beside.month_day and (every == "P1Y" or not printed):
        return _short(every, beside.month_day)
    end = beside.deadline.end
    return _short(every, f"{end:%m-%d}") if end and "year" in beside.deadline.inferred else None


def _short(every: str | None, month_day: str) -> str:
    """Return a day of the year "12-31", of a month only "31"."""
    return str(int(month_day[3:])) if every == "P1M" else month_day
