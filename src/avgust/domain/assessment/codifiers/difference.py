"""What a later edition of a codifier changes; the order of entries plays no part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from avgust.domain.assessment.codifiers.model import Codifier, Entry, in_order
from avgust.domain.assessment.works.cells import plain


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry as it was and as it is."""

    before: Entry
    after: Entry


@dataclass(frozen=True)
class Difference:
    """Entries by what became of them, each list in the order of codes.

    An entry is the same where its code is. One whose code is gone while its title stands under a new code
    (and is single among both) is `recoded`, neither gone nor added. One may be renamed and moved at once.
    """

    added: tuple[Entry, ...] = ()
    gone: tuple[Entry, ...] = ()
    recoded: tuple[Pair, ...] = ()
    renamed: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    regraded: tuple[Pair, ...] = ()

    @cached_property
    def count(self) -> int:
        """How many changes there are."""
        parts = (self.added, self.gone, self.recoded, self.renamed, self.moved, self.regraded)
        return sum(map(len, parts))

    def __bool__(self) -> bool:
        return self.count > 0


def difference(before: Codifier | None, after: Codifier) -> Difference:
    """Return what `after` changes; where nothing was before, everything is added."""
    earlier = before.by_code if before else {}
    gone = [one for code, one in earlier.items() if code not in after.by_code]
    added = [one for code, one in after.by_code.items() if code not in earlier]
    recoded = _recoded(gone, added)
    were, are = {pair.before.code for pair in recoded}, {pair.after.code for pair in recoded}
    kept = [Pair(one, after.by_code[code]) for code, one in earlier.items() if code in after.by_code]
    names = {pair.before.code: pair.after.code for pair in recoded}
    return Difference(
        added=_sorted(one for one in added if one.code not in are),
        gone=_sorted(one for one in gone if one.code not in were),
        recoded=_pairs(recoded),
        renamed=_pairs(pair for pair in kept if pair.before.title != pair.after.title),
        moved=_pairs(
            pair for pair in kept if names.get(pair.before.parent, pair.before.parent) != pair.after.parent
        ),
        regraded=_pairs(pair for pair in kept if set(pair.before.grades) != set(pair.after.grades)),
    )


def _recoded(gone: list[Entry], added: list[Entry]) -> list[Pair]:
    were, are = _single(gone), _single(added)
    return [Pair(were[title], are[title]) for title in were if title in are]


def _single(entries: list[Entry]) -> dict[str, Entry]:
    """Return entries by a title that no other of them has."""
    counts = Counter(plain(one.title) for one in entries)
    return {plain(one.title): one for one in entries if counts[plain(one.title)] == 1 and plain(one.title)}


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: in_order(one.code)))


def _pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: in_order(pair.after.code)))
