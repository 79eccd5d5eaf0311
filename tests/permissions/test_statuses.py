"""Person × address × status of the subject: each row of the matrix again in every status its subject can have.

What a status changes is said in `OTHERWISE` and `DONE_IN`; where nothing is said, the row holds as it stands. An address of a
document or a measure that is in neither list below fails the last test.
"""

from __future__ import annotations

from typing import Any, Final

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from tests.permissions import rows
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Row
from tests.permissions.tables import ROWS

CONFLICT, UNPROCESSABLE = 409, 422
DOCUMENT, MEASURE, ASSIGNMENT = "documents.Document", "programmes.Measure", "control.Assignment"

# The model that the number of an address names, where the model has a status.
SUBJECTS: Final[dict[str, str]] = {
    **{row.url: DOCUMENT for row in ROWS if row.url.startswith("documents:")},
    "programmes:adopt": DOCUMENT,
    "programmes:of_document": DOCUMENT,
    "decisions:of_document": DOCUMENT,
    "control:measure": MEASURE,
    "control:requirement": MEASURE,
    "control:start": MEASURE,
    "projects:project": MEASURE,
    "projects:act": MEASURE,
    "projects:project_ics": MEASURE,
    "acts:demand": MEASURE,
    **{f"control:{name}": ASSIGNMENT for name in ("assignment", "act", "report", "give")},
    **{
        f"programmes:{name}": MEASURE
        for name in (
            "measure", "choose", "edit", "involve", "status", "links", "link", "answers_of_measure",
        )
    },
}  # fmt: skip
# Addresses with a number whose subject has no status: a programme, an executor, a view, a clause, a paper.
WITHOUT: frozenset[str] = frozenset(
    f"programmes:{name}"
    for name in (
        "programme", "timeline", "executors", "saved_views", "change_view", "xlsx", "docx", "pdf", "ics",
        "out_of_force", "matrix", "answers_of_place", "decide_answer", "clauses", "add", "understood", "whom",
        "except",
    )
) | {"control:programme", "control:evidence", "control:picture", "control:errand"}  # fmt: skip
# Of a decision the document has the status, of an act or a milestone the rows of its own table name it.
WITHOUT |= {
    *(f"decisions:{name}" for name in ("decision", "link", "unlink", "cause", "edit_cause", "delete_cause")),
    *(f"acts:{name}" for name in ("template", "edit_template", "stage", "begin")),
    *(f"acts:{name}" for name in ("act", "fill", "renew", "move", "adopt", "draft", "file")),
    *(
        f"projects:{name}"
        for name in (
            "changes", "changes_docx", "add_milestone", "add_line", "add_risk", "milestone", "edit_milestone",
            "decide", "edit_line", "edit_risk", "proof", "plan_files", "plan_file", "plan_write", "plan_undo",
            "plan_drop", "plan_package", "plan_keep", "roadmap_drop", "roadmap_apply", "roadmap_of_project",
        )
    ),
}  # fmt: skip
_BELOW_THE_REGION = ("municipal_officer", "methodologist", "observer", "foreign_officer")
# An adopted document binds everybody below its unit, so they read it; under review it is the office's own.
_READ_BELOW = dict.fromkeys(_BELOW_THE_REGION, OK)
_HIDDEN_BELOW = dict.fromkeys(_BELOW_THE_REGION, NOT_FOUND)
# What is adopted is no longer corrected: the answer says so to who could.
_TOO_LATE = dict.fromkeys(("regional_officer", "municipal_officer", "methodologist"), CONFLICT)
_NOT_IN_FORCE = dict.fromkeys(("regional_officer", "municipal_officer"), UNPROCESSABLE)

# (address, row, status) → who gets something else than the row says.
STATIONS: Final = ("documents", "programmes", "control", "decisions", "projects", "acts")
OTHERWISE: Final[dict[tuple[str, str, str], dict[str, int]]] = {
    ("documents:correct", "a correction", "adopted"): _TOO_LATE,
    ("documents:correct", "a correction in a fragment", "adopted"): _TOO_LATE,
    ("documents:undo", "undo", "adopted"): _TOO_LATE,
    ("documents:redo", "redo", "adopted"): _TOO_LATE,
    ("documents:review", "the region's under review", "adopted"): _READ_BELOW,
    ("documents:whom", "the region's under review", "adopted"): _READ_BELOW,
    ("documents:file", "the region's under review", "adopted"): _READ_BELOW,
    ("documents:review", "the region's adopted", "reviewing"): _HIDDEN_BELOW,
    ("documents:correct", "a correction of the region's adopted", "reviewing"): {
        **_HIDDEN_BELOW,
        "regional_officer": SAVED,
    },
    ("programmes:edit", "a change of ours", "cancelled"): _NOT_IN_FORCE,
    ("programmes:edit", "a change of ours", "merged"): _NOT_IN_FORCE,
    ("programmes:adopt", "the region's", "adopted"): dict.fromkeys(_BELOW_THE_REGION, NOT_PERMITTED),
    # The choice before adoption leads on to the programme, once there is one.
    ("programmes:adopt", "the choice for our municipality's", "adopted"): dict.fromkeys(
        ("regional_officer", "municipal_officer"), SAVED
    ),
}

# What each act on an assignment may find it in; in any other status who has the right is told so.
_OWED = ("open", "returned")
_LIVE = (*_OWED, "waiting", "reported", "suspended")
DONE_IN: Final[dict[str, tuple[str, ...]]] = {
    "accept": ("reported",),
    "return": ("reported",),
    "reopen": ("accepted",),
    "suspend": (*_OWED, "waiting"),
    "resume": ("suspended",),
    "take_off": _LIVE,
    "put_back": ("removed",),
    "withdraw": ("reported",),
    "interim": (*_OWED, "suspended"),
    "ask_extension": _OWED,
}


def _expected(row: Row, status: str, person: str) -> int | str:
    usual = OTHERWISE.get((row.url, row.name, status), {}).get(person, row.status_for(person))
    if usual not in {OK, SAVED, UNPROCESSABLE}:
        return usual  # no right: no status gives it
    act = row.data(None).get("act") if row.url == "control:act" else None
    if act is not None:
        return SAVED if status in DONE_IN[act] else UNPROCESSABLE
    if row.url == "control:report" and row.method == "get":
        return OK if status in _OWED else SAVED  # back to the card
    if row.url == "control:report" and row.data(None).get("do") == "send" and status not in _OWED:
        return SAVED
    return usual


def _cases() -> list[Any]:
    return [
        pytest.param(row, SUBJECTS[row.url], status, id=f"{row.id}: {status}")
        for row in ROWS
        if row.url in SUBJECTS
        for status, _ in apps.get_model(SUBJECTS[row.url])._meta.get_field("status").flatchoices
    ]


@pytest.mark.parametrize(("row", "label", "status"), _cases())
def test_row_in_status(row: Row, label: str, status: str, cast: Any, signed_in: Any) -> None:
    at = row.make(cast)
    subject = apps.get_model(label)._default_manager.filter(pk=at.get("pk"))
    if not subject.exclude(status=status).exists():
        return  # no subject, or in this status already: the matrix itself has it
    subject.update(status=status)
    headers = {"HX-Request": "true"} if row.htmx else {}
    got, expected = {}, {}
    for person in rows.EVERYBODY:
        client = signed_in(None if person == "signed_out" else cast.people()[person])
        with transaction.atomic():
            response = getattr(client, row.method)(
                reverse(row.url, kwargs=at), row.data(cast), headers=headers
            )
            transaction.set_rollback(True)
        led_to = response.headers.get("HX-Redirect" if row.htmx else "Location", "")
        to_sign_in = led_to.startswith(reverse("account_login"))
        got[person] = rows.SIGN_IN if to_sign_in else response.status_code
        expected[person] = _expected(row, status, person)
    assert got == expected


def test_every_address_with_a_number_is_listed() -> None:
    numbered = {
        f"{resolver.namespace}:{entry.name}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.namespace in STATIONS
        for entry in resolver.url_patterns
        if "<int:pk>" in str(entry.pattern)
    }
    assert numbered - SUBJECTS.keys() - WITHOUT == set(), "Add them to SUBJECTS or WITHOUT of this file."
