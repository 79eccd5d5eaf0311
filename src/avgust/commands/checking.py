"""`avgust check`: the defects of a draft, for those who will adopt it."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from avgust.commands.console import complain, paper
from avgust.commands.files import UnreadableError, read_resolution, sources_of
from avgust.commands.parsing import add_reading, read_earlier
from avgust.domain.messages import Message, mark, translate

EXIT_SEVERE: Final = 1
EXIT_UNREADABLE: Final = 2


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the arguments."""
    file = translate(mark("FILE"), language)
    parser.add_argument(
        "files",
        nargs="+",
        metavar=file,
        help=translate(
            mark("documents or folders with documents; - reads one from the standard input"), language
        ),
    )
    add_reading(parser, language)


def run(options: argparse.Namespace, language: str) -> int:
    """Print the findings of every document; 2 when one is unreadable, 1 when a severe finding exists."""
    sources = sources_of(options.files)
    if not sources:
        complain(Message(mark("No documents were found in the folder.")), language)
        return EXIT_UNREADABLE
    earlier, unread = read_earlier(options.earlier, language, isolated=options.isolated)
    severe = False
    for source in sources:
        try:
            resolution = read_resolution(source, earlier, isolated=options.isolated)
        except UnreadableError as error:
            unread += 1
            complain(error.message, language, str(source.path))
            continue
        from avgust.domain.resolutions.export.findings_text import print_findings
        from avgust.domain.resolutions.model import Severity

        print_findings(resolution, language, source.name, paper(sys.stdout))
        severe |= any(found.severity is Severity.SEVERE for found in resolution.findings)
    return EXIT_UNREADABLE if unread else EXIT_SEVERE if severe else 0
