"""Writes of the station, one file a noun; each act checks the right and stands in the journal."""

from avgust.web.programmes.actions.adoption import adopt_document
from avgust.web.programmes.actions.answers import (
    NO_ANSWER,
    decide_answer,
    make_answer,
    suggest_answers,
    undo_answer,
)
from avgust.web.programmes.actions.exceptions import end_exceptions, except_units
from avgust.web.programmes.actions.executors import (
    NO_EXECUTOR,
    NO_UNIT,
    choose_executor,
    name_executor,
    release_executor,
)
from avgust.web.programmes.actions.involving import involve, name_person, people_for, uninvolve
from avgust.web.programmes.actions.links import (
    NO_CLAUSE,
    link_clauses,
    merge_measures,
    part_measures,
    unlink_clause,
)
from avgust.web.programmes.actions.measures import (
    Overtaken,
    Wording,
    add_measure,
    cancel_measure,
    edit_measure,
    restore_measure,
)
from avgust.web.programmes.actions.values import due_of

__all__ = [
    "NO_ANSWER",
    "NO_CLAUSE",
    "NO_EXECUTOR",
    "NO_UNIT",
    "Overtaken",
    "Wording",
    "add_measure",
    "adopt_document",
    "cancel_measure",
    "choose_executor",
    "decide_answer",
    "due_of",
    "edit_measure",
    "end_exceptions",
    "except_units",
    "involve",
    "link_clauses",
    "make_answer",
    "merge_measures",
    "name_executor",
    "name_person",
    "part_measures",
    "people_for",
    "release_executor",
    "restore_measure",
    "suggest_answers",
    "undo_answer",
    "uninvolve",
    "unlink_clause",
]
