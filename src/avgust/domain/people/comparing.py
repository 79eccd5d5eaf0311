"""What a list of people would change: a new account, one more post, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.people.roster import Line, plain

_LISTED: Final = 3  # organisations that a question names


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # an account with its first post
    POST = "post"  # a known account gets a post
    SAME = "same"  # nothing to do
    HELD = "held"  # something is in the way; `why` says what


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is known: its name, whether it may sign in, its (role, unit) that have not ended."""

    full_name: str
    open: bool
    posts: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation where people may be invited, and the roles that may be given there."""

    unit: int
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with what becomes of it."""

    line: Line
    state: State
    place: Place | None = None
    why: Message | None = None


def compare(
    lines: Iterable[Line], accounts: Mapping[str, Account], places: Mapping[str, tuple[Place, ...]]
) -> list[Planned]:
    """Return what becomes of each row. `places` are found by `plain` names and by tax numbers."""
    planned: list[Planned] = []
    names: dict[str, str] = {}
    given: set[tuple[str, str, int]] = set()
    for line in lines:
        row = _planned(line, accounts.get(line.email), places.get(plain(line.place), ()), names)
        if row.place is not None and row.state in (State.NEW, State.POST):
            key = (line.email, line.role, row.place.unit)
            row = Planned(line, State.SAME, row.place) if key in given else row
            given.add(key)
            names.setdefault(line.email, line.full_name)
        planned.append(row)
    return planned


def _planned(
    line: Line, account: Account | None, found: tuple[Place, ...], names: Mapping[str, str]
) -> Planned:
    why = _in_the_way(line, account, found, names)
    if why is not None:
        return Planned(line, State.HELD, why=why)
    place = found[0]
    if account is None:
        return Planned(line, State.POST if line.email in names else State.NEW, place)
    known = (line.role, place.unit) in account.posts
    return Planned(line, State.SAME if known else State.POST, place)


def _in_the_way(
    line: Line, account: Account | None, found: tuple[Place, ...], names: Mapping[str, str]
) -> Message | None:
    if not found:
        return Message(mark("No organisation under your post is called “%(name)s”."), {"name": line.place})
    if len(found) > 1:
        listed = "; ".join(place.name for place in found[:_LISTED])
        return Message(
            mark("Several organisations are called so: %(names)s. Write the tax number."), {"names": listed}
        )
    if line.role not in found[0].roles:
        return Message(mark("At this organisation your post does not let you give this role."))
    if account is not None and not account.open:
        return Message(mark("This account is closed. Its administrator opens it again."))
    if account is None and not line.full_name:
        return Message(mark("The name is missing: the e-mail is new."))
    if account is None and names.get(line.email, line.full_name) != line.full_name:
        return Message(
            mark("Another row gives this e-mail to %(name)s: two people cannot share an account."),
            {"name": names[line.email]},
        )
    return None
