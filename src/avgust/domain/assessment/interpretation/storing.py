"""Readings and sums as bytes, so that what was computed once is read and not computed again.

Values of dataclasses become JSON by their declared types, tables of sums become arrays in a file of numpy.
Nothing here can run code when it is read: no pickle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from io import BytesIO
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from avgust.domain.assessment.interpretation.results import GroupTable, Sums
from avgust.domain.assessment.interpretation.work import Work

_Kept = TypeVar("_Kept")
_SUMS: Final = ("items", "topics", "total")  # columns are items, topics, one
_COUNTS: Final = ("marks", "journal", "apart")


def to_json(value: Any) -> bytes:
    """Return a reading as JSON; nan stays nan."""
    return json.dumps(_plain(value), ensure_ascii=False).encode()


def from_json(kind: type[_Kept], data: bytes) -> _Kept:
    """Return the reading of this type that `to_json` wrote."""
    made: _Kept = _built(kind, json.loads(data))
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple | list) else value


def _built(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _built(next(one for one in inner if one is not NoneType), value)
    if origin is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_built(one, item) for one, item in zip(kinds, value, strict=True))
    if origin is np.ndarray:
        return np.array(value, dtype=get_args(inner[1])[0])
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _built(hints[name], one) for name, one in value.items()})
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def arrays_of(table: GroupTable) -> dict[str, Any]:
    """Return a table of sums as arrays; the names of its groups are one of them."""
    found: dict[str, Any] = {"names": np.array(table.names, dtype=np.str_)}
    for name in _SUMS:
        sums: Sums = getattr(table, name)
        found |= {f"{name}.{part}": getattr(sums, part) for part in ("n", "total", "squares")}
    return found | {name: getattr(table, name) for name in _COUNTS}


def table_of(work: Work, arrays: Mapping[str, Any]) -> GroupTable:
    """Return the table that `arrays_of` took apart."""

    def sums(name: str) -> Sums:
        return Sums(*(arrays[f"{name}.{part}"] for part in ("n", "total", "squares")))

    names = tuple(str(name) for name in arrays["names"])
    counts = (arrays[name] for name in _COUNTS)
    return GroupTable(work, names, sums("items"), sums("topics"), sums("total"), *counts)


def packed(**arrays: Any) -> bytes:
    """Return named arrays as one compressed file."""
    out = BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the arrays of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as found:
        return {name: found[name] for name in found.files}
