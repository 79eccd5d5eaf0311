"""A difference of editions for a terminal and for programs: sentences, and a record that becomes JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from avgust.domain.assessment.codifiers.difference import Difference, Pair
from avgust.domain.assessment.codifiers.model import Codifier, Entry
from avgust.domain.messages import Message, mark


def lines_of(before: Codifier, after: Codifier, said: Difference) -> Iterator[Message]:
    """Yield the difference line by line: which editions, how many changes, then each of them."""
    names = {"before": before.reference, "after": after.reference, "count": said.count}
    if not said:
        yield Message(
            mark("%(after)s against %(before)s: codes, titles, sections and grades are the same."), names
        )
        return
    yield Message(mark("%(after)s against %(before)s, changes: %(count)d."), names)
    for one in said.added:
        yield Message(mark("Added: %(code)s %(title)s"), _words(one))
    for one in said.gone:
        yield Message(mark("Gone: %(code)s %(title)s"), _words(one))
    for pair in said.recoded:
        words = {"was": pair.before.code, "is": pair.after.code, "title": pair.after.title}
        yield Message(mark("Under another code: %(was)s → %(is)s %(title)s"), words)
    for pair in said.renamed:
        words = {"code": pair.after.code, "was": pair.before.title, "is": pair.after.title}
        yield Message(mark("Renamed: %(code)s %(was)s → %(is)s"), words)
    for pair in said.moved:
        yield Message(
            mark("In another section: %(code)s %(title)s, %(was)s → %(is)s"),
            _words(pair.after) | {"was": pair.before.parent or "—", "is": pair.after.parent or "—"},
        )
    for pair in said.regraded:
        yield Message(
            mark("For other grades: %(code)s %(title)s, %(was)s → %(is)s"),
            _words(pair.after) | {"was": _grades(pair.before), "is": _grades(pair.after)},
        )


def remarks_on(before: Codifier, after: Codifier) -> list[Message]:
    """Return what makes the comparison doubtful: other codifiers, or editions the wrong way round."""
    found: list[Message] = []
    if (before.name, before.subject, before.kind) != (after.name, after.subject, after.kind):
        found.append(
            Message(mark("These are editions of different codifiers: codes may mean something else."))
        )
    elif before.since > after.since:
        words = {"first": before.reference, "second": after.reference}
        found.append(Message(mark("%(first)s is later than %(second)s: give the earlier one first."), words))
    return found


def record_of(before: Codifier, after: Codifier, said: Difference) -> dict[str, Any]:
    """Return the difference as JSON has it; an entry that changed stands as it was and as it is."""
    return {
        "before": _edition(before),
        "after": _edition(after),
        "count": said.count,
        "added": [_entry(one) for one in said.added],
        "gone": [_entry(one) for one in said.gone],
        **{
            name: [_pair(pair) for pair in pairs]
            for name, pairs in (
                ("recoded", said.recoded),
                ("renamed", said.renamed),
                ("moved", said.moved),
                ("regraded", said.regraded),
            )
        },
    }


def _words(one: Entry) -> dict[str, Any]:
    return {"code": one.code, "title": one.title}


def _grades(one: Entry) -> str:
    return ", ".join(map(str, one.grades)) or "—"


def _edition(one: Codifier) -> dict[str, Any]:
    return {
        "name": one.name,
        "edition": one.edition,
        "title": one.title,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
        "entries": len(one.entries),
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {"code": one.code, "title": one.title, "parent": one.parent, "grades": list(one.grades)}


def _pair(pair: Pair) -> dict[str, Any]:
    return {"before": _entry(pair.before), "after": _entry(pair.after)}
