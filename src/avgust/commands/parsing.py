"""`avgust parse`: resolutions in, measures with their fields out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from avgust.commands.console import complain, with_progress
from avgust.commands.files import Source, UnreadableError, earlier_clauses, read_resolution, sources_of
from avgust.domain.messages import Message, mark, translate

if TYPE_CHECKING:
    from avgust.domain.resolutions.model import EarlierClause, Resolution

FORMATS: Final = ("table", "json", "csv", "xlsx", "docx", "akn")
_SUFFIX: Final = {"table": ".txt", "akn": ".akn.xml"}
_ONE_FILE_EACH: Final = frozenset({"xlsx", "docx", "akn"})  # formats that hold one document only
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the arguments."""

    def words(msgid: str) -> str:
        return translate(msgid, language)

    parser.add_argument(
        "files",
        nargs="+",
        metavar=words(mark("FILE")),
        help=words(mark("documents or folders with documents; - reads one from the standard input")),
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="table",
        help=words(mark("table for reading (default), or data and documents for other programs")),
    )
    parser.add_argument(
        "--output",
        "-o",
        metavar=words(mark("PATH")),
        help=words(mark("file to write; a folder when there are several documents")),
    )
    add_reading(parser, language)


def add_reading(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare how documents are read: `--earlier`, and `--isolated` for files from strangers."""
    parser.add_argument(
        "--earlier",
        nargs="+",
        action="extend",
        default=[],
        metavar=translate(mark("FILE"), language),
        help=translate(mark("earlier resolutions of the territory, to find what is repeated"), language),
    )
    parser.add_argument(
        "--isolated",
        action="store_true",
        help=translate(mark("read in a separate process with limits of time and memory"), language),
    )


def run(options: argparse.Namespace, language: str) -> int:
    """Parse what `options` name; 1 when a file failed, 2 when the request itself is wrong."""
    sources = sources_of(options.files)
    if not sources:
        complain(Message(mark("No documents were found in the folder.")), language)
        return EXIT_USAGE
    wrong = _wrong_output(options, len(sources))
    if wrong:
        complain(wrong, language)
        return EXIT_USAGE
    earlier, unread = read_earlier(options.earlier, language, isolated=options.isolated)
    parsed = _Parsed(language, failed=unread)
    documents = parsed.read(sources, earlier, isolated=options.isolated)
    _write(documents, options, language, several=len(sources) > 1)
    if len(sources) > 1:
        parsed.summarise(len(sources))
    return EXIT_FAILED if parsed.failed else 0


def read_earlier(
    names: list[str], language: str, *, isolated: bool = False
) -> tuple[list[EarlierClause], int]:
    """Return the measures of earlier resolutions and the number of files that could not be read."""
    clauses: list[EarlierClause] = []
    failed = 0
    for source in sources_of(names):
        try:
            clauses.extend(earlier_clauses(read_resolution(source, isolated=isolated), source.stem))
        except UnreadableError as error:
            failed += 1
            complain(error.message, language, str(source.path))
    return clauses, failed


class _Parsed:
    """Counts what was read, and says of each failure at once."""

    def __init__(self, language: str, failed: int) -> None:
        self.language = language
        self.failed = failed
        self.measures = 0
        self.findings = 0

    def read(
        self, sources: list[Source], earlier: list[EarlierClause], *, isolated: bool
    ) -> Iterator[tuple[Source, Resolution]]:
        """Yield every document that can be read."""
        for source in with_progress(sources, self.language):
            try:
                resolution = read_resolution(source, earlier, isolated=isolated)
            except UnreadableError as error:
                self.failed += 1
                complain(error.message, self.language, str(source.path))
                continue
            self.measures += len(resolution.clauses)
            self.findings += len(resolution.findings)
            yield source, resolution

    def summarise(self, asked: int) -> None:
        """Print on stderr what became of several files."""
        message = Message(
            mark(
                "Documents: %(asked)d, not read: %(failed)d, measures: %(measures)d, findings: %(findings)d."
            ),
            {
                "asked": asked,
                "failed": self.failed,
                "measures": self.measures,
                "findings": self.findings,
            },
        )
        print(message.render(self.language), file=sys.stderr)


def _wrong_output(options: argparse.Namespace, count: int) -> Message | None:
    """Return why the output cannot go where it was sent."""
    if options.output is None:
        if count > 1 and options.format in _ONE_FILE_EACH:
            return Message(mark("Several documents in this format need --output with a folder."))
        if options.format in ("xlsx", "docx") and sys.stdout.isatty():
            return Message(mark("This format is not for a terminal: name a file with --output."))
        return None
    path = Path(options.output)
    if count > 1 and options.format in _ONE_FILE_EACH and path.is_file():
        return Message(mark("%(path)s is a file; several documents need a folder."), {"path": str(path)})
    return None


def _write(
    documents: Iterable[tuple[Source, Resolution]],
    options: argparse.Namespace,
    language: str,
    *,
    several: bool,
) -> None:
    from avgust.commands.outputs import in_one, one_each

    target = Path(options.output) if options.output else None
    folder = target is not None and (target.is_dir() or options.output.endswith("/"))
    if folder or (several and options.format in _ONE_FILE_EACH):
        assert target is not None
        suffix = _SUFFIX.get(options.format, f".{options.format}")
        one_each(documents, options.format, target, suffix, language)
    else:
        in_one(documents, options.format, target, language, several=several)
