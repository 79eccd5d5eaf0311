"""Who did what, when and why: append-only, written in the transaction of the act itself."""

from typing import TYPE_CHECKING

from avgust.web.audit.codes import LogCode, choice_values, declare, name_values, word_values

if TYPE_CHECKING:
    from avgust.web.audit.actions import Act, record, record_all

__all__ = [
    "Act",
    "LogCode",
    "choice_values",
    "declare",
    "name_values",
    "record",
    "record_all",
    "word_values",
]


def __getattr__(name: str) -> object:
    """Import what writes on first use: it needs the models, which this package's import comes before."""
    if name in ("Act", "record", "record_all"):
        from avgust.web.audit import actions  # noqa: PLC0415

        return getattr(actions, name)
    raise AttributeError(name)
