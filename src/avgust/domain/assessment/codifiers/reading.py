"""A file of a codifier, whatever it is: a package or a table, told by its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from avgust.domain.assessment.codifiers.package import from_package, is_package
from avgust.domain.assessment.codifiers.stated import Fact, Reading
from avgust.domain.assessment.codifiers.table import from_table
from avgust.domain.tables import Sheet


def read_codifier(
    data: bytes, sheets: Callable[[bytes], Sequence[Sheet]], given: Mapping[Fact, str] | None = None
) -> Reading:
    """Return what a file says; `sheets` reads tables of strangers. Raises TableError for no table.

    `given` says what a table leaves out; a package says everything itself.
    """
    return from_package(data) if is_package(data) else from_table(sheets(data), given)
