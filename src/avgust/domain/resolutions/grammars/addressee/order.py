"""The verb of an order and what it makes of a dative before it: executor or receiver."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.addressee.listing import Listing
from avgust.domain.resolutions.grammars.addressee.nouns import CROWDS, NounKind
from avgust.domain.resolutions.grammars.addressee.phrase import NOUNS
from avgust.domain.resolutions.grammars.addressee.stops import licensed
from avgust.domain.resolutions.grammars.addressee.tokens import Token
from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.morphology import is_finite, is_infinitive

_TO_WHOM: Final = words(
    """рекомендовать поручить предложить предписать рекомендуется рекомендуем рекомендует рекомендуют
    поручается поручает поручают предлагается предлагает предлагают предлагаем советует дать поручение
    поручения рекомендации рекомендация предложения указать"""
)
_WHOM: Final = words("обязать просить попросить призвать просит просят призывает призывают")
# Verbs that give an order to somebody, with the case of that somebody.
ASSIGNING: Final = {**dict.fromkeys(_TO_WHOM, "datv"), **dict.fromkeys(_WHOM, "accs")}
WITHOUT_ACTION: Final = words("рекомендовать рекомендуется рекомендуем рекомендует рекомендуют")
MODALS: Final = words(
    """рекомендуем предлагаем поручаем рекомендует предлагает поручает необходимо следует надлежит
    рекомендуется рекомендовано поручается поручено предлагается предложено надо нужно целесообразно
    предписывается запрещается разрешается рекомендовать поручить предложить"""
)
_GIVING: Final = re.compile(
    r"(?:оказ(?:ать|ывать)|предостав(?:ить|лять)|выпла(?:тить|чивать)|вруч(?:ить|ать)|присвоить|выдать|выделить"
    r"|удел(?:ить|ять)|компенсировать|помо(?:чь|гать)|установить|назначить|гарантировать"
    r")$"
)
_GIVING_TO_CROWD: Final = re.compile(
    r"(?:обеспеч(?:ить|ивать)|организовать|созда(?:ть|вать)|направ(?:ить|лять)"
    r"|рассказ(?:ать|ывать)|напом(?:нить|инать)|разъясн(?:ить|ять))$"
)
_REPORTS: Final = re.compile(
    r"информаци|отч[её]т|сведени|данны|материал|заявк|предложени|план|доклад|списк|копи"
)
_LEADERS: Final = words("""руководитель директор заведующий заведовать начальник глава председатель""")
_RULERS: Final = words("орган муниципалитет учредитель")
_SENTENCE_END: Final = frozenset({":", "."})


def command_at(tokens: tuple[Token, ...], start: int = 0) -> int | None:
    """Return the index of the first infinitive or modal at or after `start`, in the first sentence."""
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.text in _SENTENCE_END:
            return at if token.text == ":" else None
        if token.kind != "word":
            continue
        if token.low in MODALS or (is_infinitive(token.text) and not licensed(tokens, at)):
            return at
    return None


def verb_between(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Tell whether a finite verb stands between: then the dative belongs to that verb."""
    return any(t.kind == "word" and is_finite(t.text) for t in tokens[start:end])


def receives(listing: Listing, command: int) -> bool:
    """Tell whether the dative only receives: «детям предоставить питание», not «школам представить отчёт»."""
    tokens, head = listing.tokens, listing.phrases[0].head
    verb = tokens[command]
    if verb.kind != "word" or head.kind in (NounKind.AUTHORITY, NounKind.ABBREVIATION):
        return False
    crowd = head.kind is NounKind.CROWD or head.lemma in CROWDS or head.lemma == "лицо"
    if crowd and _GIVING_TO_CROWD.match(verb.low):
        return True
    if not _GIVING.match(verb.low) or head.lemma in _LEADERS | _RULERS:
        return False
    rest = tokens[command + 1 : command + 12]
    if any(_REPORTS.match(token.low) for token in rest):
        return False
    governed = {"по", "к", "ко", "согласно"}
    return crowd or not any(
        token.has("datv", NOUNS) and not token.has("gent", NOUNS) and rest[i - 1].low not in governed
        for i, token in enumerate(rest)
    )
