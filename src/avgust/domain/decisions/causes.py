"""A cause of a decision: what was seen, where and in which numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from avgust.domain.messages import Message, mark

LONGEST_WORDS: Final = 600
LONGEST_SOURCE: Final = 300
LONGEST_ADDRESS: Final = 500
LONGEST_UNIT: Final = 40
EARLIEST: Final = date(2000, 1, 1)
_NUMBER: Final = re.compile(r"[-−]?\d{1,10}(?:[.,]\d{1,4})?")
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f\\]")


class CauseKind(StrEnum):
    """What a decision follows from."""

    INDICATOR = "indicator"  # a number that is not what it should be
    FINDING = "finding"  # what a monitoring says
    CASE = "case"  # what happened in one organisation: an inspection, an appeal, an accident


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause as a person says it. `expected` is what the value should have been."""

    kind: CauseKind
    words: str
    observed_on: date | None
    source: str = ""
    address: str = ""  # of a page here ("/readings/1/…"), or https
    value: Decimal | None = None
    expected: Decimal | None = None
    measured_in: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, and how to mend it."""

    field: str
    told: Message


def faults_of(cause: Cause, today: date) -> list[Fault]:
    """Return what keeps a cause from being recorded on `today`; nothing where it is whole."""
    return [*_of_words(cause), *_of_numbers(cause), *_of_day(cause, today), *_of_place(cause)]


def _of_words(cause: Cause) -> list[Fault]:
    words = " ".join(cause.words.split())
    if not words:
        return [Fault("words", Message(mark("Say in a sentence what was seen.")))]
    if len(words) > LONGEST_WORDS:
        told = Message(
            mark("Say it in %(limit)s characters; details belong to the source."), _at(LONGEST_WORDS)
        )
        return [Fault("words", told)]
    return []


def _of_numbers(cause: Cause) -> list[Fault]:
    if cause.value is None:
        found = []
        if cause.kind is CauseKind.INDICATOR:
            found.append(Fault("value", Message(mark("An indicator is a number: say its value."))))
        if cause.expected is not None:
            found.append(
                Fault("value", Message(mark("Say the value too: what was expected is compared with it.")))
            )
        return found[:1]
    if not cause.measured_in.strip():
        return [
            Fault("measured_in", Message(mark("Say in what the value is measured, for example in points.")))
        ]
    if len(cause.measured_in) > LONGEST_UNIT:
        return [Fault("measured_in", Message(mark("Say it in %(limit)s characters."), _at(LONGEST_UNIT)))]
    if cause.expected is not None and cause.expected == cause.value:
        told = mark(
            "The value is what was expected: then there is nothing to decide about. Check the numbers."
        )
        return [Fault("expected", Message(told))]
    return []


def _of_day(cause: Cause, today: date) -> list[Fault]:
    if cause.observed_on is None:
        return [Fault("observed_on", Message(mark("Say on which day it was seen, for example 14.10.2025.")))]
    if cause.observed_on > today:
        return [Fault("observed_on", Message(mark("The day lies in the future: say when it was seen.")))]
    if cause.observed_on < EARLIEST:
        return [Fault("observed_on", Message(mark("The year is not right: check the date.")))]
    return []


def _of_place(cause: Cause) -> list[Fault]:
    if len(cause.source) > LONGEST_SOURCE:
        return [Fault("source", Message(mark("Say it in %(limit)s characters."), _at(LONGEST_SOURCE)))]
    if cause.address and not is_address(cause.address):
        told = mark("An address begins with https://, or with / where it is a page of Avgust.")
        return [Fault("address", Message(told))]
    if not cause.source.strip() and not cause.address:
        told = mark("Say where it can be looked up: a paper with its number and date, or an address.")
        return [Fault("source", Message(told))]
    return []


def _at(limit: int) -> dict[str, int]:
    return {"limit": limit}


def is_address(address: str) -> bool:
    """Tell whether `address` leads to a page here or to an https page, and nowhere else.

    A link is shown to people who trust the product: no scripts, no other host behind "//", no name and
    password before the host.
    """
    if len(address) > LONGEST_ADDRESS or _UNSEEN.search(address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host) and "@" not in parts.netloc
    return not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith("//")


def number_of(typed: str) -> Decimal | None:
    """Return the number that a person typed, «31,5», "1 250"; None for what is no number.

    Raises ValueError where words stand for a number.
    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed)
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise ValueError(typed)
    try:
        return Decimal(plain.replace(",", ".").replace("−", "-"))
    except InvalidOperation as wrong:  # pragma: no cover - the pattern lets nothing such through
        raise ValueError(typed) from wrong
