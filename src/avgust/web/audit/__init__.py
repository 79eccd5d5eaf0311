"""Who did what, when and why: append-only, written in the transaction of the act itself."""

from avgust.web.audit.codes import LogCode, declare

__all__ = ["LogCode", "declare", "record"]


def __getattr__(name: str) -> object:
    """Import `record` on first use: it needs the models, which this package's import comes before."""
    if name == "record":
        from avgust.web.audit.actions import record  # noqa: PLC0415

        return record
    raise AttributeError(name)
