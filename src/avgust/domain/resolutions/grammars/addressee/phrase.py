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
    DEEDS_TOO,
    NO_ACTORS,
    SUBSTANTIVES,
    NounKind,
    kind_of,
)
from avgust.domain.resolutions.grammars.addressee.stops import stops_at
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.morphology import ADJECTIVES, NOUN, Form, is_infinitive

NOUNS: Final = frozenset({NOUN})
NAMING: Final = ADJECTIVES | NOUNS
_ACTING_POSTS: Final = ("и.о.", "ври.о.", "зам.")
_SHORT_ADJECTIVES: Final = frozenset({"кл.", "муз.", "соц.", "ст."})
_MANAGED: Final = words("качеством проектами проектом рисками изменениями знаниями развитием")
_ONE_NUMBER: Final = re.compile(r"№\s?\d")
_COMPLEMENT: Final = 6  # words that a participle before its noun may carry
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

    With `guess`, any noun may head the phrase: its place alone shows that it acts.
    """
    first, agreeing = at, list[int]()
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "short" and token.low.replace(" ", "") in _ACTING_POSTS:
            return _deputy(tokens, first, at, case, tuple(agreeing))
        if token.kind == "short" and token.low in _SHORT_ADJECTIVES:
            at += 1
            continue
        if token.kind != "word" and not (agreeing and token.text == ","):
            break
        if token.abbreviation:
            acting = _substantive(tokens, first, tuple(agreeing[-1:]), case)
            return acting or _abbreviation(tokens, first, at, case, tuple(agreeing), guess=guess)
        noun = _noun(tokens, first, at, case, tuple(agreeing), guess=guess)
        if noun is not None and not _qualifies_next(tokens, first, at, case, tuple(agreeing)):
            return noun
        step = _agreeing_step(tokens, at, case, started=bool(agreeing))
        if step is None:
            return _substantive(tokens, first, tuple(agreeing), case) or _over_complement(
                tokens, first, at, case, tuple(agreeing)
            )
        if step:
            agreeing.append(at + step - 1)
        at += max(step, 1)
    return _substantive(tokens, first, tuple(agreeing), case)


def _deputy(tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...]) -> Head:
    """Return the head of «и.о. директора», «зам. директоров»: the word after shows the number."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    many = following is not None and any(f.case == "gent" and f.number == "plur" for f in following.forms)
    number = "plur" if many else "sing"
    return Head(first, at, case, number, "masc", NounKind.PERSON, tokens[at].low, agreeing)


def _qualifies_next(
    tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...]
) -> bool:
    """Tell «старший воспитатель»: a noun by its looks, but the adjective of the noun after it."""
    place = at
    while place < len(tokens) and tokens[place].has(case, ADJECTIVES):
        place += 1
    if place in (at, len(tokens)):
        return False
    return _noun(tokens, first, place, case, (*agreeing, *range(at, place)), guess=False) is not None


def _agreeing_step(tokens: tuple[Token, ...], at: int, case: str, *, started: bool) -> int | None:
    """Return how far the next adjective is (its index is at + step - 1), 0 for an adverb, None for none."""
    token = tokens[at]
    if token.has(case, ADJECTIVES):
        return 1
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if started and token.low in _JOINERS:
        parted = _substantive(tokens, at - 1, (at - 1,), case) is not None
        return 2 if following and following.has(case, ADJECTIVES) and not parted else None
    adverb = token.low == "не" or any(form.pos in ("ADVB", "ADJS") for form in token.forms[:2])
    if not adverb or stops_at(token.text, 0):
        return None
    near = tokens[at + 1 : at + 3]
    return 0 if any(f.case == case and f.pos == "PRTF" for word in near for f in word.forms) else None


def _over_complement(
    tokens: tuple[Token, ...], first: int, at: int, case: str, agreeing: tuple[int, ...]
) -> Head | None:
    """Find the head after a participle with words of its own: «не прошедшим аттестацию учителям»."""
    if not agreeing or not any(f.pos == "PRTF" and f.case == case for f in tokens[agreeing[-1]].forms):
        return None
    for place in range(at, min(at + _COMPLEMENT, len(tokens))):
        if tokens[place].kind != "word" or is_infinitive(tokens[place].text):
            return None
        found = _noun(tokens, first, place, case, agreeing, guess=False) if place > at else None
        if found is not None:
            return found
    return None


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
        if kind is not None and not _needs_met(tokens, form, at, agreeing):
            kind = None
        if kind is None and not guess:
            continue
        fit = kind or NounKind.SCHOOL
        listed = kind is not None
        found = Head(first, at, case, form.number, form.gender, fit, form.lemma, agreeing, listed)
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


def _needs_met(tokens: tuple[Token, ...], form: Form, at: int, agreeing: tuple[int, ...]) -> bool:
    """Tell whether a noun of many meanings stands beside the word that makes it an actor."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if form.lemma in DEEDS_TOO and form.number == "sing" and not agreeing:
        return following is not None and following.kind in ("quote", "number")
    if form.lemma == "управление" and following is not None and following.low in _MANAGED:
        return False
    beginnings = COMPANIONS.get(form.lemma)
    if beginnings is None or (beginnings == ("",) and agreeing):
        return True
    if beginnings == ("",):
        return False
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
    named = following is not None and following.kind in ("quote", "short")
    one = named or (following is not None and _ONE_NUMBER.match(following.text))
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
