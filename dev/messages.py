"""Translations: `python dev/messages.py compile` makes the catalogue, `check` fails on what is untranslated.

Each area of the project has its own `locale/ru/<area>.po`; all of them become one `django.mo`, which Django
and the standard library read alike (docs/decisions/0004). No program outside Python is needed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale" / "ru"
COMPILED = LOCALE / "LC_MESSAGES" / "django.mo"
PLURALS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")  # a msgid may quote Russian
Key = tuple[str, str]


def _key(message: Message) -> Key:
    msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return message.context or "", msgid


def _forms(message: Message) -> tuple[str, ...]:
    """Return the translation's forms: one, or one for each plural."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string,)


def read_area(path: Path) -> Catalog:
    """Return the catalogue of one area."""
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def merge(paths: Iterable[Path]) -> tuple[Catalog, list[str]]:
    """Return all areas as one catalogue, with the conflicts between them as sentences."""
    whole = Catalog(locale="ru", project="avgust", charset="utf-8", fuzzy=False)
    whole._plural_forms = PLURALS
    seen: dict[Key, tuple[tuple[str, ...], Path]] = {}
    conflicts: list[str] = []
    for path in paths:
        for message in read_area(path):
            if not message.id or message.fuzzy or not any(_forms(message)):
                continue
            key, forms = _key(message), _forms(message)
            earlier = seen.setdefault(key, (forms, path))
            if earlier[0] != forms:
                conflicts.append(
                    f"{key[1]!r} reads {earlier[0]} in {earlier[1].name}, but {forms} in {path.name}"
                )
            else:
                whole.add(message.id, message.string, context=message.context)
    return whole, conflicts


def compile_catalogue(target: Path = COMPILED) -> list[str]:
    """Write the one catalogue; return the conflicts, with which nothing is written."""
    whole, conflicts = merge(sorted(LOCALE.glob("*.po")))
    if conflicts:
        return conflicts
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, whole)
    part.replace(target)  # whoever reads at this moment sees the old one or the new one, never a half
    return []


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in PLACEHOLDER.findall(text.replace("%%", ""))}


def faults_of(message: Message, area: str) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    _context, msgid = _key(message)
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    forms = _forms(message)
    if message.fuzzy:
        yield f"{area}: fuzzy: {msgid!r}"
    if not all(forms):
        yield f"{area}: untranslated: {msgid!r}"
    elif any(_placeholders([form]) - _placeholders(ids) for form in forms) or (
        _placeholders(forms[-1:]) != _placeholders(ids[-1:])
    ):
        yield f"{area}: placeholders differ: {msgid!r} → {forms}"


def check() -> list[str]:
    """Return everything wrong with the translations, as sentences; an empty list when all is well."""
    sys.path.insert(0, str(ROOT))  # for a start as a file; tests import `dev.messages`
    from dev.extraction import extract

    found = extract(ROOT / "src" / "avgust")
    wrong = [f"{one.place}: {one.fault}" for one in found if one.fault]
    found = [one for one in found if not one.fault]
    wrong += [
        f"{one.place}: a msgid must be English: {one.msgid!r}"
        for one in found
        if CYRILLIC.search(QUOTED.sub("", one.msgid))
    ]
    known: dict[Key, Message] = {}
    for path in sorted(LOCALE.glob("*.po")):
        area = read_area(path)
        wrong += [f"{path.name}: obsolete: {message.id!r}" for message in area.obsolete.values()]
        for message in area:
            if message.id:
                known[_key(message)] = message
                wrong += faults_of(message, path.name)
                if _key(message) not in {one.key for one in found}:
                    wrong.append(f"{path.name}: nobody says this any more: {_key(message)[1]!r}")
    for key, one in {one.key: one for one in found}.items():
        if key not in known:
            wrong.append(f"{one.place}: not in any locale/ru/*.po: {one.msgid!r}")
        elif one.plural and not isinstance(known[key].id, (tuple, list)):
            wrong.append(f"{one.place}: the plural is not in the catalogue: {one.msgid!r}")
    return wrong + merge(sorted(LOCALE.glob("*.po")))[1]


def main(arguments: list[str]) -> int:
    """Run `compile` or `check`."""
    commands = {"compile": compile_catalogue, "check": check}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("Say `python dev/messages.py compile` or `python dev/messages.py check`.", file=sys.stderr)
        return 2
    wrong = commands[arguments[0]]()
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print(f"{len(wrong)} to mend.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
