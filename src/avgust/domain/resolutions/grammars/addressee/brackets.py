"""Brackets inside a name: «родителям (законным представителям)» belongs to it, a surname does not."""

from __future__ import annotations

from typing import Final

from avgust.domain.resolutions.grammars.addressee.nouns import NounKind
from avgust.domain.resolutions.grammars.addressee.phrase import Head, read_head
from avgust.domain.resolutions.grammars.addressee.tokens import Token, tokens_of
from avgust.domain.resolutions.grammars.addressee.wordlist import words

# What a bracket says of a person's part in the measure.
_ROLE_MARKS: Final = words("соисполнитель исполнитель координатор куратор ответственный оператор")


def belongs_to_name(bracket: Token, head: Head, last: Token | None) -> bool:
    """Tell whether a bracket is part of the name that `head` opens; `last` is the last word of its tail."""
    inner = tokens_of(bracket.text[1:-1])
    if not inner or inner[0].abbreviation:
        return False
    second = read_head(inner, 0, head.case)
    whole = second is not None and second.at == len(inner) - 1 and second.lemma not in _ROLE_MARKS
    if whole and second is not None and second.number == head.number:
        return True
    return last is not None and _names_same_class(inner, last)


def _names_same_class(inner: tuple[Token, ...], last: Token) -> bool:
    """Tell «муниципальных районов (городских округов)»: another word for what the tail ends with."""
    if any(token.capital or token.kind != "word" for token in inner):
        return False
    head = read_head(inner, 0, "gent")
    if head is None or head.at != len(inner) - 1 or head.kind not in (NounKind.SCHOOL, NounKind.AUTHORITY):
        return False
    return any(form.case == "gent" and form.number == head.number for form in last.forms)
