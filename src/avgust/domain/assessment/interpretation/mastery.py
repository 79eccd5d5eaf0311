"""What a group has mastered: items, content elements and skills with their shares, errors and bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avgust.domain.assessment.interpretation.results import GroupTable, Sums
from avgust.domain.assessment.interpretation.rules import Band, Bands
from avgust.domain.assessment.interpretation.work import Item, Kind, Topic


@dataclass(frozen=True, slots=True)
class Share:
    """Points got of points possible (0..1) with the error of the mean, n pupils, and what it says."""

    value: float
    error: float
    n: int
    band: Band


@dataclass(frozen=True, slots=True)
class ItemMastery:
    """An item of a group."""

    item: Item
    share: Share


@dataclass(frozen=True, slots=True)
class TopicMastery:
    """A content element or skill at a level; `systemic` when most of its items, two at least, are."""

    topic: Topic
    share: Share
    deficits: int
    systemic: bool


def item_mastery(table: GroupTable, group: int, bands: Bands) -> list[ItemMastery]:
    """Return the items of one group."""
    sums = table.items.row(group)
    return [
        ItemMastery(item, _share(sums, place, item.maximum, item, bands))
        for place, item in enumerate(table.work.items)
    ]


def topic_mastery(table: GroupTable, group: int, bands: Bands, kind: Kind) -> list[TopicMastery]:
    """Return the content elements or skills of one group."""
    sums, items = table.topics.row(group), item_mastery(table, group, bands)
    wanted = table.work.topics_of(kind)
    return [
        _topic(topic, _share(sums, place, topic.maximum, topic, bands), items)
        for place, topic in enumerate(table.work.topics)
        if topic in wanted
    ]


def _topic(topic: Topic, share: Share, items: Sequence[ItemMastery]) -> TopicMastery:
    bad = sum(items[place].share.band is Band.DEFICIT for place in topic.items)
    return TopicMastery(topic, share, bad, bad >= 2 and 2 * bad > len(topic.items))


def _share(sums: Sums, place: int, maximum: int, of: Item | Topic, bands: Bands) -> Share:
    n = float(sums.n[0, place])
    share = float(sums.mean[0, place]) / maximum
    error = float(np.sqrt(sums.variance[0, place] / n)) / maximum if n > 1 else float("nan")
    return Share(share, error, int(n), bands.of(of.level, share, n))


def by_band(topics: Sequence[TopicMastery], band: Band) -> list[TopicMastery]:
    """Return the topics of a band, the least mastered first."""
    found = [one for one in topics if one.share.band is band]
    return sorted(found, key=lambda one: (one.share.value, one.topic.name))
