"""Who did what, when and why: append-only, written in the transaction of the act itself."""

from typing import TYPE_CHECKING

from avgust.web.audit.codes import LogCode, declare

if TYPE_CHECKING:
    from avgust.web.audit.actions import record

__all__ = ["LogCode", "declare", "record"]


def __getattr__(name: str) -> object:
    """Import `record` on first use: it needs the models, which this package's import comes before."""
    if name == "record":
        from avgust.web.audit.actions import record  # noqa: PLC0415

        return record
    raise AttributeError(name)
