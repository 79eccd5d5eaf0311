"""Words that a person types about a measure, read by the grammars that read documents."""

from __future__ import annotations

from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.wording import target_text
from avgust.domain.resolutions.model import (
    Addressee,
    Deadline,
    Fact,
    Header,
    Relation,
    Resolution,
    SourceDocument,
    Span,
    Target,
)
from avgust.domain.resolutions.review.fold import PERSON
from avgust.domain.resolutions.review.rereading import Rereader
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Programme

OFFICIAL: Final = "ru"  # words kept in the database are those of the office; pages say them in the reader's
LONGEST: Final = 5_000
NO_NUMBER: Final = Message(
    mark("The target has no number. Write it as in the document, for example: at least 70 percent.")
)


def reader_of(programme: Programme) -> Rereader:
    """Return what understands typed words: years left out are told from the day and the school year."""
    header = Header(
        adopted=_fact(programme.adopted_on.isoformat()) if programme.adopted_on else None,
        school_year=_fact(programme.school_year) if programme.school_year else None,
    )
    return Rereader(Resolution(SourceDocument("", (), ""), header, (), (), (), ()))


def _fact(value: str) -> Fact:
    return Fact(value, "", Span(0, 0), PERSON, 1.0)


def deadline_of(programme: Programme, words: str) -> Deadline:
    """Return the deadline that `words` state; words that no rule knows are kept as its text."""
    return reader_of(programme).deadline(words)


def targets_of(programme: Programme, words: str) -> tuple[Target, ...]:
    """Return the quantities that `words` demand, a line for each. Raises Refused for words without one."""
    found = reader_of(programme).targets(words, 0)
    if words.strip() and not found:
        raise Refused(NO_NUMBER)
    return found


def addressees_of(programme: Programme, words: str, relation: Relation) -> tuple[Addressee, ...]:
    """Return who is named in `words`, a line or a semicolon for each."""
    return reader_of(programme).addressees(words, relation, 0)


def words_of_targets(targets: tuple[Target, ...]) -> str:
    """Return the quantities as the office writes them, so that they read back the same."""
    return "\n".join(target.text or target_text(target, OFFICIAL) for target in targets)
