"""The chain of the journal: what each link covers, and what a broken one says."""

from avgust.domain.journal.chain import (
    GENESIS,
    Anchor,
    Fault,
    FaultKind,
    Link,
    Stored,
    check_anchor,
    check_links,
    content_digest,
    link_hash,
    private_digest,
)

__all__ = [
    "GENESIS",
    "Anchor",
    "Fault",
    "FaultKind",
    "Link",
    "Stored",
    "check_anchor",
    "check_links",
    "content_digest",
    "link_hash",
    "private_digest",
]
