"""Which files a command was given, and what is in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from avgust.domain.messages import Message, mark

if TYPE_CHECKING:
    from avgust.domain.resolutions.model import EarlierClause, Resolution, SourceDocument

STDIN: Final = "-"
# What is taken out of a folder; a file named by itself is read whatever its name.
SUFFIXES: Final = frozenset({".docx", ".odt", ".pdf", ".rtf", ".html", ".htm", ".txt", ".md", ".doc"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `place` is its path below the folder that was given, for names of outputs."""

    path: Path
    place: Path

    @property
    def is_stdin(self) -> bool:
        """Whether the document comes through the pipe."""
        return str(self.path) == STDIN

    @property
    def name(self) -> str:
        """The name of the file; «stdin» for the pipe."""
        return "stdin" if self.is_stdin else self.path.name

    @property
    def stem(self) -> str:
        """The name without its last suffix."""
        return Path(self.name).stem


class UnreadableError(Exception):
    """A file that a command cannot read, with the sentence for the user."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.render("en"))


def sources_of(arguments: Sequence[str]) -> list[Source]:
    """Return the files that `arguments` name; folders stand for the documents anywhere below them."""
    found: dict[Path, Source] = {}
    for argument in arguments:
        path = Path(argument)
        if argument != STDIN and path.is_dir():
            for inner in sorted(_documents(path)):
                found.setdefault(inner, Source(inner, inner.relative_to(path)))
        else:
            found.setdefault(path, Source(path, Path(path.name)))
    return list(found.values())


def _documents(folder: Path) -> Iterator[Path]:
    """Yield the documents below `folder`, without hidden files and the locks of office programs."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
            yield path


def read_resolution(
    source: Source, earlier: Sequence[EarlierClause] = (), *, isolated: bool = False
) -> Resolution:
    """Read and parse one file; UnreadableError says what stands in the way."""
    from avgust.domain.resolutions.readers import ReadError
    from avgust.domain.resolutions.stages import parse

    data = bytes_of(source)
    try:
        return parse(_reader(isolated=isolated or _is_pdf(data))(data, source.name), earlier)
    except ReadError as error:
        raise UnreadableError(error.message) from error
    except RecursionError as error:
        raise UnreadableError(Message(mark("The document is nested too deeply."))) from error


def earlier_clauses(resolution: Resolution, name: str) -> Iterator[EarlierClause]:
    """Yield the measures of a resolution of a past year, for findings of overlap."""
    from datetime import date

    from avgust.domain.resolutions.model import EarlierClause

    title, adopted = resolution.header.title, resolution.header.adopted
    for clause in resolution.clauses:
        yield EarlierClause(
            document=title.value if title else name,
            label=clause.label,
            text=clause.text,
            adopted=date.fromisoformat(adopted.value) if adopted else None,
        )


def bytes_of(source: Source) -> bytes:
    """Return the file; one byte over the limit is enough for the reader to say that it is too large."""
    from avgust.domain.resolutions.readers.limits import MAX_BYTES

    if source.is_stdin:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with source.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableError(Message(mark("There is no such file."))) from error
    except IsADirectoryError as error:
        raise UnreadableError(Message(mark("It is a folder, not a file."))) from error
    except PermissionError as error:
        raise UnreadableError(Message(mark("The file may not be read: permission denied."))) from error
    except OSError as error:
        said = {"error": error.strerror or str(error)}
        raise UnreadableError(Message(mark("The file cannot be read: %(error)s."), said)) from error


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF, which is always read apart: forms inside forms keep its library busy for ever."""
    return b"%PDF-" in data[:1024]


def _reader(*, isolated: bool) -> Callable[[bytes, str], SourceDocument]:
    if isolated:
        from avgust.isolation import read_isolated

        return read_isolated
    from avgust.domain.resolutions.readers import read

    return read
