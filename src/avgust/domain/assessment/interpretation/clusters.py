"""Which schools a school is compared with: of the same sort, settlement and size.

The narrowest group is taken first; where it has too few others, a wider one, and the reader is told which.
Size is counted by participants of the work, as a register of pupils is not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from avgust.domain.assessment.interpretation.rules import Comparability
from avgust.domain.messages import Message, mark


class Sort(StrEnum):
    """What sort of school; official names say it."""

    SECONDARY = "secondary"
    BASIC = "basic"
    PRIMARY = "primary"
    ADVANCED = "advanced"  # gymnasiums, lyceums, advanced study of subjects
    SPECIAL = "special"  # for pupils with special needs, boarding schools
    EVENING = "evening"
    COLLEGE = "college"


SORT_NAMES: Final = {
    Sort.SECONDARY: Message(mark("secondary schools")),
    Sort.BASIC: Message(mark("basic schools")),
    Sort.PRIMARY: Message(mark("primary schools")),
    Sort.ADVANCED: Message(mark("gymnasiums, lyceums and schools with advanced study")),
    Sort.SPECIAL: Message(mark("boarding and special schools")),
    Sort.EVENING: Message(mark("evening schools")),
    Sort.COLLEGE: Message(mark("colleges")),
}
SETTLEMENTS: Final = {"urban": Message(mark("in towns")), "rural": Message(mark("in villages"))}
_BY_NAME: Final = (  # the first that is found decides
    (Sort.EVENING, r"вечерн|сменн"),
    (Sort.SPECIAL, r"коррекцион|адаптирован|интернат|ограниченн\w+ возможност"),
    (Sort.ADVANCED, r"гимнази|лице[йя]|углубленн|кадетск"),
    (Sort.SECONDARY, r"\bсредн|\bсош\b"),
    (Sort.BASIC, r"\bосновн|\bоош\b"),
    (Sort.PRIMARY, r"\bначальн|\bнош\b"),
)


def sort_of(name: str, *, college: bool = False) -> Sort:
    """Return the sort of a school by its official name; one that says nothing is a secondary school."""
    if college:
        return Sort.COLLEGE
    words = name.casefold().replace("ё", "е")
    return next((sort for sort, pattern in _BY_NAME if re.search(pattern, words)), Sort.SECONDARY)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a school is compared by; `settlement` is urban, rural or "" where it is not known."""

    sort: Sort
    settlement: str
    pupils: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of comparable schools: schools with the same `key` belong to it."""

    key: str
    told: Message


def clusters_of(profile: Profile, rule: Comparability) -> tuple[Cluster, ...]:
    """Return the groups that a school belongs to, the narrowest first."""
    sort, size = SORT_NAMES[profile.sort], _size(*rule.band(profile.pupils))
    band = rule.band(profile.pupils)[0]
    settlement = SETTLEMENTS.get(profile.settlement)
    if settlement is None:
        told = Message(mark("%(sort)s, %(size)s"), {"sort": sort, "size": size})
        return (Cluster(f"{profile.sort}/?/{band}", told),)
    words = {"sort": sort, "settlement": settlement, "size": size}
    return (
        Cluster(
            f"{profile.sort}/{profile.settlement}/{band}",
            Message(mark("%(sort)s %(settlement)s, %(size)s"), words),
        ),
        Cluster(
            f"*/{profile.settlement}/{band}",
            Message(mark("schools %(settlement)s of any sort, %(size)s"), words),
        ),
        Cluster(
            f"{profile.sort}/{profile.settlement}/*",
            Message(mark("%(sort)s %(settlement)s of any size"), words),
        ),
    )


def _size(least: int, most: int | None) -> Message:
    if most is None:
        return Message(mark("%(least)d participants and more"), {"least": least})
    return Message(mark("%(least)d to %(most)d participants"), {"least": least, "most": most})


def named_cluster(name: str) -> tuple[Cluster, ...]:
    """Return the one group that a table of one's own names; none for a blank."""
    return (Cluster(name, Message("%(name)s", {"name": name})),) if name else ()


def members(
    names: Sequence[str], clusters: Mapping[str, tuple[Cluster, ...]], name: str, fewest: int
) -> tuple[list[int], Cluster | None]:
    """Return the places of the comparable schools, the school itself left out, and the group they make.

    The narrowest group with `fewest` others; nothing where there is none such.
    """
    for depth, cluster in enumerate(clusters.get(name, ())):
        found = [
            place
            for place, other in enumerate(names)
            if other != name
            and any(one.key == cluster.key for one in clusters.get(other, ())[depth : depth + 1])
        ]
        if len(found) >= fewest:
            return found, cluster
    return [], None
