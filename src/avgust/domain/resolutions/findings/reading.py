"""What several kinds of findings need to know about one document, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from avgust.domain.resolutions.model import EarlierClause, Resolution


@dataclass
class Reading:
    """A resolution under the eyes of the finders, with the earlier clauses of its territory."""

    resolution: Resolution
    earlier: Sequence[EarlierClause] = field(default=())

    @property
    def text(self) -> str:
        """The canonical text of the document."""
        return self.resolution.document.text
