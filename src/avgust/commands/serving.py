"""`avgust serve`: the web application on one machine."""

from __future__ import annotations

import argparse
from typing import Final

from avgust.domain.messages import mark, translate

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--host",
        default=DEFAULT_HOST,
        help=translate(mark("address to listen on (default: 127.0.0.1)"), language),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=translate(mark("port to listen on (default: 8000)"), language),
    )


def run(options: argparse.Namespace, language: str) -> int:
    """Serve until stopped; `language` is of the command line only, pages follow their reader."""
    del language
    from avgust.web.serving import serve

    serve(options.host, options.port)
    return 0
