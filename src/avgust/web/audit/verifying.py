"""Reading the whole journal against its chain, in batches: memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from avgust.domain.journal import (
    GENESIS,
    Anchor,
    Fault,
    FaultKind,
    Link,
    Stored,
    check_anchor,
    check_links,
)
from avgust.web.audit import models
from avgust.web.audit.erasure import erased_entries

_BATCH: Final = 2_000


@dataclass
class Report:
    """What reading the journal found."""

    entries: int = 0
    erased: int = 0
    head: Anchor = field(default_factory=lambda: Anchor(0, GENESIS))
    faults: list[Fault] = field(default_factory=list)


def head() -> Anchor:
    """Return the last link, to be kept outside the database."""
    last = models.Link.objects.order_by("-number").first()
    return Anchor(last.number, last.hash) if last else Anchor(0, GENESIS)


def verify(anchor: Anchor | None = None) -> Report:
    """Check every entry and link; with an `anchor` kept from an earlier day also the past up to it."""
    report = Report(head=head())
    report.faults += check_links(_links(report), erased_entries())
    loose = models.Entry.objects.filter(link=None).order_by("id").values_list("id", flat=True)
    report.faults += [Fault(FaultKind.INSERTED, entry=pk) for pk in loose.iterator(chunk_size=_BATCH)]
    if anchor is not None:
        found = models.Link.objects.filter(number=anchor.number).values_list("hash", flat=True).first()
        fault = check_anchor(anchor, found)
        report.faults += [fault] if fault else []
    return report


def _links(report: Report) -> Iterator[Link]:
    after = 0
    while batch := list(models.Link.objects.filter(number__gt=after).order_by("number")[:_BATCH]):
        entries = models.Entry.objects.in_bulk([link.entry_id for link in batch])
        for link in batch:
            entry = entries.get(link.entry_id)
            report.entries += entry is not None
            report.erased += entry is not None and entry.erased
            yield Link(link.number, link.entry_id, link.hash, _stored(entry) if entry else None)
        after = batch[-1].number


def _stored(entry: models.Entry) -> Stored:
    kept = entry.private_digest and getattr(entry, "private", None)
    return Stored(
        digest=entry.digest,
        computed=entry.content_digest(),
        private=entry.private_digest,
        private_computed=kept.digest() if kept else None,
    )
