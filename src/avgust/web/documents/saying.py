"""From a posted form to a correction: what a person pressed or typed, understood."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from secrets import token_hex
from typing import Final, NamedTuple
from zlib import crc32

from django.http import QueryDict

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.fragment import Fragment, single_spaced
from avgust.domain.resolutions.model import Addressee, Finding, Heading, PartKind, Relation, Span, Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import Review, ReviewedClause, finding_key
from avgust.domain.resolutions.review.mends import mended
from avgust.domain.resolutions.review.rereading import cut_places
from avgust.web.documents.actions import Refused
from avgust.web.documents.standing import Standing

LONGEST: Final = 5_000  # characters of one typed field
Maker = Callable[[Standing, ReviewedClause, QueryDict], said.Correction]

RETYPED: Final = (
    PartKind.HEADING,
    PartKind.NOTING,
    PartKind.CONTROL,
    PartKind.IN_FORCE,
    PartKind.REPEAL,
    PartKind.APPROVAL,
    PartKind.EDITORIAL,
    PartKind.PERSONS,
    PartKind.ANNEX_NORM,
)  # what a person may say that a clause is, if no measure
_WORD: Final = re.compile(r"\S+")
_JOINT: Final = re.compile(r"(?<=[;.])\s+|,\s+|\s+(?=(?:и|а также)\s)")


def correction_of(standing: Standing, posted: QueryDict) -> said.Correction:
    """Return the correction that `posted` asks for. Raises Refused with the reason in words."""
    act, _, number = posted.get("act", "").partition(":")  # a button has one value: "mend:1"
    clause = posted.get("clause", "")
    if act == "add":
        return _add(standing, posted)
    if act == "dismiss" and not clause:
        return said.Dismiss("", posted.get("finding", ""))
    row = standing.review.find(clause)
    if row is None:
        raise Refused(Message(mark("This clause is no longer there: it was split, merged or taken back.")))
    if act == "mend":
        return _mend(standing, row, posted, int(number) if number.isdecimal() and len(number) < 4 else -1)
    if act not in _MAKERS:
        raise Refused(Message(mark("This cannot be done to a clause.")))
    return _MAKERS[act](standing, row, posted)


class Word(NamedTuple):
    """A word before which a clause may be cut; `joint` where a sentence or a list goes on."""

    text: str
    at: int
    joint: bool


def split_words(text: str) -> list[Word]:
    """Return the words of `text`. Joints stand at marks and before «и»: there a cut is likely."""
    joints = {joint.end() for joint in _JOINT.finditer(text)}
    return [Word(word.group(), word.start(), word.start() in joints) for word in _WORD.finditer(text)]


def path_key(headings: Sequence[Heading]) -> str:
    """Return how a form names the headings above a clause."""
    return f"{crc32(chr(10).join(heading.text for heading in headings).encode()):x}"


def _typed(posted: QueryDict, name: str) -> str:
    text = posted.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(Message(mark("The text is longer than %(limit)d characters."), {"limit": LONGEST}))
    return text


def _confirm(_standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    return said.Confirm(row.id)


def _not_measure(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    """A clause taken out of the measures, or of another kind than it was."""
    kind = posted.get("kind", "")
    if kind and kind not in set(RETYPED):
        raise Refused(Message(mark("There is no such kind of clause.")))
    if kind == PartKind.HEADING:
        heading, executors = standing.rereader.heading(row.clause)
        return said.MakeHeading(row.id, heading, _below(standing.review, row), executors)
    return said.NotMeasure(row.id, PartKind(kind) if kind else None)


def _below(review: Review, heading: ReviewedClause) -> tuple[str, ...]:
    """Return the measures that a clause would head: those after it with the same headings as its own."""
    rows = itertools.dropwhile(lambda row: row.id != heading.id, review.clauses)
    after = (row for row in itertools.islice(rows, 1, None) if row.measure)
    same = itertools.takewhile(lambda row: row.clause.headings == heading.clause.headings, after)
    return tuple(row.id for row in same)


def _measure(standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    """A clause that was a measure before is itself again; another one is read as a measure now."""
    before = row.clause if row.clause.n else standing.rereader.measure(row.clause)
    return said.MakeMeasure(row.id, before)


def _addressees(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    read, at = standing.rereader.addressees, row.clause.span.start
    executors = read(_typed(posted, "executors"), Relation.EXECUTOR, at)
    helpers = read(_typed(posted, "co_executors"), Relation.CO_EXECUTOR, at)
    partners = read(_typed(posted, "partners"), Relation.PARTNER, at)
    controllers = read(_typed(posted, "controllers"), Relation.CONTROLLER, at)
    if "controllers" not in posted:
        controllers = tuple(a for a in row.clause.partners if a.relation is Relation.CONTROLLER)
    kept = {a.name.casefold(): a for a in (*row.clause.addressees, *row.clause.partners)}

    def same(found: Addressee) -> Addressee:
        """Return the addressee with its place in the source where the name was left as it was."""
        before = kept.get(found.name.casefold())
        return before if before and before.relation is found.relation else found

    answering = tuple(same(a) for a in (*executors, *helpers))
    return said.SetAddressees(row.id, answering, tuple(same(a) for a in (*partners, *controllers)))


def _deadline(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    return said.SetDeadline(row.id, standing.rereader.deadline(_typed(posted, "deadline")))


def _targets(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    typed = _typed(posted, "targets")
    found = standing.rereader.targets(typed, row.clause.span.start)
    if typed and not found:
        raise Refused(
            Message(
                mark(
                    "The target has no number. Write it as in the document, for example: at least 70 percent."
                )
            )
        )
    return said.SetTargets(row.id, found)


def _references(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    found = standing.rereader.references(_typed(posted, "references"), row.clause.span.start)
    return said.SetReferences(row.id, found)


def _theme(_standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    theme = posted.get("theme", "")
    if theme not in set(Theme):
        raise Refused(Message(mark("There is no such theme.")))
    return said.SetTheme(row.id, Theme(theme))


def _text(_standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    text = " ".join(_typed(posted, "text").split())
    if not text:
        raise Refused(Message(mark("A clause needs a text. To remove it, say that it is not a measure.")))
    return said.SetText(row.id, text, _typed(posted, "label")[:40].rstrip(".") or None)


def _section(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    """A clause moved under other headings: those of another measure, with its executors, or a typed one."""
    typed = " ".join(_typed(posted, "heading").split())
    if typed:
        at = row.clause.full_span.start
        return said.SetSection(row.id, (Heading(typed, None, Span(at, at), 1),))
    key = posted.get("section", "")
    if key == path_key(()):
        return said.SetSection(row.id, ())
    found = [r for r in standing.review.measures if path_key(r.clause.headings) == key]
    if not found:
        raise Refused(Message(mark("There is no such section any more.")))
    heirs = next((r.clause.addressees for r in found if _inherits(r)), None)
    return said.SetSection(row.id, found[0].clause.headings, heirs)


def _inherits(row: ReviewedClause) -> bool:
    return bool(row.clause.addressees) and all(a.inherited for a in row.clause.addressees)


def _split(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    cuts = [int(cut) for cut in posted.getlist("cut") if cut.isdecimal() and len(cut) < 9]
    clause, reader = row.clause, standing.rereader
    if clause.span.start < clause.span.end and "text" not in row.touched:
        places = cut_places(clause, cuts, standing.resolution.document.text)
        pieces = reader.pieces(clause, places)
    else:
        pieces = reader.typed_pieces(clause, cuts)
    if len(pieces) < 2:
        raise Refused(Message(mark("Mark where the clause is to be cut.")))
    return said.Split(row.id, pieces)


def _merge(standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    following = standing.review.following(row.id)
    if following is None:
        raise Refused(Message(mark("There is no measure below this one.")))
    return said.Merge(row.id, following.id)


def _merge_previous(standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    preceding = standing.review.preceding(row.id)
    if preceding is None:
        raise Refused(Message(mark("There is no measure above this one.")))
    return said.Merge(preceding.id, row.id)


def _add(standing: Standing, posted: QueryDict) -> said.Correction:
    typed = " ".join(_typed(posted, "text").split())
    if not typed:
        raise Refused(Message(mark("Write what has to be done.")))
    label = _typed(posted, "label")[:40].rstrip(".") or None
    name, span = f"a{token_hex(4)}", _selected(standing, posted, typed)
    if span is not None:
        above = _above(standing.review, span)
        return said.AddClause(
            name, standing.rereader.marked(span, label, _headings(above)), above.id if above else None
        )
    above = standing.review.find(posted.get("after", ""))
    at = above.clause.full_span.end if above else 0
    read = standing.rereader.added(typed, label, _headings(above), at)
    return said.AddClause(name, read, above.id if above else None)


def _selected(standing: Standing, posted: QueryDict, typed: str) -> Span | None:
    """Return the stretch of the source that was marked, where its words were left as they are."""
    ends = [posted.get(name, "") for name in ("from", "to")]
    if not all(end.isdecimal() and len(end) < 9 for end in ends):
        return None
    span = Span(int(ends[0]), int(ends[1]))
    source = standing.resolution.document.text
    if not span.start < span.end <= len(source) or single_spaced(span.of(source)) != typed:
        return None
    return Fragment.of(source, span).origin


def _above(review: Review, span: Span) -> ReviewedClause | None:
    """Return the clause below which a stretch of the source stands."""
    return next((row for row in reversed(review.clauses) if row.clause.full_span.start <= span.start), None)


def _headings(above: ReviewedClause | None) -> tuple[Heading, ...]:
    return above.clause.headings if above else ()


def _open_finding(row: ReviewedClause, posted: QueryDict) -> Finding:
    key = posted.get("finding", "")
    found = next((finding for finding in row.findings if finding_key(finding) == key), None)
    if found is None:
        raise Refused(Message(mark("This finding is no longer open.")))
    return found


def _dismiss(_standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    return said.Dismiss(row.id, finding_key(_open_finding(row, posted)))


def _mend(standing: Standing, row: ReviewedClause, posted: QueryDict, at: int) -> said.Correction:
    correction = mended(standing.rereader, row, _open_finding(row, posted), at)
    if correction is None:
        raise Refused(Message(mark("This mend cannot be applied by itself: change the field by hand.")))
    return correction


_MAKERS: Final[dict[str, Maker]] = {
    "confirm": _confirm,
    "not_measure": _not_measure,
    "measure": _measure,
    "addressees": _addressees,
    "deadline": _deadline,
    "targets": _targets,
    "references": _references,
    "theme": _theme,
    "text": _text,
    "split": _split,
    "merge": _merge,
    "merge_previous": _merge_previous,
    "section": _section,
    "dismiss": _dismiss,
}
