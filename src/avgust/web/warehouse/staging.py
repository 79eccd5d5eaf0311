"""Rows that came from files, gathered in a Parquet file beside the live ones, chunk by chunk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from avgust.web.warehouse.layout import COLUMNS, FILE, HALVES, Row, item_columns, root, schema_of

_NAMES: Final = [name for name, _kind in COLUMNS]


def write_rows(path: Path, items: int, chunks: Iterable[Sequence[Row]]) -> int:
    """Write rows to a file of their own, outside the warehouse; return how many."""
    count = 0
    with pq.ParquetWriter(path, schema_of(items), compression="zstd") as writer:
        for rows in chunks:
            if rows:
                writer.write_batch(_batch(rows, items))
                count += len(rows)
    return count


def _batch(rows: Sequence[Row], items: int) -> pa.RecordBatch:
    *plain, scores = zip(*rows, strict=True)
    arrays = [pa.array(values, kind) for values, (_name, kind) in zip(plain, COLUMNS, strict=True)]
    by_item = zip(*scores, strict=True) if items else ()
    arrays += [pa.array(values, pa.int8()) for values in by_item]
    return pa.record_batch(arrays, names=[*_NAMES, *item_columns(items)])


class Stage:
    """A file under way, in a folder of its own, which is gone at the end of the `with` unless published."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.rows = 0
        place = root() / HALVES
        place.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="stage-", dir=place))
        self._schema = schema_of(items)
        self._writer = pq.ParquetWriter(self.path, self._schema, compression="zstd")

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    def __enter__(self) -> Self:
        """Return the stage itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Delete what was not published."""
        self._writer.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, rows: Sequence[Row]) -> None:
        """Write a chunk; each becomes a group of the file."""
        if not rows:
            return
        self._writer.write_batch(_batch(rows, self.items))
        self.rows += len(rows)

    def close(self) -> None:
        """End the file, so that it can be read."""
        self._writer.close()
