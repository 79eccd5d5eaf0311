"""From a phrase as printed to the name of an addressee as a register lists it."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.nouns import NounKind
from avgust.domain.resolutions.grammars.addressee.phrase import NOUNS, Phrase
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.model import Addressee, AddresseeForm, Relation
from avgust.domain.resolutions.morphology import ADJECTIVES, declined, is_known

_QUANTIFIERS: Final = frozenset({"весь", "каждый", "все", "любой"})
_WORD: Final = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_SURE: Final = 0.95
_GUESSED: Final = 0.6


def addressee_of(
    fragment: Fragment, tokens: tuple[Token, ...], phrase: Phrase, relation: Relation, rule: str
) -> Addressee:
    """Return the addressee that `phrase` names."""
    first, last = _outer(tokens, phrase)
    form = _form(tokens, phrase)
    return Addressee(
        name=_capitals(_nominative(fragment.text, tokens, phrase, first), tokens, phrase, form),
        form=form,
        relation=relation,
        text=fragment.text[tokens[first].start : tokens[last].end],
        span=fragment.span(tokens[first].start, tokens[last].end),
        rule=rule,
        confidence=_SURE if phrase.head.listed else _GUESSED,
    )


def _outer(tokens: tuple[Token, ...], phrase: Phrase) -> tuple[int, int]:
    """Return the first and the last token of the name, «всем» and dropped words at its ends left out."""
    first, last = phrase.head.first, phrase.end - 1
    while first < phrase.head.at and any(f.lemma in _QUANTIFIERS for f in tokens[first].forms[:1]):
        first += 1
    while last in phrase.dropped:
        last -= 1
    return first, last


def _nominative(text: str, tokens: tuple[Token, ...], phrase: Phrase, first: int) -> str:
    """Return the words of `phrase` with head, adjectives, participles and appositions in the nominative."""
    pieces: list[str] = []
    previous: Token | None = None
    for at in range(first, phrase.end):
        if at in phrase.dropped:
            continue
        token = tokens[at]
        if previous is not None and at - 1 not in phrase.dropped:
            pieces.append(text[previous.end : token.start])
        elif previous is not None and token.text != ",":
            pieces.append(" ")
        pieces.append(_changed(token, at, phrase))
        previous = token
    return "".join(pieces).strip(" ,")


def _changed(token: Token, at: int, phrase: Phrase) -> str:
    head = phrase.head
    if token.kind == "short" and token.low == "зам.":
        deputy = "заместители" if phrase.head.number == "plur" else "заместитель"
        return deputy.capitalize() if token.capital else deputy
    if head.case == "nomn" or token.abbreviation:
        return token.text
    if token.kind == "bracket":
        return _WORD.sub(lambda m: _agreeing_or_same(m.group(), phrase), token.text)
    if at == head.at or at in phrase.appositions:
        nominative = declined(token.text, NOUNS, head.case, head.number)
        return (
            nominative or declined(token.text, ADJECTIVES, head.case, head.number, head.gender) or token.text
        )
    if at in phrase.agreeing:
        gender = head.gender or "masc"
        return declined(token.text, ADJECTIVES, head.case, head.number, gender) or token.text
    return token.text


def _agreeing_or_same(word: str, phrase: Phrase) -> str:
    head = phrase.head
    noun = declined(word, NOUNS, head.case, head.number)
    return declined(word, ADJECTIVES, head.case, head.number, head.gender) or noun or word


def _form(tokens: tuple[Token, ...], phrase: Phrase) -> AddresseeForm:
    """One named body, or a class: a plural, a person's post, an organisation without a proper name."""
    head = phrase.head
    if head.number == "plur" or head.kind in (NounKind.PERSON, NounKind.CROWD, NounKind.GROUP):
        return AddresseeForm.ROLE
    if head.kind in (NounKind.AUTHORITY, NounKind.ABBREVIATION):
        return AddresseeForm.BODY
    return AddresseeForm.BODY if _proper(tokens, phrase) else AddresseeForm.ROLE


def _proper(tokens: tuple[Token, ...], phrase: Phrase) -> bool:
    """Tell whether a quoted name, a number, an abbreviation or a capital makes an organisation one."""
    for at in range(phrase.head.first, phrase.end):
        token = tokens[at]
        if at in phrase.dropped:
            continue
        if token.kind in ("quote", "number") or token.abbreviation:
            return True
        opening = at == phrase.head.first
        if token.kind == "word" and token.capital and not (opening and is_known(token.text)):
            return True
    return False


def _capitals(name: str, tokens: tuple[Token, ...], phrase: Phrase, form: AddresseeForm) -> str:
    """Give roles and legal forms a small letter, bodies of authority a capital."""
    first = name.split(" ", 1)[0]
    if not first or first.isupper() or sum(letter.isupper() for letter in first) > 1:
        return name
    if phrase.head.kind is NounKind.ABBREVIATION and phrase.head.at == phrase.head.first:
        return name
    if form is AddresseeForm.BODY and phrase.head.kind is NounKind.AUTHORITY:
        return name[:1].upper() + name[1:]
    opening = tokens[phrase.head.first]
    if any(f.name in ("Geox", "Name") for f in opening.forms[:1]):
        return name
    return name[:1].lower() + name[1:]
