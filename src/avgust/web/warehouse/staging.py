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

# A group of rows costs kilobytes a column of what describes it, in the writer and in each reader: five
# million rows in groups of 5,000 took a hundred megabytes more than in these.
GROUP: Final = 50_000
_NAMES: Final = [name for name, _kind in COLUMNS]


def write_rows(path: Path, items: int, chunks: Iterable[Sequence[Row]]) -> int:
    """Write rows to a file of their own, outside the warehouse; return how many."""
    groups = _Groups(path, items)
    for rows in chunks:
        groups.add(rows)
    groups.close()
    return groups.rows


def _batch(rows: Sequence[Row], items: int) -> pa.RecordBatch:
    *plain, scores = zip(*rows, strict=True)
    arrays = [pa.array(values, kind) for values, (_name, kind) in zip(plain, COLUMNS, strict=True)]
    by_item = zip(*scores, strict=True) if items else ()
    arrays += [pa.array(values, pa.int8()) for values in by_item]
    return pa.record_batch(arrays, names=[*_NAMES, *item_columns(items)])


class _Groups:
    """A file to which chunks of any size are written as groups of `GROUP` rows."""

    def __init__(self, path: Path, items: int) -> None:
        self.rows = 0
        self._items = items
        self._waiting: list[pa.RecordBatch] = []
        self._writer = pq.ParquetWriter(path, schema_of(items), compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        """Keep a chunk, and write what waits when it fills a group."""
        if rows:
            self._waiting.append(_batch(rows, self._items))
            self.rows += len(rows)
        if sum(batch.num_rows for batch in self._waiting) >= GROUP:
            self._write()

    def close(self) -> None:
        """Write what waits and end the file; once more changes nothing."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting), row_group_size=2 * GROUP)
            self._waiting = []

    def drop(self) -> None:
        """End the file as it is."""
        self._waiting = []
        self._writer.close()


class Stage:
    """A file under way, in a folder of its own, which is gone at the end of the `with` unless published."""

    def __init__(self, items: int) -> None:
        place = root() / HALVES
        place.mkdir(parents=True, exist_ok=True)
        self.folder = Path(tempfile.mkdtemp(prefix="stage-", dir=place))
        self._groups = _Groups(self.path, items)

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    @property
    def rows(self) -> int:
        """How many were added."""
        return self._groups.rows

    def __enter__(self) -> Self:
        """Return the stage itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Delete what was not published."""
        self._groups.drop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, rows: Sequence[Row]) -> None:
        """Take a chunk."""
        self._groups.add(rows)

    def close(self) -> None:
        """End the file, so that it can be read."""
        self._groups.close()
