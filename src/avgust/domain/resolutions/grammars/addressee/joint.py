"""Those who act beside the executor: «совместно с …» answers too, «с привлечением …» only helps."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.addressee.listing import read_listing
from avgust.domain.resolutions.grammars.addressee.nouns import NounKind
from avgust.domain.resolutions.grammars.addressee.tokens import Token, tokens_of
from avgust.domain.resolutions.model import Addressee, Relation
from avgust.domain.resolutions.morphology import forms

_JOINT: Final = re.compile(
    r"""\b(?:
    (?P<joint>(?:совместно|вместе)\s(?:с|со))
    |(?P<ablt>по\sсогласованию\s(?:с|со)
        |(?:во\sвзаимодействии|в\sсотрудничестве|в\sпартн[её]рстве|в\sкооперации)\s(?:с|со)|по\sсогласованию\s(?:с|со))
    |(?P<gent>с\s(?:привлечением|участием)|при\s(?:активном\s|непосредственном\s)?(?:участии|поддержке|содействии))
    )\s(?=\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD_BEFORE: Final = re.compile(r"([А-Яа-яЁё-]+)[\s,]*$")
_REACH: Final = 400


def partners_in(fragment: Fragment) -> list[Addressee]:
    """Return co-executors and partners named anywhere in `fragment`."""
    found: list[Addressee] = []
    for match in _JOINT.finditer(fragment.text):
        joint = match.lastgroup == "joint"
        if joint and _describes_object(fragment.text, match.start()):
            continue
        case = "gent" if match.lastgroup == "gent" else "ablt"
        tokens = tokens_of(fragment.text, match.end(), _REACH)
        listing = read_listing(fragment.text, tokens, 0, case, guess=bool(tokens) and _named(tokens[0]))
        if listing is None or (joint and listing.phrases[0].head.kind is NounKind.CROWD):
            continue
        relation = Relation.CO_EXECUTOR if joint else Relation.PARTNER
        found += listing.addressees(fragment, relation, "addressee.joint" if joint else "addressee.partner")
    return found


def _named(token: Token) -> bool:
    return token.abbreviation


def _describes_object(text: str, start: int) -> bool:
    """Tell «план, разработанный совместно с …»: the partner belongs to a thing, not to the measure."""
    before = _WORD_BEFORE.search(text[max(0, start - 60) : start])
    return before is not None and any(f.pos in ("PRTF", "PRTS") for f in forms(before.group(1))[:1])
