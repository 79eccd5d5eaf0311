"""Writes of the station, one file a noun; each act checks the right and stands in the journal."""

from avgust.web.programmes.actions.adoption import adopt_document, due_of
from avgust.web.programmes.actions.exceptions import end_exceptions, except_units
from avgust.web.programmes.actions.executors import (
    NO_EXECUTOR,
    NO_UNIT,
    choose_executor,
    name_executor,
    release_executor,
)

__all__ = [
    "NO_EXECUTOR",
    "NO_UNIT",
    "adopt_document",
    "choose_executor",
    "due_of",
    "end_exceptions",
    "except_units",
    "name_executor",
    "release_executor",
]
