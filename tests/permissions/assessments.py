"""Who gets what of results: a work is seen by whoever wrote it, imported where it belongs."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

UNPROCESSABLE = 422
_SEE_NOTHING = dict.fromkeys(("observer", "admin", "outsider"), NOT_PERMITTED)
_IMPORT_NOTHING = {**_SEE_NOTHING, "methodologist": NOT_PERMITTED}
# A work of the municipality: the neighbours know nothing of it.
_NEIGHBOURS = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_SEE = {**_SEE_NOTHING, **_NEIGHBOURS}
_IMPORT = {**_IMPORT_NOTHING, **_NEIGHBOURS, "head": NOT_PERMITTED}
_UPLOADS = {**_IMPORT_NOTHING, **_NEIGHBOURS, "head": NOT_FOUND}


def our_work(cast: Any) -> dict[str, Any]:
    return {"pk": _work(cast).pk}


def regional_work(cast: Any) -> dict[str, Any]:
    return {"pk": _work(cast, cast.units.region).pk}


def _work(cast: Any, unit: Any = None) -> Any:
    from avgust.web.assessments.models import Work

    return Work.objects.create(
        unit=unit or cast.units.municipality,
        title="РПР, математика, 6 класс",
        procedure="rpr",
        subject="ma",
        grade=6,
        school_year=2025,
        held_on=date(2026, 4, 15),
        added_by=cast.analyst,
    )


def our_upload(cast: Any) -> dict[str, Any]:
    from avgust.web.assessments.models import Upload

    return {"pk": Upload.objects.create(work=_work(cast), status="failed", uploaded_by=cast.analyst).pk}


def our_mapping(cast: Any) -> dict[str, Any]:
    from avgust.web.assessments.models import MappingPackage

    made = MappingPackage.objects.create(
        unit=cast.units.municipality, name="Наша таблица", package="{}", kept_by=cast.municipal_officer
    )
    return {"pk": made.pk}


def our_draft(cast: Any) -> dict[str, Any]:
    from avgust.web.assessments.drafts.models import TableDraft

    made = TableDraft.objects.create(
        work=_work(cast), name="своя.csv", size=9, sha256="0" * 64, heads=["Код"], mapping_name="Своя",
        guesses=[{"msgid": "The head says so.", "params": {}}], uploaded_by=cast.analyst,
        meanings=[{"field": "pupil", "item": "", "maximum": None}],
    )  # fmt: skip
    return {"pk": made.pk}


def _said(cast: Any) -> dict[str, Any]:
    return {
        "title": "Своя работа", "procedure": "own", "subject": "ma", "grade": 6, "held_on": "15.04.2026",
        "unit": cast.units.school.pk,
    }  # fmt: skip


LIST, WORK, UPLOAD, SEND = "assessments:list", "assessments:work", "assessments:upload", "assessments:send"
DRAFT, TABLE = "assessments:draft", "assessments:send_table"
MEND, SPECIFY, MAPPINGS = "assessments:mend", "assessments:specify", "assessments:mappings"

# A table that is not imported yet is seen by who sent it, and by nobody else.
_DRAFTS = {
    **_IMPORT_NOTHING,
    **_NEIGHBOURS,
    **dict.fromkeys(("regional_officer", "municipal_officer", "head"), NOT_FOUND),
}

ROWS = (
    Row("all works", LIST, _SEE_NOTHING),
    Row("a year and a procedure", LIST, _SEE_NOTHING, data=lambda _c: {"year": "2025", "procedure": "vpr"}),
    Row("of our municipality", WORK, _SEE, make=our_work),
    Row("of the region", WORK, _SEE_NOTHING, make=regional_work),
    Row("the form", "assessments:add", _IMPORT_NOTHING),
    Row(
        "a work of our school",
        "assessments:add",
        {**_IMPORT_NOTHING, "head": SAVED},
        others=UNPROCESSABLE,
        method="post",
        data=_said,
    ),
    Row("the workbook", "assessments:specification", _SEE, make=our_work),
    Row("the form", SPECIFY, _IMPORT, make=our_work),
    Row("no workbook", SPECIFY, _IMPORT, others=UNPROCESSABLE, method="post", make=our_work),
    Row("the form", SEND, _IMPORT, make=our_work),
    Row("no files", SEND, _IMPORT, others=UNPROCESSABLE, method="post", make=our_work),
    Row(
        "of the region, below it",
        SEND,
        {
            **_IMPORT_NOTHING,
            **dict.fromkeys(("municipal_officer", "head", "foreign_officer", "foreign_head"), NOT_PERMITTED),
        },
        others=UNPROCESSABLE,
        method="post",
        make=regional_work,
    ),
    Row("the form", TABLE, _IMPORT, make=our_work),
    Row("no table", TABLE, _IMPORT, others=UNPROCESSABLE, method="post", make=our_work),
    Row("of the sender alone", DRAFT, _DRAFTS, make=our_draft),
    Row("the check as a fragment", DRAFT, _DRAFTS, make=our_draft, htmx=True),
    Row("no answers", DRAFT, _DRAFTS, others=UNPROCESSABLE, method="post", make=our_draft),
    Row(
        "put away",
        DRAFT,
        _DRAFTS,
        others=SAVED,
        method="post",
        make=our_draft,
        data=lambda _cast: {"act": "drop"},
    ),
    Row("what became of it", UPLOAD, _UPLOADS, make=our_upload),
    Row("as a fragment", UPLOAD, _UPLOADS, make=our_upload, htmx=True),
    Row("the rows", "assessments:refused", _UPLOADS, make=our_upload),
    Row("the form", MEND, _UPLOADS, make=our_upload),
    Row("no files", MEND, _UPLOADS, others=UNPROCESSABLE, method="post", make=our_upload),
    Row("again", "assessments:again", _UPLOADS, others=SAVED, method="post", make=our_upload),
    Row("out", "assessments:withdraw", _UPLOADS, others=SAVED, method="post", make=our_upload),
    Row("all", MAPPINGS, _IMPORT_NOTHING),
    Row("no package", MAPPINGS, _IMPORT_NOTHING, others=UNPROCESSABLE, method="post"),
    Row("a package", "assessments:mapping", {**_IMPORT_NOTHING, **_NEIGHBOURS}, make=our_mapping),
)

_ANALYST = "analyst@avgust.example"
_WORK = one("assessments.Work", procedure="vpr")
_UPLOAD = one("assessments.Upload")

PAGES = (
    Page("results", LIST, who=_ANALYST),
    Page("work", WORK, _WORK, who=_ANALYST),
    Page("work-add", "assessments:add", who=_ANALYST),
    Page("specification", SPECIFY, _WORK, who=_ANALYST),
    Page("results-send", SEND, _WORK, who=_ANALYST),
    Page("results-table", TABLE, _WORK, who=_ANALYST),
    Page("results-mapping", DRAFT, one("assessments.TableDraft"), who=_ANALYST),
    Page("results-upload", UPLOAD, _UPLOAD, who=_ANALYST),
    Page("results-mend", MEND, _UPLOAD, who=_ANALYST),
    Page("mappings", MAPPINGS, who=_ANALYST),
)
