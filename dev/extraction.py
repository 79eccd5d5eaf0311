"""Finds every sentence of the project that a reader sees: in Python by its syntax tree, in templates by tags.

`xgettext` is not on a bare machine, so this reads the sources itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

# function → positions of (msgid, plural, context) among its arguments
FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "mark": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "Message": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
SKIPPED = {"tests", "migrations", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of the sources and where it stands; `fault` says why it cannot be translated."""

    msgid: str
    plural: str
    context: str
    place: str
    fault: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what a catalogue knows the sentence by."""
        return self.context, self.msgid


def sources(root: Path) -> Iterator[Path]:
    """Yield the files of `root` that may hold sentences, without tests and migrations."""
    for path in sorted(root.rglob("*")):
        template = path.suffix in {".html", ".txt"} and "templates" in path.parts
        if (template or path.suffix == ".py") and not SKIPPED & set(path.relative_to(root).parts[:-1]):
            yield path


def extract(root: Path) -> list[Found]:
    """Return every sentence under `root`."""
    found: list[Found] = []
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        reader = from_python if path.suffix == ".py" else from_template
        found.extend(reader(text, str(path.relative_to(root.parent))))
    return found


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _function(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def from_python(text: str, place: str) -> Iterator[Found]:
    """Yield the sentences of a module; one that is put together at run time is a fault."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        yield Found("", "", "", f"{place}:{error.lineno}", "not Python, so its sentences are unknown")
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _function(node) not in FUNCTIONS:
            continue
        at, plural_at, context_at = FUNCTIONS[_function(node)]
        arguments = dict(enumerate(node.args))
        where = f"{place}:{node.lineno}"
        msgid = _literal(arguments.get(at))
        if msgid is None:
            if isinstance(arguments.get(at), (ast.JoinedStr, ast.BinOp)):
                yield Found("", "", "", where, "a sentence put together at run time cannot be translated")
            continue
        plural = _literal(arguments.get(plural_at)) if plural_at is not None else None
        context = _literal(arguments.get(context_at)) if context_at is not None else None
        if msgid:
            yield Found(msgid, plural or "", context or "", where)


def _unquoted(text: str) -> str:
    return text[1:-1].replace(r"\"", '"').replace(r"\'", "'")


def _trimmed(text: str, trim: bool) -> str:
    return re.sub(r"\s*\n\s*", " ", text.strip()) if trim else text


def from_template(text: str, place: str) -> Iterator[Found]:
    """Yield the sentences of a template: `translate`, `blocktranslate` and `_("…")`."""
    block: dict[str, str] | None = None
    for token in Lexer(text).tokenize():
        where = f"{place}:{token.lineno}"
        if block is not None:
            if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
                trim = bool(block["trim"])
                yield Found(
                    _trimmed(block["one"], trim),
                    _trimmed(block["many"], trim),
                    block["context"],
                    block["place"],
                )
                block = None
            elif token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
                block["into"] = "many"
            elif token.token_type == TokenType.VAR:
                block[block["into"]] += f"%({token.contents.split('|')[0]})s"
            elif token.token_type == TokenType.TEXT:
                block[block["into"]] += token.contents.replace("%", "%%")
            continue
        if token.token_type == TokenType.BLOCK:
            block = _opened(token.contents, where)
            yield from _inline(token.contents, where)
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for constant in constant_re.findall(token.contents):
                yield Found(_unquoted(constant), "", "", where)


def _opened(contents: str, where: str) -> dict[str, str] | None:
    """Return the collector of a `blocktranslate` that begins here."""
    match = block_re.match(contents)
    if not match:
        return None
    return {
        "one": "",
        "many": "",
        "into": "one",
        "context": _unquoted(match[2]) if match[2] else "",
        "trim": "trimmed" if "trimmed" in contents.split() else "",
        "place": where,
    }


def _inline(contents: str, where: str) -> Iterator[Found]:
    """Yield the sentence of a `translate` tag."""
    match = inline_re.match(contents)
    if match and not block_re.match(contents):
        msgid = _unquoted(match[1]).replace("%", "%%")
        yield Found(msgid, "", _unquoted(match[3]) if match[3] else "", where)
