"""Names of persons: no part of a body's name, and addressees only where nothing else is named."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.model import Addressee, AddresseeForm, Relation
from avgust.domain.resolutions.morphology import ADJECTIVES, NOUN, declined, forms

_PATRONYMIC: Final = re.compile(r"(?:[ое]вич|ич|[ое]вн|ичн|инич)(?:|а|у|ем|ом|е|ой|ы)$")
_LIKELY: Final = 0.8


def person_at(tokens: tuple[Token, ...], at: int) -> int:
    """Return how many tokens at `at` are a person's name; 0 for none.

    Known are «Петрову И.С.», «И.С. Петрову», «Ивановой Анне Петровне», «Анне Петровне».
    """
    first = tokens[at]
    second = tokens[at + 1] if at + 1 < len(tokens) else None
    third = tokens[at + 2] if at + 2 < len(tokens) else None
    if first.kind == "initials" and second is not None and _surname(second):
        return 2
    if not _surname(first) or second is None:
        return 0
    if second.kind == "initials":
        return 2
    if third is not None and _surname(second) and _surname(third) and _PATRONYMIC.search(third.low):
        return 3
    return 2 if _surname(second) and _PATRONYMIC.search(second.low) else 0


def besides_persons(found: list[Addressee]) -> list[Addressee]:
    """Leave out persons where a body or a post is told to act: that one answers."""
    named = [addressee for addressee in found if addressee.rule != "addressee.person"]
    executes = any(addressee.relation is Relation.EXECUTOR for addressee in named)
    return named if executes else found


def _surname(token: Token) -> bool:
    return token.kind == "word" and token.capital and not token.text.isupper()


def person_of(
    fragment: Fragment, tokens: tuple[Token, ...], at: int, length: int, relation: Relation, case: str
) -> Addressee:
    """Return the person named by `length` tokens at `at`, printed in `case`, in the nominative."""
    name = tokens[at : at + length]
    start, end = name[0].start, name[-1].end
    printed = fragment.text[start:end]
    nominative = printed
    if case != "nomn":
        for token in name:
            if token.kind == "word":
                nominative = nominative.replace(token.text, _nominative(token.text, case), 1)
    return Addressee(
        name=nominative,
        form=AddresseeForm.BODY,
        relation=relation,
        text=printed,
        span=fragment.span(start, end),
        rule="addressee.person",
        confidence=_LIKELY,
    )


def _nominative(word: str, case: str) -> str:
    """Return a name in the nominative, read as a name before it is read as anything else."""
    gender = next((f.gender for f in forms(word) if f.case == case and f.name), None)
    changed = declined(word, frozenset({NOUN}), case, "sing")
    return changed or declined(word, ADJECTIVES, case, "sing", gender) or word
