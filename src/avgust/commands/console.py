"""Where words for people go: colours only on a terminal, errors on stderr, a bar for many files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

from avgust.domain.messages import Message, mark, translate

if TYPE_CHECKING:
    from rich.console import Console

    from avgust.commands.files import Source

_PIPED_WIDTH: Final = 120


def paper(file: TextIO) -> Console:
    """Return where tables are printed: as wide as the terminal, or 120 columns in a file or pipe."""
    from rich.console import Console

    watched = file.isatty() or "COLUMNS" in os.environ
    width = None if watched else _PIPED_WIDTH
    return Console(file=file, width=width, highlight=False, emoji=False, markup=False)


def complain(message: Message, language: str, about: str = "") -> None:
    """Say on stderr what went wrong, and with which file."""
    words = message.render(language)
    print(f"avgust: {about}: {words}" if about else f"avgust: {words}", file=sys.stderr)


def with_progress(sources: list[Source], language: str) -> Iterator[Source]:
    """Yield `sources`, with a progress bar on stderr when there are several and someone watches."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console
    from rich.progress import track

    words = translate(mark("Reading"), language)
    watched: Iterable[Source] = track(sources, words, console=Console(stderr=True), transient=True)
    yield from watched
