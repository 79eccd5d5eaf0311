"""Several addressees in a row: «отделу образования, директорам школ и педагогам»."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.naming import addressee_of
from avgust.domain.resolutions.grammars.addressee.nouns import STAFF, NounKind
from avgust.domain.resolutions.grammars.addressee.phrase import Phrase, read_head
from avgust.domain.resolutions.grammars.addressee.tail import TailReader
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.model import Addressee, Relation

_TERRITORY: Final = re.compile(
    r"[А-ЯЁ][а-яё-]+(?:ой|ого) (?:области|края|республики|(?:муниципального |городского )?(?:района|округа))$"
    r"|(?:Республики|города|городского округа) [А-ЯЁ][а-яё-]+$"
)
_SEPARATORS: Final = frozenset({",", ";", "и", "или", "/", "а", "также"})


@dataclass(frozen=True, slots=True)
class Listing:
    """Phrases of one case in a row, and where the text goes on."""

    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]
    after: int  # index of the first token that was not read

    def addressees(self, fragment: Fragment, relation: Relation, rule: str) -> list[Addressee]:
        """Return the addressees that the phrases name; a bare leader or teacher borrows the next tail."""
        found = [addressee_of(fragment, self.tokens, phrase, relation, rule) for phrase in self.phrases]
        for at in range(len(found) - 2, -1, -1):
            tail = self._shared_tail(at, found[at + 1]) or self._shared_territory(at, found[at + 1])
            if tail:
                found[at] = replace(found[at], name=f"{found[at].name} {tail}")
        return found

    def _shared_tail(self, at: int, following: Addressee) -> str:
        """Return the genitive that «руководителям и педагогам школ» gives to both, or nothing."""
        one, two = self.phrases[at], self.phrases[at + 1]
        led = two.head.kind in (NounKind.PERSON, NounKind.GROUP)
        leaders = one.head.lemma in STAFF and one.head.number == "plur"
        staff = led and (leaders or one.head.lemma == "администрация")
        between = {token.low for token in self.tokens[one.end : two.head.first]}
        if not (staff and one.bare and between == {"и"} and two.tail):
            return ""
        opening = self.tokens[two.head.at + 1]
        if opening.low in ("по", "с", "для") or following.name.rfind(opening.text) < 0:
            return ""
        return following.name[following.name.index(opening.text) :]

    def _shared_territory(self, at: int, following: Addressee) -> str:
        """Return the territory that «Министерству труда и Министерству культуры … области» gives both."""
        one, two = self.phrases[at], self.phrases[at + 1]
        between = {token.low for token in self.tokens[one.end : two.head.first]}
        same = one.head.lemma == two.head.lemma and one.head.number == two.head.number == "sing"
        if not same or between != {"и"} or one.head.kind is not NounKind.AUTHORITY:
            return ""
        territory = _TERRITORY.search(following.name)
        placed = territory is None or any(self.tokens[i].capital for i in one.tail)
        return "" if placed or territory is None else territory.group()


def read_listing(
    text: str, tokens: tuple[Token, ...], at: int, case: str, *, guess: bool = False
) -> Listing | None:
    """Return the addressees in `case` that begin at `at`, or None. `guess` is for the first of them."""
    head = read_head(tokens, at, case, guess=guess)
    phrases: list[Phrase] = []
    after = at
    while head is not None:
        phrase = TailReader(text, tokens, head).read()
        phrases.append(phrase)
        following = after = phrase.after
        while following < len(tokens) and tokens[following].low in _SEPARATORS:
            following += 1
        if following == after or following == len(tokens):
            break
        head = read_head(tokens, following, case, guess=tokens[following].abbreviation)
    return Listing(tokens, tuple(phrases), after) if phrases else None
