"""Columns for search and order that read Russian as people do, the same on both databases.

Neither database folds ё into е, SQLite orders by code points, and «№ 10» comes before «№ 2» in both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models.lookups import Contains

_SPACE: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\d+")
_MARKS: Final = re.compile(r"[«»„“”\"']")


def normalised(text: str) -> str:
    """Return `text` as it is searched: no case, ё as е, no quotation marks, one space between words."""
    return _SPACE.sub(" ", _MARKS.sub("", text.casefold().replace("ё", "е"))).strip()


def order_key(text: str) -> str:
    """Return a key that orders `text` as a person would: letters without case, numbers by size."""
    return _NUMBER.sub(lambda number: number[0].zfill(6), normalised(text))


if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
else:
    _CharField = models.CharField


class _DerivedField(_CharField):
    """A column computed from other fields of its row whenever the row is saved or bulk created."""

    def __init__(self, *sources: str, **options: Any) -> None:
        self.sources = sources
        options.setdefault("max_length", 1000)
        super().__init__(**{**options, "editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Keep the sources in migrations."""
        name, path, _args, options = super().deconstruct()
        options.pop("editable", None)
        options.pop("default", None)
        return name, path, self.sources, options

    def derive(self, texts: list[str]) -> str:
        """Return the column's value from the texts of its sources."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the column; `QuerySet.update` does not come here, so update the sources through `save`."""
        texts = [str(getattr(model_instance, source) or "") for source in self.sources]
        value = self.derive(texts)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class SearchField(_DerivedField):
    """What a search for words looks into: `SearchField("name", "short_name")`."""

    def derive(self, texts: list[str]) -> str:
        """Return the normalised texts, parted so that a search never matches across two of them."""
        return " | ".join(filter(None, map(normalised, texts)))


@SearchField.register_lookup
class Holds(Contains):
    """`contains` of a column that is normalised: SQLite looks for the letters itself.

    Its LIKE is ours, in Python (`avgust.web.ui.sqlite`), and is called for each row.
    """

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return the condition with SQLite's own search for a text in a text."""
        column, params = self.process_lhs(compiler, connection)
        return f"instr({column}, %s) > 0", [*params, self.rhs]


class OrderField(_DerivedField):
    """What a list is ordered by: `OrderField("name")`."""

    def derive(self, texts: list[str]) -> str:
        """Return the key of the first source that has a text."""
        return order_key(next(filter(None, texts), ""))


def words_filter(column: str, query: str) -> models.Q:
    """Return the condition that every word of `query` stands in the search column, in any order."""
    found = models.Q()
    for word in normalised(query).split():
        found &= models.Q(**{f"{column}__contains": word})
    return found
