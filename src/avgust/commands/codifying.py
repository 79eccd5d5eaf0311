"""`avgust codifier`: codifiers checked, turned into packages and compared, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from avgust.commands.console import complain
from avgust.domain.messages import Message, mark, translate

if TYPE_CHECKING:
    from avgust.domain.assessment.codifiers import Codifier, Reading

FORMATS: Final = (".json", ".xlsx", ".csv")
EXIT_FAULTY: Final = 1
EXIT_UNREADABLE: Final = 2
_GIVEN: Final = {  # facts that a table may leave out → what the option says
    "name": mark("name that stays from edition to edition, as in ru-4-content"),
    "subject": mark("subject, as in “русский язык”"),
    "kind": mark("“элементы содержания” or “умения”"),
    "edition": mark("which edition it is, as in 2026"),
    "title": mark("title of the edition"),
    "since": mark("first day in force, as in 01.09.2026"),
    "until": mark("last day in force"),
    "grades": mark("grades of entries that name none, as in 5–9"),
    "basis": mark("act or document by which it is in force"),
    "number": mark("number of the document"),
    "date": mark("date of the document"),
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare what can be done with a codifier."""
    acts = parser.add_subparsers(dest="act", required=True, metavar=translate(mark("ACT"), language))
    check = _act(acts, "check", mark("name every fault of packages and tables"), language)
    check.add_argument("files", nargs="+", metavar=translate(mark("FILE"), language))
    convert = _act(acts, "convert", mark("write a table as a package, or a package as a table"), language)
    convert.add_argument("file", metavar=translate(mark("FILE"), language))
    convert.add_argument(
        "--out",
        "-o",
        metavar=translate(mark("PATH"), language),
        help=translate(mark("file to write: .json, .xlsx or .csv (default: JSON to the output)"), language),
    )
    compare = _act(acts, "compare", mark("tell what a later edition changes"), language, facts=False)
    compare.add_argument("old", metavar=translate(mark("OLD"), language))
    compare.add_argument("new", metavar=translate(mark("NEW"), language))
    words = translate(mark("text for people, or json for programs (default: text)"), language)
    compare.add_argument("--format", choices=("text", "json"), default="text", help=words)


def _act(
    acts: argparse._SubParsersAction,  # type: ignore[type-arg]
    name: str,
    summary: str,
    language: str,
    *,
    facts: bool = True,
) -> argparse.ArgumentParser:
    """Declare an act; with `facts` what a table leaves out may be given beside it."""
    words = translate(summary, language)
    one: argparse.ArgumentParser = acts.add_parser(name, help=words, description=words)
    for fact, sentence in _GIVEN.items() if facts else ():
        one.add_argument(f"--{fact}", default="", help=translate(sentence, language))
    words = translate(mark("language of the words and messages (default: ru)"), language)
    one.add_argument("--lang", choices=("ru", "en"), default=language, help=words)
    return one


def run(options: argparse.Namespace, language: str) -> int:
    """Check, convert or compare; 1 when a codifier has faults, 2 when a file or the request is wrong."""
    return {"check": _check, "convert": _convert, "compare": _compare}[options.act](options, language)


def _check(options: argparse.Namespace, language: str) -> int:
    status = 0
    for name in options.files:
        codifier, failed = _codifier(name, options, language)
        status = max(status, failed)
        if codifier is not None:
            print(f"{name}: {_sound(codifier).render(language)}")
    return status


def _sound(codifier: Codifier) -> Message:
    said = {"name": codifier.reference, "count": len(codifier.entries), "day": f"{codifier.since:%d.%m.%Y}"}
    return Message(mark("%(name)s, entries: %(count)d, in force from %(day)s. No faults."), said)


def _convert(options: argparse.Namespace, language: str) -> int:
    target = Path(options.out) if options.out else None
    if target is not None and target.suffix.lower() not in FORMATS:
        said = {"path": str(target), "formats": ", ".join(FORMATS)}
        complain(Message(mark("%(path)s: the name must end with one of %(formats)s."), said), language)
        return EXIT_UNREADABLE
    codifier, failed = _codifier(options.file, options, language)
    if codifier is None:
        return failed
    data = _written(codifier, target.suffix.lower() if target else ".json")
    if target is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    try:
        target.write_bytes(data)
    except OSError as error:
        said = {"path": str(target), "error": error.strerror or str(error)}
        complain(Message(mark("%(path)s cannot be written: %(error)s."), said), language)
        return EXIT_UNREADABLE
    return 0


def _compare(options: argparse.Namespace, language: str) -> int:
    """Tell the difference of two files, on the output; that there is one is no fault."""
    from avgust.domain.assessment.codifiers.comparing import lines_of, record_of, remarks_on
    from avgust.domain.assessment.codifiers.difference import difference

    before, of_old = _codifier(options.old, options, language)
    after, of_new = _codifier(options.new, options, language)
    if before is None or after is None:
        return max(of_old, of_new)
    said = difference(before, after)
    for remark in remarks_on(before, after):
        complain(remark, language)
    if options.format == "json":
        print(json.dumps(record_of(before, after, said), ensure_ascii=False, indent=1))
    else:
        for line in lines_of(before, after, said):
            print(line.render(language))
    return 0


def _codifier(name: str, options: argparse.Namespace, language: str) -> tuple[Codifier | None, int]:
    """Return the codifier of a file with 0; None with the exit status, its faults on stderr."""
    reading = _reading(name, options, language)
    if reading is None:
        return None, EXIT_UNREADABLE
    for fault in reading.faults if reading.codifier is None else ():
        complain(fault, language, name)
    return reading.codifier, EXIT_FAULTY if reading.codifier is None else 0


def _reading(name: str, options: argparse.Namespace, language: str) -> Reading | None:
    """Return what a file says; None, with the reason on stderr, where it is no file or no table."""
    from avgust.commands.files import Source, UnreadableError, bytes_of
    from avgust.domain.assessment.codifiers import Fact
    from avgust.domain.assessment.codifiers.reading import read_codifier
    from avgust.domain.tables import TableError
    from avgust.isolation import read_table_isolated

    given = {Fact(fact): getattr(options, fact, "") for fact in _GIVEN}
    try:
        return read_codifier(bytes_of(Source(Path(name), Path(name))), read_table_isolated, given)
    except (UnreadableError, TableError) as error:
        complain(error.message, language, name)
        return None


def _written(codifier: Codifier, suffix: str) -> bytes:
    from avgust.domain.assessment.codifiers.files import codifier_csv, codifier_xlsx
    from avgust.domain.assessment.codifiers.package import to_package

    return {".json": to_package, ".xlsx": codifier_xlsx, ".csv": codifier_csv}[suffix](codifier)
