"""Opening DuckDB: in memory, with bounds; what does not fit spills into the warehouse's own folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from avgust.web.warehouse.layout import HALVES, root

MEMORY: Final = "192MB"
THREADS: Final = 2


def rows_in(connection: Any, path: Path) -> Any:
    """Return the rows of a file as a table; the names of its folders are no columns."""
    return connection.read_parquet(path, hive_partitioning=False)


@contextmanager
def opened(memory: str = MEMORY, threads: int = THREADS) -> Iterator[Any]:
    """Give an Ibis connection to a DuckDB of its own; nothing of it is left behind."""
    import ibis  # noqa: PLC0415 - two seconds that only who asks the warehouse pays

    place = root() / HALVES
    place.mkdir(parents=True, exist_ok=True)
    spill = tempfile.mkdtemp(prefix="spill-", dir=place)
    connection = ibis.duckdb.connect(
        memory_limit=memory,
        threads=threads,
        temp_directory=spill,
        preserve_insertion_order=False,
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    connection.con.execute("SET enable_progress_bar = false")  # Ibis has it drawn into the log of a worker
    try:
        yield connection
    finally:
        connection.disconnect()
        shutil.rmtree(spill, ignore_errors=True)
