"""Who gets what of measures after adoption: exceptions, edits, links of clauses, answers."""

from __future__ import annotations

from typing import Any

from tests.permissions.programmes import _NO_POST, _NOT_OURS, _programme
from tests.permissions.rows import EVERYBODY, NOT_PERMITTED, SAVED, Row

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
)
