"""Many ids as one value of a query, on both databases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL


@dataclass(frozen=True)
class Ids:
    """Ids that a query is given together; Django would prepare a list of them one by one in Python."""

    ids: tuple[int, ...]

    @cached_property
    def bound(self) -> Any:
        """Return the ids as the one value that a query is given."""
        return list(self.ids) if connection.vendor == "postgresql" else json.dumps(self.ids)

    def as_subquery(self) -> RawSQL:
        """Return the ids as a subquery; a list of values would be written out and read 1,500 times over."""
        if connection.vendor == "postgresql":
            return RawSQL("SELECT unnest(%s::bigint[])", [self.bound])
        return RawSQL("SELECT value FROM json_each(%s)", [self.bound])
