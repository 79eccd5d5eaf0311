"""Who gets what of codifiers: seen by whoever sees results, imported by whoever sets specifications."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.assessments import (
    _ANALYST,
    _IMPORT,
    _IMPORT_NOTHING,
    _SEE,
    _SEE_NOTHING,
    _UPLOADS,
    _WORK,
    UNPROCESSABLE,
    _work,
)
from tests.permissions.rows import SAVED, Page, Row, one


def _codifier(cast: Any, unit: Any = None) -> Any:
    from avgust.domain.assessment.codifiers.tests.making import SMALL
    from avgust.web.assessments.codifiers import actions

    actor = cast.analyst if unit else cast.municipal_officer
    unit = unit or cast.units.municipality
    draft = actions.draft_codifier(SMALL, actor=actor, unit=unit, name="codifier.json")
    return actions.apply_draft(draft, actor=actor, against=None)


def our_codifier(cast: Any) -> dict[str, Any]:
    return {"pk": _codifier(cast).pk}


def regional_codifier(cast: Any) -> dict[str, Any]:
    return {"pk": _codifier(cast, cast.units.region).pk}


def later_codifier(cast: Any) -> dict[str, Any]:
    from avgust.domain.assessment.codifiers.tests.making import SMALL, changed
    from avgust.web.assessments.codifiers import actions

    first, actor = _codifier(cast), cast.municipal_officer
    later = changed(SMALL, without=("1.2",))
    draft = actions.draft_codifier(later, actor=actor, unit=cast.units.municipality, name="codifier.json")
    return {"pk": actions.apply_draft(draft, actor=actor, against=first.pk).pk}


def our_draft(cast: Any) -> dict[str, Any]:
    from avgust.domain.assessment.codifiers.tests.making import SMALL
    from avgust.web.assessments.codifiers import actions

    made = actions.draft_codifier(
        SMALL, actor=cast.municipal_officer, unit=cast.units.municipality, name="codifier.json"
    )
    return {"pk": made.pk}


def specified_work(cast: Any) -> dict[str, Any]:
    from avgust.domain.assessment.works import Item
    from avgust.web.assessments import actions

    work = _work(cast)
    said = {"items": [Item("1", 2, None, "1.1")], "cuts": {}, "since": date(2026, 4, 1)}
    actions.set_specification(work, actor=cast.municipal_officer, **said)
    return {"pk": work.pk}


CODIFIERS, CODIFIER, DRAFT = "assessments:codifiers", "assessments:codifier", "assessments:codifier_draft"
IMPORT, CHOOSE = "assessments:codifier_import", "assessments:choose_codifiers"

ROWS = (
    Row("all", CODIFIERS, _SEE_NOTHING),
    Row("of a subject", CODIFIERS, _SEE_NOTHING, data=lambda _c: {"subject": "ru", "kind": "content"}),
    Row("of our municipality", CODIFIER, _SEE, make=our_codifier),
    Row("of the region", CODIFIER, _SEE_NOTHING, make=regional_codifier),
    Row("a search", CODIFIER, _SEE, make=our_codifier, data=lambda _c: {"q": "звонк"}, htmx=True),
    Row("an entry", "assessments:codifier_entry", _SEE, make=our_codifier, data=lambda _c: {"code": "1.1"}),
    Row("against the earlier one", "assessments:codifier_changes", _SEE, make=later_codifier),
    Row("the package", "assessments:codifier_package", _SEE, make=our_codifier),
    Row("the workbook", "assessments:codifier_workbook", _SEE, make=our_codifier),
    Row("undone", "assessments:codifier_undo", _IMPORT, others=SAVED, method="post", make=our_codifier),
    Row("the form", IMPORT, _IMPORT_NOTHING),
    Row("no file", IMPORT, _IMPORT_NOTHING, others=UNPROCESSABLE, method="post"),
    Row("a draft", DRAFT, _UPLOADS, make=our_draft),
    Row("imported", "assessments:codifier_apply", _UPLOADS, others=SAVED, method="post", make=our_draft),
    Row("put away", "assessments:codifier_drop", _UPLOADS, others=SAVED, method="post", make=our_draft),
    Row("the items", CHOOSE, _IMPORT, make=specified_work),
    Row(
        "of another specification", CHOOSE, _IMPORT, others=UNPROCESSABLE, method="post", make=specified_work
    ),
)


def _latest_codifier() -> dict[str, Any]:
    from avgust.web.assessments.codifiers.models import CodifierEdition

    return {"pk": CodifierEdition.objects.filter(kind="content").latest("since").pk}


PAGES = (
    Page("codifiers", CODIFIERS, who=_ANALYST),
    Page("codifier", CODIFIER, _latest_codifier, who=_ANALYST),
    Page("codifier-entry", "assessments:codifier_entry", _latest_codifier, who=_ANALYST, query="?code=3.10"),
    Page("codifier-changes", "assessments:codifier_changes", _latest_codifier, who=_ANALYST),
    Page("codifier-import", IMPORT, who=_ANALYST),
    Page("codifier-draft", DRAFT, one("assessments.CodifierDraft", status="checking"), who=_ANALYST),
    Page("work-codifiers", CHOOSE, _WORK, who=_ANALYST),
)
