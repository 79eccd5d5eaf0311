"""Who gets what of programmes: a municipality's own, and the region's, which binds everybody below."""

from __future__ import annotations

from typing import Any

from tests.permissions.documents import _uploaded, of_the_region, ours
from tests.permissions.rows import EVERYBODY, NOT_FOUND, NOT_PERMITTED, SAVED, WRONG, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_FOREIGN = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OURS = {**_NO_POST, **_FOREIGN}
_NO_DOCUMENTS = dict.fromkeys(("head", "foreign_head", "admin", "outsider"), NOT_PERMITTED)


def _programme(cast: Any, unit: Any) -> Any:
    from avgust.web.programmes.actions import adopt_document

    return adopt_document(_uploaded(cast, unit), actor=cast.regional_officer)


def our_programme(cast: Any) -> dict[str, Any]:
    return {"pk": _programme(cast, cast.units.municipality).pk}


def programme_of_the_region(cast: Any) -> dict[str, Any]:
    return {"pk": _programme(cast, cast.units.region).pk}


def our_measure(cast: Any) -> dict[str, Any]:
    return {"pk": _programme(cast, cast.units.municipality).measures.first().pk}


def measure_of_the_region(cast: Any) -> dict[str, Any]:
    return {"pk": _programme(cast, cast.units.region).measures.first().pk}


def our_adopted_document(cast: Any) -> dict[str, Any]:
    return {"pk": _programme(cast, cast.units.municipality).document_id}


PROGRAMME, MEASURE, XLSX, DOCX = (f"programmes:{name}" for name in ("programme", "measure", "xlsx", "docx"))
_NO_EXPORT = {"admin": NOT_PERMITTED}


def our_own_view(cast: Any) -> dict[str, Any]:
    """Return a view that the municipal officer keeps for herself."""
    return {"pk": _view(cast, shared=False).pk}


def our_shared_view(cast: Any) -> dict[str, Any]:
    return {"pk": _view(cast, shared=True).pk}


def _view(cast: Any, *, shared: bool) -> Any:
    from avgust.web.programmes.actions.saved_views import save_view

    programme = _programme(cast, cast.units.municipality)
    return save_view(
        programme, actor=cast.municipal_officer, name="Кадры", layout="table", query={}, shared=shared
    )


_READERS = ("regional_officer", "head", "methodologist", "analyst", "observer", "admin")

ROWS = (
    Row("ours along the year", "programmes:timeline", _NOT_OURS, make=our_programme),
    Row("the region's along the year", "programmes:timeline", _NO_POST, make=programme_of_the_region),
    Row("ours by executor", "programmes:executors", _NOT_OURS, make=our_programme),
    Row("the region's by executor", "programmes:executors", _NO_POST, make=programme_of_the_region),
    Row("views of ours", "programmes:saved_views", _NOT_OURS, make=our_programme),
    Row("views of the region's", "programmes:saved_views", _NO_POST, make=programme_of_the_region),
    Row(
        "a view for oneself",
        "programmes:saved_views",
        _NOT_OURS,
        others=SAVED,
        method="post",
        make=our_programme,
        data=lambda _c: {"name": "Кадры", "query": "?theme=staff"},
    ),
    Row(
        "a view for everybody",
        "programmes:saved_views",
        {**_NOT_OURS, **dict.fromkeys(_READERS[1:], NOT_PERMITTED)},
        others=SAVED,
        method="post",
        make=our_programme,
        data=lambda _c: {"name": "Кадры", "query": "?theme=staff", "shared": "1"},
    ),
    Row(
        "an own view of another person",
        "programmes:change_view",
        {**_NOT_OURS, **dict.fromkeys(_READERS, NOT_FOUND)},
        others=SAVED,
        method="post",
        make=our_own_view,
        data=lambda _c: {"act": "rename", "name": "Учителя"},
    ),
    Row(
        "a shared view",
        "programmes:change_view",
        {**_NOT_OURS, **dict.fromkeys(_READERS[1:], NOT_PERMITTED)},
        others=SAVED,
        method="post",
        make=our_shared_view,
        data=lambda _c: {"act": "delete"},
    ),
    Row(
        "opening in a shared view",
        "programmes:change_view",
        _NOT_OURS,
        others=SAVED,
        method="post",
        make=our_shared_view,
        data=lambda _c: {"act": "first"},
    ),
    Row(
        "an unknown act",
        "programmes:change_view",
        {**_NOT_OURS, **dict.fromkeys(_READERS, WRONG), "municipal_officer": WRONG},
        method="post",
        make=our_shared_view,
        data=lambda _c: {"act": "x"},
    ),
    Row("our municipality's as PDF", "programmes:pdf", {**_NOT_OURS, **_NO_EXPORT}, make=our_programme),
    Row("our municipality's calendar", "programmes:ics", {**_NOT_OURS, **_NO_EXPORT}, make=our_programme),
    Row("programmes", "programmes:list", _NO_POST),
    Row("our municipality's", PROGRAMME, _NOT_OURS, make=our_programme),
    Row("its table", PROGRAMME, _NOT_OURS, make=our_programme, data=lambda _c: {"q": "план"}, htmx=True),
    Row("the region's", PROGRAMME, _NO_POST, make=programme_of_the_region),
    Row("ours", MEASURE, _NOT_OURS, make=our_measure),
    Row("the region's", MEASURE, _NO_POST, make=measure_of_the_region),
    Row("our municipality's", XLSX, {**_NOT_OURS, **_NO_EXPORT}, make=our_programme),
    Row("the region's", XLSX, {**_NO_POST, **_NO_EXPORT}, make=programme_of_the_region),
    Row("our municipality's", DOCX, {**_NOT_OURS, **_NO_EXPORT}, make=our_programme),
    Row(
        "our municipality's",
        "programmes:adopt",
        {
            **_NO_DOCUMENTS,
            **dict.fromkeys(("methodologist", "analyst", "observer"), NOT_PERMITTED),
            "foreign_officer": NOT_FOUND,
        },
        others=SAVED,
        method="post",
        make=ours,
    ),
    Row(
        "the region's",
        "programmes:adopt",
        {
            **_NO_DOCUMENTS,
            **dict.fromkeys(("municipal_officer", "methodologist", "observer", "foreign_officer"), NOT_FOUND),
            "analyst": NOT_PERMITTED,
        },
        others=SAVED,
        method="post",
        make=of_the_region,
    ),
    Row(
        "ours",
        "programmes:choose",
        {
            **_NOT_OURS,
            **dict.fromkeys(("head", "methodologist", "analyst", "observer", "admin"), NOT_PERMITTED),
        },
        others=SAVED,
        method="post",
        make=our_measure,
        data=lambda _c: {"act": "release", "executor": "1"},
    ),
    Row(
        "the region's",
        "programmes:choose",
        {
            **dict.fromkeys(EVERYBODY[1:], NOT_PERMITTED),
            "regional_officer": SAVED,
        },
        method="post",
        make=measure_of_the_region,
    ),
    Row("ours", "programmes:of_document", _NOT_OURS, others=SAVED, make=our_adopted_document),
)

PAGES = (
    Page("programmes", "programmes:list"),
    Page("programme", PROGRAMME, one("programmes.Programme"), guide=True),
    Page("programme-filtered", PROGRAMME, one("programmes.Programme"), query="?theme=staff&sort=-due"),
    Page("programme-timeline", "programmes:timeline", one("programmes.Programme"), guide=True),
    Page("programme-executors", "programmes:executors", one("programmes.Programme")),
    Page("programme-saved-views", "programmes:saved_views", one("programmes.Programme")),
    Page("measure", MEASURE, one("programmes.Measure", executors__exceptions__added=False), guide=True),
    Page("measure-plain", MEASURE, one("programmes.Measure")),
)
