"""From what a file says to a codifier, or to every fault with its row and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from avgust.domain.assessment.codifiers.model import (
    LONGEST_CODE,
    LONGEST_EDITION,
    LONGEST_NAME,
    LONGEST_TITLE,
    MOST_ENTRIES,
    Basis,
    Codifier,
    Entry,
    Kind,
    SubjectCode,
)
from avgust.domain.assessment.codifiers.nearest import nearest_code
from avgust.domain.assessment.codifiers.stated import Fact, Reading, Stated, StatedEntry
from avgust.domain.assessment.codifiers.values import circles_in, day_of, grades_of
from avgust.domain.assessment.codifiers.words import FACTS, KINDS, SUBJECTS
from avgust.domain.assessment.works.cells import plain
from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.printable import printable

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BAD_IN_CODE: Final = re.compile(r"[\s;,/|]")
_SHOWN: Final = 60  # characters of a wrong text in a sentence
_HINTS: Final = 20  # faults that are looked up for what was meant: a hostile file has thousands


def checked(stated: Stated) -> Reading:
    """Return the codifier that a file states; with anything wrong, all faults and no codifier."""
    stated = _printable(stated)
    head = _Head(stated.facts)
    body = _Body(stated, head.grades)
    faults = (*head.faults, *body.faults)
    if faults or head.subject is None or head.kind is None or head.since is None:
        return Reading(None, faults)
    codifier = Codifier(
        name=head.name,
        subject=head.subject,
        kind=head.kind,
        edition=head.edition,
        title=head.title,
        since=head.since,
        until=head.until,
        basis=head.basis,
        entries=tuple(body.entries),
    )
    return Reading(codifier)


def _printable(stated: Stated) -> Stated:
    """Return what a file states without letters that neither databases nor office formats hold."""
    facts = {fact: printable(text) for fact, text in stated.facts.items()}
    entries = tuple(
        replace(
            one,
            code=printable(one.code),
            title=printable(one.title),
            parent=printable(one.parent),
            grades=printable(one.grades),
        )
        for one in stated.entries[: MOST_ENTRIES + 1]
    )
    return replace(stated, facts=facts, entries=entries)


class _Head:
    """The facts of an edition as values."""

    def __init__(self, facts: Mapping[Fact, str]) -> None:
        self.faults: list[Message] = []
        self._facts = facts
        self.subject, self.kind = self._subject(), self._kind()
        self.grades = self._grades()
        self.edition = self._short(Fact.EDITION, LONGEST_EDITION)
        self.title = self._short(Fact.TITLE, LONGEST_TITLE)
        if "/" in self.edition:
            self._blame(
                mark("The edition “%(text)s” has a slash: write it as in “2026” or “2026-1”."), self.edition
            )
        self.since, self.until = self._day(Fact.SINCE, needed=True), self._day(Fact.UNTIL)
        if self.since and self.until and self.until < self.since:
            self.faults.append(Message(mark("The last day in force is before the first one: exchange them.")))
        self.basis = Basis(
            self._said(Fact.BASIS)[:LONGEST_TITLE],
            self._said(Fact.NUMBER)[:LONGEST_EDITION],
            self._day(Fact.DAY),
        )
        self.name = self._name()

    def _said(self, fact: Fact) -> str:
        return self._facts.get(fact, "").strip()

    def _blame(self, msgid: str, text: str) -> None:
        self.faults.append(Message(msgid, {"text": text[:_SHOWN]}))

    def _missing(self, fact: Fact) -> None:
        msgid = mark("Nothing says %(what)s: write it above the table in a row “%(head)s”, or beside it.")
        self.faults.append(Message(msgid, {"what": Message(_WHAT[fact]), "head": FACTS[fact]}))

    def _short(self, fact: Fact, longest: int) -> str:
        text = " ".join(self._said(fact).split())
        if not text:
            self._missing(fact)
        elif len(text) > longest:
            msgid = mark("%(what)s is longer than %(limit)s characters: shorten it.")
            self.faults.append(Message(msgid, {"what": f"«{FACTS[fact]}»", "limit": longest}))
        return text

    def _subject(self) -> SubjectCode | None:
        text = self._said(Fact.SUBJECT)
        if not text:
            self._missing(Fact.SUBJECT)
            return None
        found = SUBJECTS.get(plain(text))
        if found is None:
            self._blame(
                mark("The subject “%(text)s” is not known: write it as in “русский язык”."),
                text,
            )
        return found

    def _kind(self) -> Kind | None:
        text = self._said(Fact.KIND)
        if not text:
            self._missing(Fact.KIND)
            return None
        found = KINDS.get(plain(text))
        if found is None:
            self._blame(
                mark("The kind “%(text)s” is not known: write “элементы содержания” or “умения”."), text
            )
        return found

    def _day(self, fact: Fact, *, needed: bool = False) -> date | None:
        text = self._said(fact)
        if not text:
            if needed:
                self._missing(fact)
            return None
        found = day_of(text)
        if found is None:
            msgid = mark("“%(head)s”: there is no date “%(text)s”. Write it as in 01.09.2026.")
            self.faults.append(Message(msgid, {"head": FACTS[fact], "text": text[:_SHOWN]}))
        return found

    def _grades(self) -> tuple[int, ...]:
        text = self._said(Fact.GRADES)
        found = grades_of(text)
        if found is None:
            self._blame(mark("The grades “%(text)s” are not known: write them as in “4” or “5–9”."), text)
        return found or ()

    def _name(self) -> str:
        text = self._said(Fact.NAME) or self._derived()
        if text and not (_NAME.fullmatch(text) and len(text) <= LONGEST_NAME):
            msgid = mark(
                "The name “%(text)s” is not right: small Latin letters, digits and hyphens, as in"
                " “ru-4-content”."
            )
            self._blame(msgid, text)
        return text

    def _derived(self) -> str:
        """Return the name of a codifier that says none: its subject, grades and kind."""
        if self.subject is None or self.kind is None:
            return ""
        grades = "-".join(map(str, dict.fromkeys(self.grades[:1] + self.grades[-1:])))
        return "-".join(filter(None, (self.subject.value, grades, self.kind.value)))


_WHAT: Final[dict[Fact, str]] = {
    Fact.SUBJECT: mark("the subject"),
    Fact.KIND: mark("what kind of codifier it is"),
    Fact.EDITION: mark("which edition it is"),
    Fact.TITLE: mark("the title of the edition"),
    Fact.SINCE: mark("from which day it is in force"),
}


class _Body:
    """The entries as values; faults in the order of the file."""

    def __init__(self, stated: Stated, grades: tuple[int, ...]) -> None:
        self.faults: list[Message] = []
        self.entries: list[Entry] = []
        self._where = stated.where
        if not stated.entries:
            self.faults.append(
                Message(mark("The codifier has no entry: put codes and titles under the heads."))
            )
        if len(stated.entries) > MOST_ENTRIES:
            msgid = mark("There are too many entries: at most %(limit)s are taken, divide them by grades.")
            self.faults.append(Message(msgid, {"limit": MOST_ENTRIES}))
            return
        self._first: dict[str, StatedEntry] = {}
        for one in stated.entries:
            self._entry(one, grades)
        self._parents(stated.entries)

    def _blame(self, at: int, msgid: str, **said: object) -> None:
        self.faults.append(Message(msgid, {"where": Message(self._where, {"at": at}), **said}))

    def _entry(self, one: StatedEntry, grades: tuple[int, ...]) -> None:
        own = grades_of(one.grades)
        if own is None:
            msgid = mark("%(where)s: the grades “%(text)s” are not known: write them as in “4” or “5–9”.")
            self._blame(one.at, msgid, text=one.grades[:_SHOWN])
        title = " ".join(one.title.split())
        if not title:
            self._blame(
                one.at,
                mark("%(where)s: code “%(code)s” has no title: write it, or delete the row."),
                code=one.code[:_SHOWN],
            )
        elif len(title) > LONGEST_TITLE:
            self._blame(
                one.at,
                mark("%(where)s: the title is longer than %(limit)s characters: shorten it."),
                limit=LONGEST_TITLE,
            )
        if self._code_is_right(one):
            self._first[one.code] = one
            self.entries.append(Entry(one.code, title, one.parent, own or grades))

    def _code_is_right(self, one: StatedEntry) -> bool:
        if one.spoilt == "day":
            msgid = mark(
                "%(where)s: the spreadsheet made a date of the code: format the column as text and"
                " type the code anew."
            )
            self._blame(one.at, msgid)
        elif not one.code:
            msgid = mark("%(where)s: “%(title)s” has no code: give it one, or delete the row.")
            self._blame(one.at, msgid, title=one.title[:_SHOWN])
        elif len(one.code) > LONGEST_CODE or _BAD_IN_CODE.search(one.code):
            msgid = mark(
                "%(where)s: “%(code)s” is no code: no spaces, commas, semicolons and slashes, at most"
                " %(limit)s characters."
            )
            self._blame(one.at, msgid, code=one.code[:_SHOWN], limit=LONGEST_CODE)
        elif one.code in self._first:
            self._doubled(one, self._first[one.code])
        else:
            return True
        return False

    def _doubled(self, one: StatedEntry, first: StatedEntry) -> None:
        if one.spoilt or first.spoilt:
            msgid = mark(
                "%(where)s: code “%(code)s” stands %(first)s already. A spreadsheet takes the last zero"
                " from 1.10: format the column as text and type the code anew."
            )
        else:
            msgid = mark(
                "%(where)s: code “%(code)s” stands %(first)s already: change one of them, or delete the row."
            )
        self._blame(one.at, msgid, code=one.code, first=Message(_IN[self._where], {"at": first.at}))

    def _parents(self, stated: tuple[StatedEntry, ...]) -> None:
        known = tuple(self._first)
        parents = {one.code: one.parent for one in self._first.values()}
        lost = [
            one
            for one in stated
            if self._first.get(one.code) is one and one.parent and one.parent not in self._first
        ]
        for place, one in enumerate(lost):
            near = nearest_code(one.parent, known) if place < _HINTS else ""
            msgid = mark(
                "%(where)s: parent “%(parent)s” of “%(code)s” is not there: add its row, or mend it."
            )
            if near:
                msgid = mark(
                    "%(where)s: parent “%(parent)s” of “%(code)s” is not there. Did you mean “%(near)s”?"
                )
            self._blame(one.at, msgid, parent=one.parent[:_SHOWN], code=one.code, near=near)
        for circle in circles_in(parents):
            msgid = mark("%(where)s: parents run in a circle, %(circle)s: take the parent from one of them.")
            self._blame(self._first[circle[0]].at, msgid, circle=" → ".join((*circle[:8], circle[0])))


_IN: Final[dict[str, str]] = {
    "Row %(at)s": mark("in row %(at)s"),
    "Entry %(at)s": mark("in entry %(at)s"),
}
