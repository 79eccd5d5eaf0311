"""From a posted form to a correction: what a person pressed or typed, understood."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from secrets import token_hex
from typing import Final

from django.http import QueryDict

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import Addressee, Finding, Relation, Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import ReviewedClause, finding_key
from avgust.domain.resolutions.review.mends import mended
from avgust.domain.resolutions.review.rereading import cut_places
from avgust.web.documents.actions import Refused
from avgust.web.documents.standing import Standing

LONGEST: Final = 5_000  # characters of one typed field
Maker = Callable[[Standing, ReviewedClause, QueryDict], said.Correction]

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


def split_places(text: str) -> list[tuple[str, int]]:
    """Return the pieces between which `text` may be cut, each with its place: at marks and before «и»."""
    places = [0, *(joint.end() for joint in _JOINT.finditer(text) if 0 < joint.end() < len(text)), len(text)]
    return [(text[a:b], a) for a, b in itertools.pairwise(places)]


def _typed(posted: QueryDict, name: str) -> str:
    text = posted.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(Message(mark("The text is longer than %(limit)d characters."), {"limit": LONGEST}))
    return text


def _confirm(_standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    return said.Confirm(row.id)


def _not_measure(_standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    return said.NotMeasure(row.id)


def _measure(standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    """A clause that was a measure before is itself again; another one is read as a measure now."""
    before = row.clause if row.clause.n else standing.rereader.measure(row.clause)
    return said.MakeMeasure(row.id, before)


def _addressees(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    read, at = standing.rereader.addressees, row.clause.span.start
    executors = read(_typed(posted, "executors"), Relation.EXECUTOR, at)
    helpers = read(_typed(posted, "co_executors"), Relation.CO_EXECUTOR, at)
    partners = read(_typed(posted, "partners"), Relation.PARTNER, at)
    controllers = tuple(a for a in row.clause.partners if a.relation is Relation.CONTROLLER)
    kept = {a.name.casefold(): a for a in (*row.clause.addressees, *row.clause.partners)}

    def same(found: Addressee) -> Addressee:
        """Return the addressee with its place in the source where the name was left as it was."""
        before = kept.get(found.name.casefold())
        return before if before and before.relation is found.relation else found

    answering = tuple(same(a) for a in (*executors, *helpers))
    return said.SetAddressees(row.id, answering, (*(same(a) for a in partners), *controllers))


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


def _split(standing: Standing, row: ReviewedClause, posted: QueryDict) -> said.Correction:
    cuts = [int(cut) for cut in posted.getlist("cut") if cut.isdecimal() and len(cut) < 9]
    places = cut_places(row.clause, cuts, standing.resolution.document.text)
    pieces = standing.rereader.pieces(row.clause, places)
    if len(pieces) < 2:
        raise Refused(Message(mark("Mark where the clause is to be cut.")))
    return said.Split(row.id, pieces)


def _merge(standing: Standing, row: ReviewedClause, _posted: QueryDict) -> said.Correction:
    following = standing.review.following(row.id)
    if following is None:
        raise Refused(Message(mark("There is no measure below this one.")))
    return said.Merge(row.id, following.id)


def _add(standing: Standing, posted: QueryDict) -> said.Correction:
    typed = " ".join(_typed(posted, "text").split())
    if not typed:
        raise Refused(Message(mark("Write what has to be done.")))
    above = standing.review.find(posted.get("after", ""))
    headings = above.clause.headings if above else ()
    at = above.clause.full_span.end if above else 0
    read = standing.rereader.added(typed, _typed(posted, "label")[:40].rstrip(".") or None, headings, at)
    return said.AddClause(f"a{token_hex(4)}", read, above.id if above else None)


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
    "dismiss": _dismiss,
}
