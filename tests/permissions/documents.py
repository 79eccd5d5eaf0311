"""Who gets what of documents: a municipality's under review, the region's under review and adopted."""

from __future__ import annotations

from typing import Any

from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row, one

CONFLICT, UNPROCESSABLE, NOTHING_NEW = 409, 422, 204
TEXT = """РЕЗОЛЮЦИЯ
совещания Заозёрного муниципального округа

27 августа 2025 года

РЕШИЛИ:

1. Управлению образования Заозёрного округа:
1.1. Утвердить план наставничества до 1 октября 2025 года.
1.2. Провести семинар наставников до 1 декабря 2025 года.
"""

# Sees no documents at all, at no unit.
_NO_RIGHT = dict.fromkeys(("head", "foreign_head", "admin", "outsider"), NOT_PERMITTED)
_READERS_ABOVE = ("regional_officer", "analyst")
_OURS = ("municipal_officer", "methodologist", "observer")
_NOT_OURS = {**_NO_RIGHT, "foreign_officer": NOT_FOUND}
_ONLY_READ = dict.fromkeys(("analyst", "observer"), NOT_PERMITTED)
_OF_THE_REGION = {**_NO_RIGHT, **dict.fromkeys((*_OURS, "foreign_officer"), NOT_FOUND)}


def _uploaded(cast: Any, unit: Any) -> Any:
    from avgust.web.documents.actions import upload_document

    done = upload_document(actor=cast.regional_officer, unit=unit, name="резолюция.txt", data=TEXT.encode())
    return done.document


def ours(cast: Any) -> dict[str, Any]:
    return {"pk": _uploaded(cast, cast.units.municipality).pk}


def of_the_region(cast: Any) -> dict[str, Any]:
    return {"pk": _uploaded(cast, cast.units.region).pk}


def adopted_by_the_region(cast: Any) -> dict[str, Any]:
    document = _uploaded(cast, cast.units.region)
    document.status = document.Status.ADOPTED
    document.save()
    return {"pk": document.pk}


def _file(_cast: Any) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {"file": SimpleUploadedFile("приказ.txt", TEXT.encode())}


REVIEW, CORRECT, UNDO = "documents:review", "documents:correct", "documents:undo"
_CONFIRM = {"act": "confirm", "clause": "c1", "version": "0"}
_NOWHERE = dict.fromkeys((*_READERS_ABOVE, *_OURS, "foreign_officer"), NOT_FOUND)

ROWS = (
    Row("documents", "documents:list", _NO_RIGHT),
    Row("a search", "documents:list", _NO_RIGHT, data=lambda _c: {"q": "план", "status": "adopted"}),
    Row(
        "a file",
        "documents:upload",
        {**_NO_RIGHT, **_ONLY_READ},
        others=SAVED,
        method="post",
        data=_file,
    ),
    Row("nothing", "documents:upload", {**_NO_RIGHT, **_ONLY_READ}, others=UNPROCESSABLE, method="post"),
    Row("our municipality's", REVIEW, _NOT_OURS, make=ours),
    Row("a clause of it", REVIEW, _NOT_OURS, make=ours, data=lambda _c: {"clause": "c1"}, htmx=True),
    Row("the region's under review", REVIEW, _OF_THE_REGION, make=of_the_region),
    Row("the region's adopted", REVIEW, _NO_RIGHT, make=adopted_by_the_region),
    Row("not there", REVIEW, {**_NO_RIGHT, **_NOWHERE}, make=lambda _c: {"pk": 10**9}),
    Row(
        "a correction",
        CORRECT,
        {**_NOT_OURS, **_ONLY_READ},
        others=SAVED,
        method="post",
        make=ours,
        data=lambda _c: _CONFIRM,
    ),
    Row(
        "a correction in a fragment",
        CORRECT,
        {**_NOT_OURS, **_ONLY_READ},
        others=OK,
        method="post",
        make=ours,
        data=lambda _c: _CONFIRM,
        htmx=True,
    ),
    Row(
        "a correction of the region's adopted",
        CORRECT,
        {
            **_NO_RIGHT,
            **dict.fromkeys((*_OURS, "foreign_officer", "analyst"), NOT_PERMITTED),
            "regional_officer": CONFLICT,
        },
        method="post",
        make=adopted_by_the_region,
        data=lambda _c: _CONFIRM,
    ),
    Row(
        "the words of a deadline",
        "documents:understood",
        _NOT_OURS,
        make=ours,
        data=lambda _c: {"deadline": "до 1 мая"},
    ),
    Row("whom a clause binds", "documents:whom", _NOT_OURS, make=ours, data=lambda _c: {"clause": "c1"}),
    Row(
        "the region's under review",
        "documents:whom",
        _OF_THE_REGION,
        make=of_the_region,
        data=lambda _c: {"clause": "c1"},
    ),
    Row("undo", UNDO, {**_NOT_OURS, **_ONLY_READ}, others=SAVED, method="post", make=ours),
    Row("redo", "documents:redo", {**_NOT_OURS, **_ONLY_READ}, others=SAVED, method="post", make=ours),
    Row(
        "what changed",
        REVIEW,
        _NOT_OURS,
        others=NOTHING_NEW,
        make=ours,
        data=lambda _c: {"news": "1", "version": "0"},
        htmx=True,
    ),
    Row(
        "our municipality's",
        "documents:describe",
        {**_NOT_OURS, **_ONLY_READ},
        others=SAVED,
        method="post",
        make=ours,
        data=lambda _c: {"title": "Резолюция", "adopted_on": "2025-08-28"},
    ),
    Row(
        "our municipality's",
        "documents:delete",
        {**_NOT_OURS, **_ONLY_READ, "methodologist": NOT_PERMITTED},
        others=SAVED,
        method="post",
        make=ours,
    ),
    Row("our municipality's", "documents:file", _NOT_OURS, make=ours),
    Row("the region's under review", "documents:file", _OF_THE_REGION, make=of_the_region),
    Row("our municipality's", "documents:gold", _NOT_OURS, make=ours),
)

_REVIEWED = one("documents.Document", status="reviewing")

PAGES = (
    Page("documents", "documents:list", guide=True),
    Page("documents-found", "documents:list", query="?q=проект"),
    Page("review", REVIEW, _REVIEWED, guide=True),
    Page("whom", "documents:whom", _REVIEWED, query="?clause=c1"),
    Page("review-adopted", REVIEW, one("documents.Document", status="adopted")),
)
