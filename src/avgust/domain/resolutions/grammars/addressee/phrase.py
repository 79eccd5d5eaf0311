"""The noun phrase that names an addressee: its head first, then the words that agree, then its tail.

A phrase is read in one case (the dative of an order, the instrumental of «совместно с»). Words before the
head agree with it; words after it stand in the genitive or in the case of a preposition and stay as they
are. A comma or «и» parts two addressees only where a new head stands in the case that is read: so
«министерству труда, занятости и социального развития» is one body, «отделу образования и школам» two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.resolutions.grammars.addressee.nouns import (
    ACTOR_ABBREVIATION,
    CLASS_ABBREVIATIONS,
    COMPANIONS,
    NO_ACTORS,
    SUBSTANTIVES,
    NounKind,
    kind_of,
)
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.morphology import ADJECTIVES, NOUN, Form

NOUNS: Final = frozenset({NOUN})
NAMING: Final = ADJECTIVES | NOUNS
_ACTING_POSTS: Final = ("и.о.", "ври.о.", "зам.")
_SHORT_ADJECTIVES: Final = frozenset({"кл.", "муз.", "соц.", "ст."})
_ONE_NUMBER: Final = re.compile(r"№\s?\d")
_JOINERS: Final = frozenset({"и", "или", ","})


@dataclass(frozen=True, slots=True)
class Head:
    """The opening of a phrase up to its head noun. Numbers are indexes of tokens."""

    first: int
    at: int
    case: str
    number: str
    gender: str | None
    kind: NounKind
    lemma: str
    agreeing: tuple[int, ...] = ()  # adjectives before the head
    listed: bool = True  # the noun is in the lists (or animate), not guessed from its place


@dataclass(slots=True)
class Phrase:
    """A phrase while its tail is read, and after."""

    head: Head
    end: int  # index after the last token of the name
    after: int = 0  # index of the first token that was not read, dropped words included
    agreeing: list[int] = field(default_factory=list)  # adjectives and participles that take the head's case
    appositions: list[int] = field(default_factory=list)  # further nouns in the head's case
    dropped: set[int] = field(default_factory=set)  # surnames, «(далее – …)»
    tail: list[int] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Whether nothing follows the head noun."""
        return self.end == self.head.at + 1 or set(range(self.head.at + 1, self.end)) <= self.dropped


def read_head(tokens: tuple[Token, ...], at: int, case: str, *, guess: bool = False) -> Head | None:
    """Return the head of the phrase that begins at `at` in `case`, or None.

    With `guess`, a noun that no list knows may head the phrase: its place alone shows that it acts.
    """
    first = at
    agreeing: list[int] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "short" and token.low.replace(" ", "") in _ACTING_POSTS:
            return Head(first, at, case, "sing", "masc", NounKind.PERSON, token.low, tuple(agreeing))
        if token.kind == "short" and token.low in _SHORT_ADJECTIVES:
            at += 1
            continue
        if token.kind != "word" and not (agreeing and token.text == ","):
            break
        if token.abbreviation:
            acting = _substantive(tokens, first, tuple(agreeing[-1:]), case)
            if acting is not None:
                return acting
            return _abbreviation(tokens, first, at, case, tuple(agreeing), guess=guess)
        noun = _noun(tokens, first, at, case, tuple(agreeing), guess=guess)
        if noun is not None and not _qualifies_next(tokens, first, at, case, tuple(agreeing)):
            return noun
        step = _agreeing_step(tokens, at, case, started=bool(agreeing))
        if step is None:
            break
        if step:
            agreeing.append(at + step - 1)
        at += max(step, 1)
    return _substantive(tokens, first, tuple(agreeing), case)


def _qualifies_next(
    tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...]
) -> bool:
    """Tell «старший воспитатель»: a noun by its looks, but the adjective of the noun after it."""
    if at + 1 >= len(tokens) or not tokens[at].has(case, ADJECTIVES):
        return False
    return _noun(tokens, first, at + 1, case, (*agreeing, at), guess=False) is not None


def _agreeing_step(tokens: tuple[Token, ...], at: int, case: str, *, started: bool) -> int | None:
    """Return how far the next adjective is (its index is at + step - 1), 0 for an adverb, None for none."""
    token = tokens[at]
    if token.has(case, ADJECTIVES):
        return 1
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if started and token.low in _JOINERS:
        parted = _substantive(tokens, at - 1, (at - 1,), case) is not None
        return 2 if following and following.has(case, ADJECTIVES) and not parted else None
    adverb = token.low == "не" or any(form.pos == "ADVB" for form in token.forms[:1])
    return 0 if adverb and following and following.has(case, ADJECTIVES) else None


def _noun(
    tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...], *, guess: bool
) -> Head | None:
    """Return the head that the noun at `at` makes, when it agrees with the adjectives before it."""
    token = tokens[at]
    if len(token.text) < 3:  # «и», «с» read as names of letters
        return None
    best: Head | None = None
    for form in token.forms:
        if form.pos != NOUN or form.case != case or form.name in ("Surn", "Patr") or form.number is None:
            continue
        if not all(_agrees(tokens[i], case, form) for i in agreeing):
            continue
        kind = kind_of(form)
        if kind is not None and not _needs_met(tokens, form.lemma, at, agreeing):
            kind = None
        if kind is None and not guess:
            continue
        found = Head(
            first,
            at,
            case,
            form.number,
            form.gender,
            kind or NounKind.SCHOOL,
            form.lemma,
            agreeing,
            kind is not None,
        )
        if found.listed:
            return found
        best = best or found
    return best


def _agrees(token: Token, case: str, noun: Form) -> bool:
    return any(
        form.pos in ADJECTIVES
        and form.case == case
        and form.number == noun.number
        and (noun.number == "plur" or form.gender in (noun.gender, None) or noun.gender is None)
        for form in token.forms
    )


def _needs_met(tokens: tuple[Token, ...], lemma: str, at: int, agreeing: tuple[int, ...]) -> bool:
    """Tell whether a noun of many meanings stands beside the word that makes it an actor."""
    beginnings = COMPANIONS.get(lemma)
    if beginnings is None:
        return True
    near = [*(tokens[i].low for i in agreeing), *(token.low for token in tokens[at + 1 : at + 3])]
    return any(word.startswith(beginnings) for word in near)


def _abbreviation(
    tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...], *, guess: bool
) -> Head | None:
    word = tokens[at].text.upper()
    if word in NO_ACTORS:
        return None
    known = word in CLASS_ABBREVIATIONS or ACTOR_ABBREVIATION.match(word) is not None
    if not known and not guess:
        return None
    plural = bool(agreeing) and all(
        any(f.case == case and f.number == "plur" for f in tokens[i].forms) for i in agreeing
    )
    kind = NounKind.ABBREVIATION
    following = next((token for token in tokens[at + 1 : at + 5] if not token.abbreviation), None)
    one = following is not None and (following.kind == "quote" or _ONE_NUMBER.match(following.text))
    number = "plur" if plural or (word in CLASS_ABBREVIATIONS and not agreeing and not one) else "sing"
    return Head(first, at, case, number, None, kind, word.lower(), agreeing, known)


def _substantive(tokens: tuple[Token, ...], first: int, agreeing: tuple[int, ...], case: str) -> Head | None:
    """Return the head that an adjective makes which lives as a noun («заведующим», «обучающимся»)."""
    for i in reversed(agreeing):
        for form in tokens[i].forms:
            if form.case == case and form.pos in ADJECTIVES and form.lemma in SUBSTANTIVES:
                others = tuple(k for k in agreeing if k < i)
                kind = SUBSTANTIVES[form.lemma]
                gender = form.gender if form.number == "sing" else None
                return Head(first, i, case, form.number or "plur", gender, kind, form.lemma, others)
    return None
