"""A report on results as a value: facts, sections with charts, tables and sentences, and how it was computed.

Told once, it is printed as a page, DOCX, PDF, XLSX, JSON; none of them says more than the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from avgust.domain.charts.chart import Chart
from avgust.domain.charts.table import Table
from avgust.domain.messages import Message

Text = Message | str


@dataclass(frozen=True, slots=True)
class Fact:
    """A number on top of a report; `why` says formula, n and rows behind it."""

    label: Message
    value: Text
    note: Text
    why: Message


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered sentence with its ground: a recommendation, a next step. `code` names it for editing."""

    text: Text
    ground: Text = ""
    code: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a report; what is empty is not printed."""

    title: Message
    reading: tuple[Text, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Story:
    """A report. `lede` says all in a sentence or two; `method` how it was computed, by which rules."""

    title: Text
    lede: tuple[Text, ...]
    meta: tuple[Text, ...]
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    method: tuple[Text, ...]


def words(text: Text, language: str) -> str:
    """Return a text in the reader's language."""
    return text.render(language) if isinstance(text, Message) else text


def joined(texts: tuple[Text, ...], language: str) -> str:
    """Return sentences one after another."""
    return " ".join(words(text, language) for text in texts if text)
