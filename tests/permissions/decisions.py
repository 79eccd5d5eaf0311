"""Who gets what of decisions: under review they are the office's own, adopted ones bind everybody below."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.programmes import our_measure
from tests.permissions.rows import NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_FOREIGN = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OURS = {**_NO_POST, **_FOREIGN}  # adopted ones: everybody of the territory reads
_HIDDEN = {**_NOT_OURS, "head": NOT_FOUND, "admin": NOT_FOUND}  # under review: who sees documents
_LOOKING = dict.fromkeys(("analyst", "observer"), NOT_PERMITTED)
_PREPARERS = {**_HIDDEN, **_LOOKING}
_PREPARERS_OF_ADOPTED = {**_NOT_OURS, **_LOOKING, **dict.fromkeys(("head", "admin"), NOT_PERMITTED)}
_PREPARERS_ANYWHERE = dict.fromkeys(
    ("head", "foreign_head", "analyst", "observer", "admin", "outsider"), NOT_PERMITTED
)
_NO_EXPORT = dict.fromkeys(("outsider", "admin"), NOT_PERMITTED)
_REFUSED = 422
_SEEN = {
    "kind": "case", "words": "Меню не размещено на сайте.", "observed_on": "14.10.2025", "source": "Акт № 4",
}  # fmt: skip
_TYPED = {
    "genre": "minutes", "held_on": "15.10.2025", "title": "совещания", "rows": "1",
    "c-0-text": "Разместить меню на сайтах школ", "c-0-executors": "руководители школ",
    "c-0-deadline": "до 1 декабря 2025 года",
}  # fmt: skip


def cause(cast: Any) -> Any:
    """A cause that our municipality recorded."""
    from avgust.web.decisions.models import Cause

    return Cause.objects.create(
        unit=cast.units.municipality, kind="case", words="Меню не размещено на сайте.",
        observed_on=date(2025, 10, 14), source="Акт № 4", recorded_by=cast.methodologist,
    )  # fmt: skip


def typed(cast: Any, *, adopted: bool = False) -> Any:
    """A decision of our municipality that the methodologist typed, on the cause."""
    from avgust.domain.decisions.minutes import Genre, TypedClause, TypedDecision
    from avgust.web.decisions.actions import Kept, type_decision
    from avgust.web.programmes.actions import adopt_document

    clause = TypedClause("Разместить меню на сайтах школ", "руководители школ", "до 1 декабря 2025 года")
    said = TypedDecision(
        Genre.MINUTES, "совещания", cast.units.municipality.name, date(2025, 10, 15), (clause,), "4"
    )
    made = type_decision(
        said, Kept({0: [cause(cast)]}, {}), actor=cast.methodologist, unit=cast.units.municipality
    )
    if adopted:
        adopt_document(made.document, actor=cast.municipal_officer)
        made.document.refresh_from_db()
    return made


def ours(cast: Any) -> dict[str, Any]:
    return {"pk": typed(cast).pk}


def ours_adopted(cast: Any) -> dict[str, Any]:
    return {"pk": typed(cast, adopted=True).pk}


def our_cause(cast: Any) -> dict[str, Any]:
    return {"pk": cause(cast).pk}


def our_decided_cause(cast: Any) -> dict[str, Any]:
    made = typed(cast, adopted=True)
    return {"pk": made.document.causes.get().cause_id}


def our_document(cast: Any) -> dict[str, Any]:
    return {"pk": typed(cast).document_id}


def our_link(cast: Any) -> dict[str, Any]:
    return {"pk": typed(cast).document.causes.get().pk}


def our_adopted_link(cast: Any) -> dict[str, Any]:
    return {"pk": typed(cast, adopted=True).document.causes.get().pk}


def _file(_cast: Any) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.permissions.documents import TEXT

    return {"genre": "minutes", "file": SimpleUploadedFile("протокол.txt", TEXT.encode())}


def _linked(_cast: Any) -> dict[str, Any]:
    return {"cause": "1", "clause": ["c1"]}


ROWS = (
    Row("decisions", "decisions:list", _NO_POST),
    Row(
        "decisions, found", "decisions:list", _NO_POST, make=lambda c: ours_adopted(c) and {},
        data=lambda _c: {"q": "совещания", "kind": "case", "state": "failed", "year": "2025"},
    ),
    Row("decisions as a sheet", "decisions:xlsx", _NO_EXPORT, make=lambda c: ours_adopted(c) and {}),
    Row("causes", "decisions:causes", _NO_POST),
    Row("causes without a decision", "decisions:causes", _NO_POST, data=lambda _c: {"open": "1", "q": "меню"}),
    Row("a new cause", "decisions:new_cause", _PREPARERS_ANYWHERE),
    Row(
        "a cause, recorded", "decisions:new_cause", _PREPARERS_ANYWHERE, others=SAVED, method="post",
        data=lambda _c: {**_SEEN, "do": "type"},
    ),
    Row("a cause without words", "decisions:new_cause", _PREPARERS_ANYWHERE, others=_REFUSED, method="post"),
    Row(
        "for our municipality only", "decisions:new_cause",
        {**_PREPARERS_ANYWHERE, **dict.fromkeys(("regional_officer", "foreign_officer"), NOT_FOUND)},
        others=SAVED, method="post", data=lambda c: {**_SEEN, "unit": str(c.units.municipality.pk)},
    ),
    Row("ours without a decision", "decisions:cause", _HIDDEN, make=our_cause),
    Row("ours, decided on", "decisions:cause", _NOT_OURS, make=our_decided_cause),
    Row("ours", "decisions:edit_cause", _PREPARERS, make=our_cause),
    Row(
        "ours, changed", "decisions:edit_cause", _PREPARERS, others=SAVED, method="post", make=our_cause,
        data=lambda _c: _SEEN,
    ),
    Row(
        "ours, decided on", "decisions:edit_cause", _PREPARERS_OF_ADOPTED, others=_REFUSED, method="post",
        make=our_decided_cause, data=lambda _c: _SEEN,
    ),
    Row("ours", "decisions:delete_cause", _PREPARERS, others=SAVED, method="post", make=our_cause),
    Row("the form", "decisions:type", _PREPARERS_ANYWHERE),
    Row("another row", "decisions:type", _PREPARERS_ANYWHERE, method="post", data=lambda _c: {**_TYPED, "do": "add"}),
    Row("as it is read", "decisions:type", _PREPARERS_ANYWHERE, method="post", data=lambda _c: {**_TYPED, "do": "read"}),
    Row("typed", "decisions:type", _PREPARERS_ANYWHERE, others=SAVED, method="post", data=lambda _c: _TYPED),
    Row("nothing typed", "decisions:type", _PREPARERS_ANYWHERE, others=_REFUSED, method="post"),
    Row(
        "a row", "decisions:understood", _PREPARERS_ANYWHERE, method="post",
        data=lambda _c: {**_TYPED, "row": "0"},
    ),
    Row("the form", "decisions:upload", _PREPARERS_ANYWHERE),
    Row("a file", "decisions:upload", _PREPARERS_ANYWHERE, others=SAVED, method="post", data=_file),
    Row("no file", "decisions:upload", _PREPARERS_ANYWHERE, others=_REFUSED, method="post"),
    Row(
        "ours", "decisions:of_document", {**_PREPARERS, "head": NOT_PERMITTED, "foreign_head": NOT_PERMITTED, "admin": NOT_PERMITTED},
        others=SAVED, method="post", make=our_document,
    ),
    Row("ours, under review", "decisions:decision", _HIDDEN, make=ours),
    Row("ours, adopted", "decisions:decision", _NOT_OURS, make=ours_adopted),
    Row("ours, no such cause", "decisions:link", _PREPARERS, others=SAVED, method="post", make=ours, data=_linked),
    Row(
        "ours, adopted", "decisions:link", _PREPARERS_OF_ADOPTED, others=SAVED, method="post", make=ours_adopted,
        data=_linked,
    ),
    Row("ours", "decisions:unlink", _PREPARERS, others=SAVED, method="post", make=our_link),
    Row("ours, adopted", "decisions:unlink", _PREPARERS_OF_ADOPTED, others=SAVED, method="post", make=our_adopted_link),
    Row(
        "from our measure", "decisions:new_cause", {**_PREPARERS_ANYWHERE, "foreign_officer": NOT_FOUND},
        make=lambda c: our_measure(c) and {}, data=lambda c: {"measure": str(_measure(c))},
    ),
)  # fmt: skip


def _measure(_cast: Any) -> int:
    from avgust.web.programmes.models import Measure

    return Measure.objects.get(label="1.1").pk


_HEAD = "head@avgust.example"


def _failing() -> dict[str, Any]:
    """Return a measure of the demo whose day has passed and which is not done everywhere."""
    from django.utils import timezone

    from avgust.web.control.models import Assignment

    today = timezone.localdate()
    rows = Assignment.objects.filter(status="open", due__lt=today, programme__unit__kind="region")
    return {"pk": rows.order_by("measure").values_list("measure", flat=True)[0]}


PAGES = (
    Page("decisions", "decisions:list", guide=True),
    Page("decisions-head", "decisions:list", who=_HEAD, narrow=True),
    Page("decision", "decisions:decision", one("decisions.Decision", document__status="adopted")),
    Page("decision-under-review", "decisions:decision", one("decisions.Decision", document__status="reviewing"), who="municipality@avgust.example"),
    Page("decision-type", "decisions:type", guide=True, query="?text=Провести разбор заданий"),
    Page("decision-upload", "decisions:upload"),
    Page("causes", "decisions:causes"),
    Page("cause", "decisions:cause", one("decisions.Cause", kind="finding")),
    Page("cause-new", "decisions:new_cause"),
    Page("cause-edit", "decisions:edit_cause", one("decisions.Cause", clauses=None)),
    Page("measure-to-decide-on", "programmes:measure", _failing),
)  # fmt: skip
