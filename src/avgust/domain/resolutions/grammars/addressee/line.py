"""«Ответственный: …» lines and cells of a plan's table: names in the nominative or the dative, in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.joint import partners_in
from avgust.domain.resolutions.grammars.addressee.listing import read_listing
from avgust.domain.resolutions.grammars.addressee.people import person_at, person_of
from avgust.domain.resolutions.grammars.addressee.phrase import read_head
from avgust.domain.resolutions.grammars.addressee.stops import stops_at
from avgust.domain.resolutions.grammars.addressee.tokens import Token, tokens_of
from avgust.domain.resolutions.model import Addressee, AddresseeForm, Relation
from avgust.domain.resolutions.morphology import fold

_CAPTION: Final = re.compile(
    r"(?:(?P<co>соисполнител\w+)|(?:ответственн\w+|отв\.)(?:\s(?:исполнител\w+|лиц\w+|за\s(?:исполнение|выполнение|реализацию)))?"
    r"|исполнител\w+|(?P<control>контроль|контрол[её]р\w*)(?:\sза\sисполнением)?)\s?[:–—-]\s*",
    re.IGNORECASE,
)
_SEPARATORS: Final = frozenset({",", ";", "/", ".", "и", "–", "—", "-", "•", ":"})
_LETTERS: Final = re.compile(r"[А-Яа-яЁёA-Za-z]{2}")
_CASES: Final = ("nomn", "datv")
_DATIVE_NAME: Final = re.compile(r"(?:[ое]ву|ину|кому|ной|[ое]вой|иной|юку|енку|яну)$")
_TAIL_ODDS: Final = 4  # how much likelier a genitive must be to go on with the line above
_VERBATIM: Final = 0.5


def addressees_of_line(fragment: Fragment, role: str) -> tuple[Addressee, ...]:
    """Return whom a line or cell names; `role` is "executor" or "controller".

    A person counts only where nothing else is named: with a post or a body beside it, that one answers.
    What no rule can read is kept as printed, with a low confidence.
    """
    relation = Relation.CONTROLLER if role == "controller" else Relation.EXECUTOR
    found: list[Addressee] = []
    persons: list[Addressee] = []
    for part in _printed_lines(fragment):
        relation = _LineReader(part, relation).read(found, persons)
    found += [a for a in partners_in(fragment) if fold(a.name) not in {fold(b.name) for b in found}]
    chosen = found or persons
    unique = {fold(a.name): a for a in reversed(chosen)}
    return tuple(reversed(unique.values()))


def _printed_lines(fragment: Fragment) -> Iterator[Fragment]:
    """Cut a cell at its line breaks, where a new name begins there (a long name is wrapped, too)."""
    start = 0
    for place in fragment.breaks:
        if place > start and _opens_name(tokens_of(fragment.text, place + 1, 200)):
            yield fragment.part(start, place)
            start = place + 1
    if start < len(fragment.text):
        yield fragment.part(start, len(fragment.text))


def _opens_name(tokens: tuple[Token, ...]) -> bool:
    """Tell whether a printed line begins a name, and does not go on with one above it."""
    if not tokens:
        return False
    heads = [read_head(tokens, 0, case, guess=tokens[0].abbreviation) for case in _CASES]
    head = next((head for head in heads if head is not None), None)
    if head is None:
        return person_at(tokens, 0) > 0
    chances = {form.case: form.score for form in reversed(tokens[head.at].forms)}
    tail = chances.get("gent", 0.0) > _TAIL_ODDS * max(chances.get(case, 0.0) for case in _CASES)
    return tokens[0].capital or not tail


class _LineReader:
    """Walks over a line from name to name."""

    def __init__(self, fragment: Fragment, relation: Relation) -> None:
        self._fragment = fragment
        self._relation = relation
        self._tokens = tokens_of(fragment.text, 0, 3000)

    def read(self, found: list[Addressee], persons: list[Addressee]) -> Relation:
        """Add what the line names and return the relation that its last caption set."""
        at = 0
        while at < len(self._tokens):
            at = self._step(at, found, persons)
        return self._relation

    def _step(self, at: int, found: list[Addressee], persons: list[Addressee]) -> int:
        """Read one thing at `at` and return where the next begins."""
        token = self._tokens[at]
        caption = _CAPTION.match(self._fragment.text, token.start)
        if caption:
            if caption.group("co"):
                self._relation = Relation.CO_EXECUTOR
            elif caption.group("control"):
                self._relation = Relation.CONTROLLER
            return self._index_after(at, caption.end())
        if token.text in _SEPARATORS or token.kind in ("mark", "dash", "bracket", "number"):
            return at + 1
        if stops_at(self._fragment.text, token.start):
            return self._next_separator(at)
        length = person_at(self._tokens, at)
        if length:
            case = "datv" if _DATIVE_NAME.search(token.low) else "nomn"
            persons.append(person_of(self._fragment, self._tokens, at, length, self._relation, case))
            return at + length
        for case in _CASES:
            listing = read_listing(self._fragment.text, self._tokens, at, case)
            if listing is not None:
                found += listing.addressees(self._fragment, self._relation, "addressee.line")
                return max(self._rest(listing.after), at + 1)
        return self._verbatim(at, found)

    def _index_after(self, at: int, position: int) -> int:
        while at < len(self._tokens) and self._tokens[at].start < position:
            at += 1
        return at

    def _next_separator(self, at: int) -> int:
        while at < len(self._tokens) and self._tokens[at].text not in (",", ";", "."):
            at += 1
        return at

    def _rest(self, at: int) -> int:
        """Return where a further name may begin after a listing: at once, or after a modifier."""
        return self._next_separator(at) if self._stops(at) else at

    def _stops(self, at: int) -> bool:
        return at < len(self._tokens) and stops_at(self._fragment.text, self._tokens[at].start)

    def _verbatim(self, at: int, found: list[Addressee]) -> int:
        end = self._next_separator(at)
        first, last = self._tokens[at], self._tokens[end - 1]
        name = self._fragment.text[first.start : last.end]
        if _LETTERS.search(name):
            found.append(
                Addressee(
                    name=name,
                    form=AddresseeForm.BODY if first.capital else AddresseeForm.ROLE,
                    relation=self._relation,
                    text=name,
                    span=self._fragment.span(first.start, last.end),
                    rule="addressee.verbatim",
                    confidence=_VERBATIM,
                )
            )
        return end
