"""All tables of this folder together, for the tests and the tools that go over every address."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.permissions.rows import Page, Row


def _is_table(path: Path) -> bool:
    return path.stem not in {"rows", "tables"} and not path.stem.startswith("test_")


_HERE: Final = Path(__file__).parent
TABLES: Final[list[ModuleType]] = [
    importlib.import_module(f"tests.permissions.{path.stem}")
    for path in sorted(_HERE.glob("*.py"))
    if _is_table(path)
]
ROWS: Final[list[Row]] = [row for table in TABLES for row in table.ROWS]
PAGES: Final[list[Page]] = [page for table in TABLES for page in getattr(table, "PAGES", ())]
