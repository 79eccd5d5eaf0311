"""References: acts, projects, programmes, systems, procedures and addresses that a clause names.

One file a kind; each yields what it finds. Where two overlap the longer stands: the title of an act
may name a programme, a programme's title a procedure. The same name is listed once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.grammars.reference.acts import find_acts
from avgust.domain.resolutions.grammars.reference.addresses import find_addresses
from avgust.domain.resolutions.grammars.reference.documents import find_documents
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.grammars.reference.initiatives import find_initiatives
from avgust.domain.resolutions.grammars.reference.procedures import find_procedures
from avgust.domain.resolutions.grammars.reference.programmes import find_programmes
from avgust.domain.resolutions.grammars.reference.systems import find_systems
from avgust.domain.resolutions.model import Reference
from avgust.domain.resolutions.morphology import fold

_GRAMMARS: Final = (
    find_acts,
    find_initiatives,
    find_programmes,
    find_systems,
    find_procedures,
    find_documents,
    find_addresses,
)


def find_references(fragment: Fragment) -> tuple[Reference, ...]:
    """Return what `fragment` refers to, in the order of the text, not overlapping."""
    text = fragment.text
    return tuple(
        Reference(
            kind=one.kind,
            text=text[one.start : one.end],
            span=fragment.span(one.start, one.end),
            rule=f"reference.{one.rule}",
            confidence=one.confidence,
            number=one.number,
            dated=one.dated,
        )
        for one in _standing(text, (one for grammar in _GRAMMARS for one in grammar(text)))
    )


def _standing(text: str, found: Iterable[Found]) -> list[Found]:
    """Return the longest of those that overlap, each name once."""
    chosen: list[Found] = []
    names: set[str] = set()
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        name = fold(text[one.start : one.end]).strip('«»"“” ')
        if name not in names and all(one.end <= other.start or one.start >= other.end for other in chosen):
            chosen.append(one)
            names.add(name)
    return sorted(chosen)
