"""Search by words over the journal: by their beginnings, without case and ё, the same on both databases.

Both look into an index: PostgreSQL into a GIN index of words, SQLite into a table of FTS5 beside the column,
which triggers keep (`triggers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from avgust.web.ui.search import normalised

if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField

_WORD: Final = re.compile(r"[^\W_]+")
LONGEST: Final = 4000


def words_of(text: str) -> list[str]:
    """Return the words of `text` as they are kept and asked for."""
    return _WORD.findall(normalised(text))


def kept_words(texts: Iterable[str]) -> str:
    """Return the column's value: each word once, with a space on both sides."""
    found = dict.fromkeys(word for text in texts for word in words_of(text))
    return f" {' '.join(found)} "[:LONGEST]


class WordsField(_TextField):
    """A column of words, asked with `text__words="оба слова"`."""


@WordsField.register_lookup
class HasWords(models.Lookup):
    """Every word of the question begins a word of the column."""

    lookup_name = "words"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the table of words."""
        query = " AND ".join(f'"{word}"*' for word in words_of(self.rhs))
        if not query:
            return "1 = 1", []
        column, values = self.process_lhs(compiler, connection)
        number = f"{column.rpartition('.')[0]}.entry_id"
        return f"{number} IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", [*values, query]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Ask the index of words."""
        column, values = self.process_lhs(compiler, connection)
        query = " & ".join(f"'{word}':*" for word in words_of(self.rhs))
        if not query:
            return "TRUE", []
        return f"{INDEXED % column} @@ %s::tsquery", [*values, query]


INDEX: Final = "audit_words_index"
INDEXED: Final = "array_to_tsvector(string_to_array(trim(%s), ' '))"
