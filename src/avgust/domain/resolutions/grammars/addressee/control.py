"""«Контроль за исполнением … возложить на …»: who controls the whole document, in the nominative."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.listing import read_listing
from avgust.domain.resolutions.grammars.addressee.people import person_at, person_of
from avgust.domain.resolutions.grammars.addressee.tokens import tokens_of
from avgust.domain.resolutions.model import Addressee, Relation, Span

_RULE: Final = "addressee.control"
_CHARGED: Final = re.compile(
    r"(?P<accs>возло\w+|возлаг\w+)\s+(?:контроль\s[^.;]*?\s)?на\s+"
    r"|(?P<ablt>остав\w+|сохран\w+|закреп\w+)\s+(?:контроль\s[^.;]*?\s)?за\s+"
    r"|(?P<nomn>осуществля\w+|обеспечива\w+)\s+",
    re.IGNORECASE,
)
_GIVEN_TO: Final = re.compile(r"контрол\w+[^.;]*?\sпоручить\s+", re.IGNORECASE)
_ONESELF: Final = re.compile(r"соб(?:ой|ою)\b", re.IGNORECASE)


def controllers_of(text: str) -> tuple[Addressee, ...]:
    """Return whom a clause on control charges with it; none where the signer keeps it («за собой»).

    Words that no rule reads name nobody: a controller is a person's or a body's duty and is not guessed.
    """
    given = _GIVEN_TO.search(text)
    if given:
        return _named(text, given.end(), "datv")
    charged = _CHARGED.search(text)
    if charged is None or charged.lastgroup is None or _ONESELF.match(text, charged.end()):
        return ()
    return _named(text, charged.end(), charged.lastgroup)


def _named(text: str, start: int, case: str) -> tuple[Addressee, ...]:
    fragment = Fragment.of(text, Span(0, len(text)))
    tokens = tokens_of(fragment.text, start, 3_000)
    if not tokens:
        return ()
    listing = read_listing(fragment.text, tokens, 0, case)
    if listing is not None:
        return tuple(listing.addressees(fragment, Relation.CONTROLLER, _RULE))
    length = person_at(tokens, 0)
    return (person_of(fragment, tokens, 0, length, Relation.CONTROLLER, case),) if length else ()
