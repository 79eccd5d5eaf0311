"""The command line: `avgust parse | check | analyse | codifier | serve | worker | demo | manage`.

Everything heavier than argparse is imported by the command that needs it, so that `avgust --version`
costs 0.1 s and `avgust parse` never pays for Django.
"""

from __future__ import annotations

import argparse
import gettext
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from avgust.domain.messages import DEFAULT_LANGUAGE, LANGUAGES, locale_folder, mark, translate

COMMANDS: Final = {  # the name of the command → its module, what it does, first words of its help
    "parse": ("parsing", mark("turn resolutions into measures with their fields")),
    "check": ("checking", mark("show the defects of a draft before it is adopted")),
    "analyse": ("analysing", mark("compute statistics of assessment")),
    "codifier": (
        "codifying",
        mark("check codifiers of content and skills, turn tables into packages, compare editions"),
    ),
    "serve": ("serving", mark("start the web application")),
    "worker": ("working", mark("send reminders and do other work outside requests")),
    "demo": ("demonstrating", mark("start the web application with a fictional territory")),
    "demo-results": ("making_results", mark("make results of pupils who do not exist, with a known truth")),
    "manage": ("managing", mark("run a command of Django")),
}
# Commands that read their arguments by themselves: everything after the name is theirs.
PASSED_THROUGH: Final = ("demo", "manage")
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `avgust` and exit with its status; no failure ends in a traceback unless AVGUST_DEBUG is set."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(arguments)
    _translate_argparse(language)
    try:
        status = _run(arguments, language)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:
        if os.environ.get("AVGUST_DEBUG", "").lower() in ("1", "true", "yes", "on"):
            raise
        report = translate(mark("Avgust failed: %(error)s"), language)
        print(report % {"error": f"{type(error).__name__}: {error}"}, file=sys.stderr)  # noqa: T201
        status = EXIT_USAGE
    sys.exit(status)


def language_of(arguments: Sequence[str]) -> str:
    """Return the language of messages: `--lang`, else AVGUST_LANGUAGE, else Russian."""
    chosen = os.environ.get("AVGUST_LANGUAGE", DEFAULT_LANGUAGE)
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
        elif argument == "--lang" and index + 1 < len(arguments):
            chosen = arguments[index + 1]
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def _translate_argparse(language: str) -> None:
    """Let argparse find its own sentences in the catalogue of the project."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("django", str(locale_folder()))
    gettext.textdomain("django")


def _run(arguments: list[str], language: str) -> int:
    name = arguments[0] if arguments else ""
    if name in PASSED_THROUGH:
        return int(_command(name).run(arguments[1:], language))
    parser = build_parser(language)
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    return int(_command(options.command).run(options, language))


def build_parser(language: str) -> argparse.ArgumentParser:
    """Return the parser of `avgust`; each command adds its own arguments when it is the one called."""
    from avgust import __version__

    about = mark("From a resolution of an August conference to a programme of measures that runs.")
    parser = argparse.ArgumentParser(prog="avgust", description=translate(about, language))
    shown = translate(mark("show the version and exit"), language)
    parser.add_argument("--version", action="version", version=f"avgust {__version__}", help=shown)
    add_language(parser, language)
    commands = parser.add_subparsers(dest="command", metavar=translate(mark("COMMAND"), language))
    for name, (_, summary) in COMMANDS.items():
        words = translate(summary, language)
        one = commands.add_parser(name, help=words, description=words)
        if name not in PASSED_THROUGH:
            add_language(one, language)
            _command(name).add_arguments(one, language)
    return parser


def add_language(parser: argparse.ArgumentParser, language: str) -> None:
    """Add `--lang`, which `language_of` has read already."""
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=language,
        help=translate(mark("language of the words and messages (default: ru)"), language),
    )


def _command(name: str) -> Any:
    """Return the module of a command: `run`, and `add_arguments` unless its arguments are passed through."""
    return import_module(f"avgust.commands.{COMMANDS[name][0]}")


if __name__ == "__main__":
    main()
