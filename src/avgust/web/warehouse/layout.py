"""Where rows lie and which columns they have.

`$AVGUST_VAR/warehouse/procedure=vpr/year=2026/subject=ru/grade=4/work=17/v=000003-1f2e/results.parquet`
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
from django.conf import settings

FILE: Final = "results.parquet"
HALVES: Final = ".halves"  # folders under way; no reader looks into it
_KEY: Final = re.compile(r"[a-z0-9_]+=[a-z0-9_-]+")


class Row(NamedTuple):
    """A participant as it is kept. `scores`: points, -1 where the item was left out, None where not given."""

    school: int
    class_name: str
    pupil: int
    variant: str
    points: int | None
    mark: int | None
    journal: int | None
    present: bool
    upload: int
    scores: tuple[int | None, ...]


COLUMNS: Final = (
    ("school", pa.int32()),
    ("class_name", pa.string()),
    ("pupil", pa.int64()),
    ("variant", pa.string()),
    ("points", pa.int16()),
    ("mark", pa.int8()),
    ("journal", pa.int8()),
    ("present", pa.bool_()),
    ("upload", pa.int32()),
)


def item_columns(items: int) -> list[str]:
    """Return the names of the columns of scores: a code of an item is no name of a column."""
    return [f"i{place:02}" for place in range(items)]


def schema_of(items: int) -> pa.Schema:
    """Return the columns of a work with so many items."""
    return pa.schema([*COLUMNS, *((name, pa.int8()) for name in item_columns(items))])


def root() -> Path:
    """Return the folder of the warehouse."""
    return Path(settings.VAR) / "warehouse"


def name_of(**keys: object) -> str:
    """Return the name of a set: `procedure=vpr/year=2026/…`, in the order given."""
    parts = [f"{key}={value}" for key, value in keys.items()]
    if not all(_KEY.fullmatch(part) for part in parts):
        raise ValueError("keys of a set are small letters, digits, - and _")
    return "/".join(parts)


def folder_of(name: str) -> Path:
    """Return where the versions of a set lie."""
    return root() / name
