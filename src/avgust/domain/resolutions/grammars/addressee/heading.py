"""Whom a heading or a lead addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.capitals import without_capitals
from avgust.domain.resolutions.grammars.addressee.clause import governed
from avgust.domain.resolutions.grammars.addressee.joint import partners_in
from avgust.domain.resolutions.grammars.addressee.listing import Listing, read_listing
from avgust.domain.resolutions.grammars.addressee.nouns import NounKind
from avgust.domain.resolutions.grammars.addressee.order import ASSIGNING, MODALS
from avgust.domain.resolutions.grammars.addressee.stops import stops_at
from avgust.domain.resolutions.grammars.addressee.tokens import Token, tokens_of
from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.model import Addressee, Relation
from avgust.domain.resolutions.morphology import is_finite, is_infinitive

_LABEL: Final = re.compile(
    r"(?:(?:раздел|глава|часть|пункт|блок|направление)\s+)?"
    r"(?:[IVXLCХІ]{1,6}|\d{1,2}(?:\.\s?\d{1,2}){0,4}|[а-яa-z](?=[.)]))\s?(?:[.)]|(?=\s))[.)]?\s*|[-–—•*]\s+",
    re.IGNORECASE,
)
# Bodies that a heading without a colon may name; «Центр притяжения», «Союз школы и семьи» are topics.
_BODIES: Final = words(
    """министерство департамент комитет отдел администрация правительство институт агентство палата
    университет управление инспекция профсоюз совет комиссия"""
)
# «На уровне муниципалитета» says where a thing is done.
_TIERS: Final = words("муниципалитет район округ территория субъект образование поселение регион")
_APPEAL: Final = re.compile(r"обра(?:щает|щают|тить)ся$")
_CLOSED: Final = re.compile(r"[\s:.;,–—-]*$")


def addressees_of_heading(fragment: Fragment) -> tuple[Addressee, ...]:
    """Return the executors that a heading names: by dative, «Для …», «Рекомендовать …», or a bare name.

    Aims, levels and topics («В целях …», «Муниципальный уровень», «в части …») name nobody.
    """
    return _of_capitals(fragment) if fragment.text.isupper() else _of_words(fragment)


def _of_words(fragment: Fragment) -> tuple[Addressee, ...]:
    text = fragment.text
    label = _LABEL.match(text)
    tokens = tokens_of(text, label.end() if label else 0)
    if not tokens:
        return ()
    colon = text.rstrip().endswith(":")
    listing, rule = _addressed(text, tokens, colon=colon)
    if listing is None:
        return ()
    found = listing.addressees(fragment, Relation.EXECUTOR, rule)
    joint = [a for a in partners_in(fragment) if a.relation is Relation.CO_EXECUTOR]
    return (*found, *(a for a in joint if a.name not in {b.name for b in found}))


def _of_capitals(fragment: Fragment) -> tuple[Addressee, ...]:
    """Read «ОБРАЗОВАТЕЛЬНЫМ ОРГАНИЗАЦИЯМ:» as if it were printed in small letters."""
    small = replace(fragment, text=without_capitals(fragment.text))
    found = []
    for addressee in _of_words(small):
        at = small.text.find(addressee.text)
        found.append(replace(addressee, text=fragment.text[at : at + len(addressee.text)]))
    return tuple(found)


def _addressed(text: str, tokens: tuple[Token, ...], *, colon: bool) -> tuple[Listing | None, str]:
    assigning = next(
        (i for i, token in enumerate(tokens) if token.low in ASSIGNING and token.kind == "word"), None
    )
    if assigning is not None and assigning + 1 < len(tokens):
        case = ASSIGNING[tokens[assigning].low]
        listing = _first(text, tokens, assigning + 1, case)
        if listing is not None:
            return listing, "addressee.heading.assigned"
    for_whom = next((i for i, token in enumerate(tokens[:2]) if token.low == "для"), None)
    if for_whom == 0 or (for_whom and tokens[0].low.startswith("рекомендаци")):
        return _whole(text, tokens, for_whom + 1, "gent"), "addressee.heading.for"
    if len(tokens) > 2 and (tokens[0].low, tokens[1].low) == ("на", "уровне"):
        return _at_level(text, tokens), "addressee.heading.level"
    appeal = next((i for i, token in enumerate(tokens) if _APPEAL.match(token.low)), None)
    if colon and appeal is not None and appeal + 2 < len(tokens) and tokens[appeal + 1].low in ("к", "ко"):
        return _whole(text, tokens, appeal + 2, "datv"), "addressee.heading.appeal"
    listing = _by_dative(text, tokens, colon=colon)
    if listing is not None:
        return listing, "addressee.heading.dative"
    return _by_name(text, tokens, colon=colon), "addressee.heading.name"


def _first(text: str, tokens: tuple[Token, ...], start: int, case: str) -> Listing | None:
    """Return the first listing in `case` after an assigning verb that nothing else governs."""
    for at in range(start, min(len(tokens), start + 15)):
        if at > start and governed(tokens, at):
            continue
        listing = read_listing(text, tokens, at, case, guess=at == start and tokens[at].abbreviation)
        if listing is not None:
            return listing
    return None


def _by_dative(text: str, tokens: tuple[Token, ...], *, colon: bool) -> Listing | None:
    """«Отделу образования:», «Органам управления образованием рекомендуется:», «В целях …, школам:»."""
    at = 0
    while at < len(tokens):
        if tokens[at].kind not in ("word", "short") or (at and stops_at(text, tokens[at].start)):
            at += 1
            continue
        listing = read_listing(text, tokens, at, "datv", guess=at == 0 and colon and tokens[0].abbreviation)
        if listing is None:
            at += 1
            continue
        free = at == 0 or (tokens[at - 1].text == "," and colon and not governed(tokens, at))
        if free and _ends(text, tokens, listing):
            plural = _plural_nominative(text, tokens, at, listing)
            return plural or listing
        at = max(listing.after, at + 1)
    return None


def _plural_nominative(text: str, tokens: tuple[Token, ...], at: int, listing: Listing) -> Listing | None:
    """Read «Администрации районов:» as a nominative plural: one administration has one district."""
    first = listing.phrases[0]
    if first.head.number != "sing" or not first.tail or not first.head.lemma.endswith("ия"):
        return None
    following = tokens[first.tail[0]].forms + tokens[first.tail[min(1, len(first.tail) - 1)]].forms
    plural = any(f.case == "gent" and f.number == "plur" for f in following)
    return read_listing(text, tokens, at, "nomn") if plural and first.head.lemma == "администрация" else None


def _ends(text: str, tokens: tuple[Token, ...], listing: Listing) -> bool:
    """Tell whether the listing is all the heading says, modifiers and «рекомендуется» aside."""
    if listing.after >= len(tokens):
        return True
    rest = tokens[listing.after]
    if _CLOSED.match(text, rest.start) or rest.low in MODALS or rest.text in (":", ","):
        return True
    if stops_at(text, rest.start):
        return True
    return rest.kind == "word" and is_infinitive(rest.text)


def _at_level(text: str, tokens: tuple[Token, ...]) -> Listing | None:
    """«На уровне отдела образования:»: a body or a class of them; «школы», «района» are mere levels."""
    listing = _whole(text, tokens, 2, "gent")
    if listing is None:
        return None
    head = listing.phrases[0].head
    level = head.lemma in _TIERS or (head.kind is NounKind.SCHOOL and head.number == "sing")
    return None if level else listing


def _whole(text: str, tokens: tuple[Token, ...], at: int, case: str) -> Listing | None:
    listing = read_listing(text, tokens, at, case)
    if listing is None:
        return None
    closed = listing.after >= len(tokens) or _CLOSED.match(text, tokens[listing.after].start)
    return listing if closed else None


def _by_name(text: str, tokens: tuple[Token, ...], *, colon: bool) -> Listing | None:
    """«Министерство образования области:»: a name that is the whole heading."""
    if any(token.kind == "word" and is_finite(token.text) for token in tokens):
        return None
    listing = _whole(text, tokens, 0, "nomn")
    if listing is None:
        return None
    head = listing.phrases[0].head
    if colon:
        return None if head.kind is NounKind.CROWD else listing
    if head.kind is NounKind.AUTHORITY and head.number == "sing" and head.lemma not in _BODIES:
        return None
    sure = head.kind is NounKind.AUTHORITY or (
        head.number == "plur" and bool(head.agreeing or listing.phrases[0].tail)
    )
    return listing if sure and head.kind in (NounKind.AUTHORITY, NounKind.SCHOOL, NounKind.PERSON) else None
