"""A `SourceDocument` as JSON and back: what may cross from a process that read a hostile file.

Nothing is trusted on the way back: texts of blocks are cut from the document by their spans, so the
invariant of the spans holds whatever was sent, and a value of a wrong type is a `ValueError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import (
    Block,
    BlockKind,
    Cell,
    EarlierClause,
    Resolution,
    SourceDocument,
    Span,
)
from avgust.domain.resolutions.readers.errors import FAULTS, ReadError
from avgust.domain.resolutions.review.codec import plain, restored

_NONE: Final = type(None)
_DEEPEST: Final = 3  # messages inside messages
_NOTHING: Final = SourceDocument("", (), "txt")  # stands for the document, which is sent apart


def encode_document(document: SourceDocument) -> bytes:
    """Return `document` as JSON in UTF-8."""
    return _dump(
        {
            "text": document.text,
            "format": document.format,
            "encoding": document.encoding,
            "pages": document.pages,
            "notes": [_message_out(note) for note in document.notes],
            "blocks": [_block_out(block) for block in document.blocks],
        }
    )


def decode_document(data: bytes) -> SourceDocument:
    """Return the document that `encode_document` wrote. Raises ValueError for anything else."""
    return _document_in(_load(data))


def encode_error(error: ReadError) -> bytes:
    """Return why a file could not be read, as JSON in UTF-8."""
    return _dump({"code": error.code, "params": _message_out(error.message)["params"]})


def decode_outcome(data: bytes) -> SourceDocument:
    """Return the document, or raise the ReadError, that was sent. Raises ValueError for anything else."""
    value = _load(data)
    if "code" not in value:
        return _document_in(value)
    code = _typed(value["code"], str)
    if code not in FAULTS:
        raise ValueError("an unknown cause of failure")
    raise ReadError(code, **_message_in({"msgid": FAULTS[code], "params": value.get("params")}).params)


def encode_resolution(resolution: Resolution) -> bytes:
    """Return `resolution` as JSON in UTF-8: the document, a line feed, what the rules said of it."""
    said = plain(replace(resolution, document=_NOTHING))
    return encode_document(resolution.document) + b"\n" + _dump(said)


def decode_parsed(data: bytes) -> Resolution:
    """Return the resolution, or raise the ReadError, that was sent. Raises ValueError for anything else."""
    head, _, said = data.partition(b"\n")
    document = decode_outcome(head)
    try:
        resolution = restored(Resolution, _load(said))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a part of the resolution is missing") from error
    if any(not 0 <= start <= end <= len(document.text) for start, end in _spans(resolution)):
        raise ValueError("a span outside the document")
    return replace(resolution, document=document)


def _spans(value: Any) -> Iterator[Span]:
    """Yield every span anywhere in `value`."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _spans(getattr(value, field.name))


def earlier_out(clauses: Iterable[EarlierClause]) -> list[Any]:
    """Return clauses of earlier documents as JSON holds them."""
    return [plain(clause) for clause in clauses]


def earlier_in(values: Iterable[Any]) -> tuple[EarlierClause, ...]:
    """Return what `earlier_out` made JSON of."""
    return tuple(restored(EarlierClause, value) for value in values)


def _document_in(value: dict[str, Any]) -> SourceDocument:
    try:
        text = _typed(value["text"], str)
        return SourceDocument(
            text=text,
            blocks=tuple(_blocks_in(text, _typed(value["blocks"], list))),
            format=_typed(value["format"], str),
            encoding=_typed(value["encoding"], str, _NONE),
            pages=_typed(value["pages"], int, _NONE),
            notes=tuple(_message_in(note) for note in _typed(value["notes"], list)),
        )
    except (KeyError, IndexError) as error:
        raise ValueError("a part of the document is missing") from error


def _block_out(block: Block) -> list[Any]:
    return [
        block.kind.value,
        *block.span,
        block.level,
        block.auto_label,
        block.bold,
        block.centered,
        block.indent,
        block.table,
        block.page,
        [[*c.span, c.column, c.colspan, c.header, c.continued] for c in block.cells],
    ]


def _blocks_in(text: str, values: Iterable[Any]) -> Iterable[Block]:
    last = 0
    for value in values:
        kind, start, end, level, label, bold, centered, indent, table, page, cells = _row(value, 11)
        span = _span_in(start, end, last, len(text))
        yield Block(
            kind=BlockKind(kind),
            text=span.of(text),
            span=span,
            level=_typed(level, int, _NONE),
            auto_label=_typed(label, str, _NONE),
            bold=_typed(bold, bool),
            centered=_typed(centered, bool),
            indent=float(_typed(indent, float, int)),
            cells=tuple(_cells_in(text, span, _typed(cells, list))),
            table=_typed(table, int, _NONE),
            page=_typed(page, int, _NONE),
        )
        last = span.end


def _cells_in(text: str, row: Span, values: Iterable[Any]) -> Iterable[Cell]:
    last = row.start
    for value in values:
        start, end, column, colspan, header, continued = _row(value, 6)
        span = _span_in(start, end, last, row.end)
        yield Cell(
            text=span.of(text),
            span=span,
            column=_typed(column, int),
            colspan=_typed(colspan, int),
            header=_typed(header, bool),
            continued=_typed(continued, bool),
        )
        last = span.end


def _span_in(start: Any, end: Any, low: int, high: int) -> Span:
    span = Span(_typed(start, int), _typed(end, int))
    if not low <= span.start <= span.end <= high:
        raise ValueError("a span lies outside its text")
    return span


def _message_out(message: Message) -> dict[str, Any]:
    params = {
        key: _message_out(value) if isinstance(value, Message) else value
        for key, value in message.params.items()
    }
    return {"msgid": message.msgid, "params": params}


def _message_in(value: Any, depth: int = 0) -> Message:
    """Return a message that is sure to render: its placeholders have their values."""
    if depth > _DEEPEST:
        raise ValueError("messages are nested too deeply")
    value = _typed(value, dict)
    params = {
        _typed(key, str): _message_in(item, depth + 1)
        if isinstance(item, dict)
        else _typed(item, str, int, float, _NONE)
        for key, item in _typed(value.get("params"), dict).items()
    }
    message = Message(_typed(value.get("msgid"), str), params)
    try:
        message.render("en")
    except (KeyError, TypeError) as error:
        raise ValueError("a message lacks a value") from error
    return message


def _row(value: Any, length: int) -> list[Any]:
    if len(_typed(value, list)) != length:
        raise ValueError("a row of another length")
    return list(value)


def _typed(value: Any, *types: type) -> Any:
    """Return `value` if it is of one of `types`; True is no number here."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ValueError(f"a value of a wrong type: {type(value).__name__}")
    return value


def _dump(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _load(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return dict(_typed(value, dict))
