"""Where words for people go: colours only on a terminal, errors on stderr, a bar for many files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from avgust.domain.messages import Message, mark, translate

if TYPE_CHECKING:
    from avgust.commands.files import Source


def complain(message: Message, language: str, about: str = "") -> None:
    """Say on stderr what went wrong, and with which file."""
    words = message.render(language)
    print(f"avgust: {about}: {words}" if about else f"avgust: {words}", file=sys.stderr)  # noqa: T201


def with_progress(sources: list[Source], language: str) -> Iterator[Source]:
    """Yield `sources`, with a progress bar on stderr when there are several and someone watches."""
    if len(sources) < 2 or not sys.stderr.isatty():
        yield from sources
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    words = translate(mark("Reading"), language)
    watched: Iterable[Source] = track(sources, words, console=Console(stderr=True), transient=True)
    yield from watched
