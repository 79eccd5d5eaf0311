"""Who gets what of measures after adoption: exceptions, edits, links of clauses, answers."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import (
    _NO_POST,
    _NOT_OURS,
    _programme,
    measure_of_the_region,
    our_measure,
    our_programme,
    programme_of_the_region,
)
from tests.permissions.rows import EVERYBODY, NOT_PERMITTED, OK, SAVED, Page, Row, one

# Who reads a programme of ours and may change nothing in it.
_ONLY_READ = dict.fromkeys(("head", "methodologist", "analyst", "observer", "admin"), NOT_PERMITTED)
_OURS_TO_EDIT = {**_NOT_OURS, **_ONLY_READ}
_REGION_EDITS = {**dict.fromkeys(EVERYBODY[1:], NOT_PERMITTED), "regional_officer": SAVED}


def _role(cast: Any, unit: Any) -> dict[str, Any]:
    """Return an executor of the programme that is a role, so that it has a list of organisations."""
    from avgust.web.programmes.models import MeasureExecutor

    row = MeasureExecutor.objects.filter(measure__programme=_programme(cast, unit)).first()
    row.rule, row.outcome, row.unit, row.form = "general education", "role", None, "role"
    row.save()
    return {"pk": row.pk}


def our_role(cast: Any) -> dict[str, Any]:
    return _role(cast, cast.units.municipality)


def role_of_the_region(cast: Any) -> dict[str, Any]:
    return _role(cast, cast.units.region)


ROWS = (
    Row("ours", "programmes:whom", _NOT_OURS, make=our_role),
    Row("the region's", "programmes:whom", _NO_POST, make=role_of_the_region),
    Row(
        "an exception of ours",
        "programmes:except",
        _OURS_TO_EDIT,
        others=SAVED,
        method="post",
        make=our_role,
        data=lambda c: {"act": "out", "unit": str(c.units.school.pk), "reason": "нет классов"},
    ),
    Row("the region's", "programmes:except", _REGION_EDITS, method="post", make=role_of_the_region),
    Row("ours", "programmes:edit", _OURS_TO_EDIT, make=our_measure),
    Row(
        "the region's",
        "programmes:edit",
        {**_REGION_EDITS, "regional_officer": OK},
        make=measure_of_the_region,
    ),
    Row(
        "a change of ours",
        "programmes:edit",
        _OURS_TO_EDIT,
        others=SAVED,
        method="post",
        make=our_measure,
        data=lambda _c: {"text": "Утвердить план", "version": "0", "reason": "письмо"},
    ),
    Row("nothing", "programmes:edit", _OURS_TO_EDIT, others=422, method="post", make=our_measure),
    Row("ours", "programmes:add", _OURS_TO_EDIT, make=our_programme),
    Row(
        "to ours",
        "programmes:add",
        _OURS_TO_EDIT,
        others=SAVED,
        method="post",
        make=our_programme,
        data=lambda _c: {"text": "Провести ярмарку", "reason": "письмо"},
    ),
    Row(
        "to the region's",
        "programmes:add",
        _REGION_EDITS,
        method="post",
        make=programme_of_the_region,
        data=lambda _c: {"text": "Провести ярмарку", "reason": "письмо"},
    ),
    Row("ours", "programmes:out_of_force", _NOT_OURS, make=our_programme),
    Row("the region's", "programmes:out_of_force", _NO_POST, make=programme_of_the_region),
    Row(
        "ours", "programmes:understood", _NOT_OURS, make=our_programme, data=lambda _c: {"deadline": "1 мая"}
    ),
    Row(
        "ours",
        "programmes:involve",
        _OURS_TO_EDIT,
        others=SAVED,
        method="post",
        make=our_measure,
        data=lambda _c: {"act": "add", "relation": "partner", "names": "Бюро", "reason": "письмо"},
    ),
    Row("the region's", "programmes:involve", _REGION_EDITS, method="post", make=measure_of_the_region),
    Row(
        "ours",
        "programmes:status",
        _OURS_TO_EDIT,
        others=SAVED,
        method="post",
        make=our_measure,
        data=lambda _c: {"act": "cancel", "reason": "письмо"},
    ),
    Row("the region's", "programmes:status", _REGION_EDITS, method="post", make=measure_of_the_region),
)

PAGES = (
    Page("organisations", "programmes:whom", one("programmes.MeasureExecutor", outcome="role")),
    Page("measure-edit", "programmes:edit", one("programmes.Measure")),
    Page("measure-add", "programmes:add", one("programmes.Programme")),
    Page("out-of-force", "programmes:out_of_force", one("programmes.Programme")),
)
