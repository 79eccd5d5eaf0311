"""Where parsed documents go: the standard output, one file, or a file for each in a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from avgust.commands.files import Source
    from avgust.domain.resolutions.model import Resolution

    Parsed = tuple[Source, Resolution]


def rendered(resolution: Resolution, form: str, language: str, stem: str) -> bytes:
    """Return one document in a format other than the table."""
    match form:
        case "json":
            from avgust.domain.resolutions.export.json_record import as_json

            return _json(as_json(resolution, language, stem))
        case "csv":
            from avgust.domain.resolutions.export.csv_table import resolutions_csv

            return resolutions_csv([(stem, resolution)], language)
        case "xlsx":
            from avgust.domain.resolutions.export.workbook import resolution_xlsx

            return resolution_xlsx(resolution, language, stem)
        case "docx":
            from avgust.domain.resolutions.export.plan_of import resolution_docx

            return resolution_docx(resolution, language, stem)
        case _:
            from avgust.domain.resolutions.export.akn import akn_xml

            return akn_xml(resolution, language, stem)


def one_each(documents: Iterable[Parsed], form: str, folder: Path, suffix: str, language: str) -> None:
    """Write a file for each document, below `folder` as the sources lay below theirs."""
    written: set[Path] = set()
    for source, resolution in documents:
        path = folder / source.place.parent / (source.stem + suffix)
        if path in written:  # report.docx and report.pdf side by side
            path = path.with_name(source.name + suffix)
        written.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if form == "table":
            with path.open("w", encoding="utf-8") as file:
                _print_table(resolution, language, source.stem, file)
        else:
            path.write_bytes(rendered(resolution, form, language, source.stem))


def in_one(
    documents: Iterable[Parsed], form: str, path: Path | None, language: str, *, several: bool
) -> None:
    """Write all documents to one file, or to the standard output."""
    if form == "table":
        _write_tables(documents, path, language)
        return
    if not several:
        for source, resolution in documents:
            _write_bytes(rendered(resolution, form, language, source.stem), path)
        return
    _write_bytes(_together(documents, form, language), path)


def _together(documents: Iterable[Parsed], form: str, language: str) -> bytes:
    """Return several documents as one JSON list or one CSV table."""
    if form == "csv":
        from avgust.domain.resolutions.export.csv_table import resolutions_csv

        return resolutions_csv(((source.name, parsed) for source, parsed in documents), language)
    from avgust.domain.resolutions.export.json_record import as_json

    return _json([as_json(parsed, language, source.stem) for source, parsed in documents])


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _write_bytes(data: bytes, path: Path | None) -> None:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write_tables(documents: Iterable[Parsed], path: Path | None, language: str) -> None:
    if path is None:
        for source, resolution in documents:
            _print_table(resolution, language, source.stem, sys.stdout)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for source, resolution in documents:
            _print_table(resolution, language, source.stem, file)


def _print_table(resolution: Resolution, language: str, name: str, file: TextIO) -> None:
    from avgust.commands.console import paper
    from avgust.domain.resolutions.export.terminal import print_resolution

    print_resolution(resolution, language, name, paper(file))
