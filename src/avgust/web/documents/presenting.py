"""A clause under review in words: what the templates print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.safestring import SafeString

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.export.wording import deadline_text, target_text, theme_label
from avgust.domain.resolutions.model import (
    DeadlineKind,
    Finding,
    Heading,
    PartKind,
    Relation,
    Resolution,
    Severity,
    Theme,
)
from avgust.domain.resolutions.review.clause import Review, ReviewedClause, finding_key
from avgust.domain.resolutions.review.mends import applicable
from avgust.web.documents.addressees import AddresseeWords, Names
from avgust.web.documents.highlight import marked, marks_of, place_name
from avgust.web.documents.saying import RETYPED, Word, path_key, split_words

_MARKS = {Severity.SEVERE: "severe", Severity.WARNING: "warn", Severity.HINT: "hint"}
_DOUBTS = {
    "text": mark("check the borders of the clause"),
    "addressees": mark("check the executor"),
    "deadline": mark("check the deadline"),
    "targets": mark("check the target"),
    "references": mark("check the references"),
}
_KINDS = {
    PartKind.NOTING: mark("taking note"),
    PartKind.CONTROL: mark("control of execution"),
    PartKind.IN_FORCE: mark("entry into force"),
    PartKind.REPEAL: mark("repeal"),
    PartKind.APPROVAL: mark("approval of an annex"),
    PartKind.EDITORIAL: mark("publication and notes"),
    PartKind.PERSONS: mark("list of persons"),
    PartKind.ANNEX_NORM: mark("text of an annex"),
    PartKind.HEADING: mark("heading of a section"),
    PartKind.UNTAKEN: mark("no rule took it"),
}


class Placed(NamedTuple):
    """Words of a field, and their place in the text as marks name it; "" for what was typed."""

    text: str
    at: str


@dataclass(frozen=True)
class FindingWords:
    """A finding as the page prints it."""

    finding: Finding
    language: str

    @property
    def key(self) -> str:
        """What the form sends."""
        return finding_key(self.finding)

    @property
    def mark(self) -> str:
        """The sign: severe, warn or hint."""
        return _MARKS[self.finding.severity]

    @property
    def message(self) -> str:
        """What is wrong here."""
        return self.finding.message.render(self.language)

    @property
    def explanation(self) -> str:
        """Why it matters."""
        return self.finding.explanation.render(self.language)

    @property
    def mends(self) -> list[tuple[int, str, bool]]:
        """What would cure it: number, words, and whether a press can do it."""
        mends = enumerate(self.finding.mends)
        return [(at, mend.label.render(self.language), applicable(mend)) for at, mend in mends]


@dataclass(frozen=True)
class ClauseWords:
    """A clause as the page prints it; what only an open clause needs is worked out when asked for."""

    row: ReviewedClause
    resolution: Resolution
    names: Names
    language: str
    following: ReviewedClause | None = None
    preceding: ReviewedClause | None = None

    @property
    def id(self) -> str:
        """The id of the clause."""
        return self.row.id

    @property
    def label(self) -> str:
        """The printed number; a bullet has none."""
        return self.row.clause.label or ""

    @property
    def kind(self) -> str:
        """What the rules took a clause for that is no measure; "" for one that a person took out."""
        return Message(_KINDS[self.row.kind]).render(self.language) if self.row.kind in _KINDS else ""

    @property
    def deadline(self) -> str:
        """The deadline in words."""
        clause = self.row.clause.deadline
        return deadline_text(clause, self.language) or clause.text or ""

    @property
    def dated(self) -> bool:
        """True for a deadline that a rule knows."""
        return self.row.clause.deadline.kind is not DeadlineKind.NONE

    @property
    def understood(self) -> bool:
        """False for a deadline whose words no rule knows."""
        return self.dated or not self.row.clause.deadline.text

    @property
    def printed(self) -> str:
        """The printed words of the deadline, where they say other than its date."""
        deadline = self.row.clause.deadline
        told = deadline.kind is DeadlineKind.DATE and not deadline.inferred and deadline.then is None
        words = deadline.text or ""
        return "" if told or words.casefold() == self.deadline.casefold() else words

    @property
    def inferred(self) -> bool:
        """True when a part of the date was not printed."""
        return bool(self.row.clause.deadline.inferred)

    @property
    def deadline_at(self) -> str:
        """The place of the deadline in the text."""
        return place_name(self.row.clause.deadline.span)

    @property
    def targets(self) -> list[Placed]:
        """The quantities in words."""
        targets = self.row.clause.targets
        return [Placed(target_text(target, self.language), place_name(target.span)) for target in targets]

    @property
    def references(self) -> list[Placed]:
        """What the clause names."""
        return [Placed(found.text, place_name(found.span)) for found in self.row.clause.references]

    @property
    def section(self) -> str:
        """The headings above, innermost last, in one line."""
        return " / ".join(self.row.clause.section)

    @property
    def section_key(self) -> str:
        """The section as the form sends it."""
        return path_key(self.row.clause.headings)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What else the clause may be."""
        return [(kind.value, Message(_KINDS[kind]).render(self.language)) for kind in RETYPED]

    @property
    def theme(self) -> str:
        """The theme in words."""
        guess = self.row.clause.theme
        return theme_label(guess.theme, self.language) if guess else ""

    @property
    def theme_value(self) -> str:
        """The theme as the form sends it."""
        return self.row.clause.theme.theme.value if self.row.clause.theme else ""

    @cached_property
    def findings(self) -> list[FindingWords]:
        """Open findings."""
        return [FindingWords(finding, self.language) for finding in self.row.findings]

    @property
    def settled(self) -> int:
        """How many findings were decided on."""
        return len(self.row.settled)

    @property
    def doubt(self) -> dict[str, str]:
        """What to check because the reading is unsure, by field."""
        return {name: Message(_DOUBTS[name]).render(self.language) for name in self.row.doubts}

    def _who(self, relation: Relation) -> list[AddresseeWords]:
        clause = self.row.clause
        everyone = (*clause.addressees, *clause.partners)
        return [AddresseeWords(a, self.names) for a in everyone if a.relation is relation]

    @property
    def executors(self) -> list[AddresseeWords]:
        """Who answers."""
        return self._who(Relation.EXECUTOR)

    @property
    def co_executors(self) -> list[AddresseeWords]:
        """Who answers with them."""
        return self._who(Relation.CO_EXECUTOR)

    @property
    def partners(self) -> list[AddresseeWords]:
        """Who helps."""
        return self._who(Relation.PARTNER)

    @property
    def controllers(self) -> list[AddresseeWords]:
        """Who controls."""
        return self._who(Relation.CONTROLLER)

    @property
    def own_executors(self) -> list[AddresseeWords]:
        """Executors that the clause itself names, not its section."""
        return [who for who in (*self.executors, *self.co_executors) if not who.addressee.inherited]

    @property
    def quote(self) -> SafeString:
        """The clause in the source with its fields marked."""
        return marked(self.resolution.document.text, self.row.clause.span, marks_of(self.row))

    @property
    def printed_whole(self) -> bool:
        """True for a clause whose words are those of one stretch of the source."""
        clause = self.row.clause
        return clause.span.start < clause.span.end and "text" not in self.row.touched

    @property
    def words(self) -> list[Word]:
        """The words before which the clause may be split."""
        return split_words(self.row.clause.text)


@dataclass(frozen=True)
class Section:
    """Neighbouring measures under the same headings. `opened` are the headings that begin here."""

    opened: Sequence[Heading]
    rows: list[ReviewedClause]
    names: Names

    @property
    def first(self) -> str:
        """The id of its first clause."""
        return self.rows[0].id

    @cached_property
    def reach(self) -> int:
        """On how many organisations the executors named by the heading fall."""
        executors = self.rows[0].clause.addressees
        named = (a for a in executors if a.inherited and a.relation is Relation.EXECUTOR)
        return sum(AddresseeWords(addressee, self.names).count for addressee in named)


def sections(review: Review, names: Names) -> Iterator[Section]:
    """Yield the measures section by section, in the order of the text."""
    above: tuple[Heading, ...] = ()
    here: Section | None = None
    for row in review.measures:
        headings = row.clause.headings
        if here is None or headings != above:
            if here is not None:
                yield here
            opened = [h for n, h in enumerate(headings) if above[: n + 1] != headings[: n + 1]]
            here = Section(opened, [], names)
            above = headings
        here.rows.append(row)
    if here is not None:
        yield here


def themes(language: str) -> list[tuple[str, str]]:
    """Return the themes to choose from."""
    return [(theme.value, theme_label(theme, language)) for theme in Theme]
