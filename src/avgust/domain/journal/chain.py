"""A hash chain over the journal: whoever changes a row of it behind the program's back is told by number.

Three digests, all SHA-256 in hexadecimal:

* of the personal values of an act, with a random salt: erasing value and salt leaves a digest that tells
  nothing and still belongs to the chain;
* of the content of an entry, over its canonical JSON, in which the personal values stand as their digest;
* of a link, over the hash before it, its own number, the number of the entry and the entry's digest.

Whoever can write to the database can also rewrite the whole chain from some row on: only a hash kept
elsewhere (`Anchor`) shows that, and shows a tail that was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

GENESIS: Final = "0" * 64  # the hash before the first link
_EXACT: Final = 2**53  # integers beyond it come back from one of the databases as another number


def _canonical(value: Any) -> Any:
    """Return `value` as both databases give it back: jsonb of PostgreSQL writes 1.0E+16 as an integer."""
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    whole = isinstance(value, int) or value.is_integer()
    return int(value) if whole and abs(value) <= _EXACT else repr(float(value))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(_canonical(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_digest(values: Mapping[str, Any]) -> str:
    """Return the digest of an entry's fields: plain values of JSON only."""
    return _sha256(_json(values))


def private_digest(salt: str, values: Mapping[str, Any]) -> str:
    """Return the digest that stands for personal values; `salt` keeps a short value from being guessed."""
    return _sha256(f"{salt}|{_json(values)}")


def link_hash(before: str, number: int, entry: int, digest: str) -> str:
    """Return the hash of a link; the trigger of PostgreSQL computes the same (`audit/triggers.py`)."""
    return _sha256(f"{before}|{number}|{entry}|{digest}")


class FaultKind(StrEnum):
    """What is wrong with a place of the chain."""

    CHANGED = "changed"  # the entry's content is not what its digest says
    PRIVATE_CHANGED = "private changed"
    PRIVATE_GONE = "private gone"  # personal values were taken away by no act of erasure
    DELETED = "deleted"  # the chain names an entry that is not there
    MISSING_LINK = "missing link"
    BROKEN_LINK = "broken link"
    INSERTED = "inserted"  # an entry that stands in no link
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"  # the kept hash is not the one of its number


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken place: the number of a link, the number of an entry, or both."""

    kind: FaultKind
    link: int | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is kept: its digest, the one computed anew, and what is kept of its personal values."""

    digest: str
    computed: str
    private: str = ""  # digest of the personal values, empty where there are none
    private_computed: str | None = None  # None when they are erased


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is kept, with its entry; None where the entry is gone."""

    number: int
    entry: int
    hash: str
    stored: Stored | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain on some day, kept outside the database: «1042:5f3c…»."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> Anchor:
        """Return the anchor that was printed as `text`; ValueError for any other text."""
        number, _, kept = text.strip().partition(":")
        if not number.isdecimal() or len(kept) != 64 or set(kept) - set("0123456789abcdef"):
            raise ValueError(f"no anchor {text!r}")
        return cls(int(number), kept)


def check_links(links: Iterable[Link], erased: frozenset[int] = frozenset()) -> Iterator[Fault]:
    """Yield what is wrong with `links`, which come in the order of their numbers from the first one on.

    `erased` are the entries whose personal values an act of erasure took. After a broken link the hash that
    is kept goes on, so that each fault is told once.
    """
    before, expected = GENESIS, 1
    for link in links:
        yield from (Fault(FaultKind.MISSING_LINK, link=number) for number in range(expected, link.number))
        if link.stored is None:
            yield Fault(FaultKind.DELETED, link.number, link.entry)
        else:
            yield from _check_entry(link, link.stored, erased)
            whole = link.number == expected
            if whole and link.hash != link_hash(before, link.number, link.entry, link.stored.digest):
                yield Fault(FaultKind.BROKEN_LINK, link.number, link.entry)
        before, expected = link.hash, link.number + 1


def _check_entry(link: Link, stored: Stored, erased: frozenset[int]) -> Iterator[Fault]:
    if stored.digest != stored.computed:
        yield Fault(FaultKind.CHANGED, link.number, link.entry)
    if not stored.private:
        return
    if stored.private_computed is None:
        if link.entry not in erased:
            yield Fault(FaultKind.PRIVATE_GONE, link.number, link.entry)
    elif stored.private_computed != stored.private:
        yield Fault(FaultKind.PRIVATE_CHANGED, link.number, link.entry)


def check_anchor(anchor: Anchor, found: str | None) -> Fault | None:
    """Return what a kept anchor says, given the hash that its number has now; None when all is well."""
    if anchor.number == 0:
        return None
    if found is None:
        return Fault(FaultKind.TRUNCATED, link=anchor.number)
    return None if found == anchor.hash else Fault(FaultKind.REWRITTEN, link=anchor.number)
