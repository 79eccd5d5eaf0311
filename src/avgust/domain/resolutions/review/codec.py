"""The pipeline's values as JSON and back, without loss.

A reading is kept as it was made (a newer parser must not change what people already checked), and a
correction keeps the values that its author saw. Defaults are left out, so that a stored reading stays
small and an added field of the model does not break old ones.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import Span

T = TypeVar("T")
Decoder = Callable[[Any], Any]

_SCALARS = (str, int, float, bool)
_DATE = "$date"
_MESSAGE = "$message"


def plain(value: Any) -> Any:
    """Return `value` made of dicts, lists, strings, numbers, booleans and None only.

    A value of a kind that JSON cannot hold is kept as its text: nothing that a finder puts into a
    sentence may stop a document from being stored.
    """
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: write(getattr(value, name)) for name, write in _writers(value)}
    return str(value)


def _writers(value: Any) -> list[tuple[str, Decoder]]:
    """Return the fields of `value` that differ from their default, each with its writer."""
    return [
        (name, _free if free else plain)
        for name, default, free in _shape(cast("Any", type(value)))
        if getattr(value, name) != default
    ]


@lru_cache(maxsize=128)
def _shape(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """Return (name, default, typed as Any) of the fields of a dataclass."""
    hints = get_type_hints(kind)
    return tuple((f.name, _default(f), _is_free(hints[f.name])) for f in fields(kind))


def _default(field: Any) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _is_free(hint: Any) -> bool:
    """True for a field whose type says nothing: its values carry their own mark."""
    return hint is Any or hint == dict[str, Any]


def _free(value: Any) -> Any:
    """Write a value of unknown type so that it can be told from plain JSON."""
    if isinstance(value, Message):
        return {_MESSAGE: [value.msgid, _free(value.params)]}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, dict):
        return {str(key): _free(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_free(item) for item in value]
    return plain(value)


def _freed(data: Any) -> Any:
    """Read what `_free` wrote; sequences come back as tuples."""
    if isinstance(data, dict):
        if _MESSAGE in data:
            msgid, params = data[_MESSAGE]
            return Message(msgid, _freed(params))
        if _DATE in data:
            return date.fromisoformat(data[_DATE])
        return {key: _freed(item) for key, item in data.items()}
    return tuple(_freed(item) for item in data) if isinstance(data, list) else data


def restored(kind: type[T], data: Any) -> T:
    """Return the value of type `kind` that `plain` wrote as `data`.

    Raises ValueError, KeyError or TypeError for data of another shape; unknown keys are passed over.
    """
    return cast("T", _decoder(cast("Any", kind))(data))


@lru_cache(maxsize=256)
def _decoder(hint: Any) -> Decoder:
    """Return the reader for a type hint, worked out once for each type."""
    origin = get_origin(hint)
    if _is_free(hint):
        return _freed
    if origin in (Union, types.UnionType):
        return _optional(hint)
    if origin is tuple:
        item = _decoder(get_args(hint)[0])
        return lambda data: tuple([item(part) for part in data])
    if hint is Span:
        return _span
    if hint is date:
        return date.fromisoformat
    if hint in _SCALARS:
        return _scalar(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if is_dataclass(hint):
        return _dataclass(cast("type", hint))
    return lambda data: data


def _span(data: Any) -> Span:
    start, end = data
    if type(start) is not int or type(end) is not int:
        raise ValueError("a span that is no pair of whole numbers")
    return Span(start, end)


def _scalar(kind: type) -> Decoder:
    """Return the reader of a text, a number or a truth, which lets nothing else pass."""
    allowed = (float, int) if kind is float else (kind,)

    def read(data: Any) -> Any:
        if type(data) not in allowed:
            raise ValueError(f"{kind.__name__} was awaited, not {type(data).__name__}")
        return data

    return read


def _optional(hint: Any) -> Decoder:
    """Return the reader of `X | None`."""
    (kind,) = (argument for argument in get_args(hint) if argument is not type(None))
    read = _decoder(kind)
    return lambda data: None if data is None else read(data)


def _dataclass(kind: type) -> Decoder:
    """Return the reader of a dataclass. Its fields are looked up late, for a type that holds itself."""
    readers: dict[str, Decoder] = {}

    def read(data: dict[str, Any]) -> Any:
        if not readers:
            hints = get_type_hints(kind)
            readers.update({f.name: _decoder(hints[f.name]) for f in fields(kind)})
        return kind(**{name: readers[name](part) for name, part in data.items() if name in readers})

    return read
