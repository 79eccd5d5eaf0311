"""Who gets what of measures after adoption: exceptions, edits, links of clauses, answers."""

from __future__ import annotations

from typing import Any

from tests.permissions.documents import ours
from tests.permissions.programmes import (
    _NO_POST,
    _NOT_OURS,
    _programme,
    measure_of_the_region,
    our_adopted_document,
    our_measure,
    our_programme,
    programme_of_the_region,
)
from tests.permissions.rows import EVERYBODY, NOT_FOUND, NOT_PERMITTED, OK, SAVED, Page, Row, one

_CLAUSES = {
    **dict.fromkeys(("head", "foreign_head", "admin", "outsider"), NOT_PERMITTED),
    "foreign_officer": NOT_FOUND,
}
_NOBODY = dict.fromkeys(
    ("regional_officer", "municipal_officer", "methodologist", "analyst", "observer"), NOT_FOUND
)
# Who has to do with one municipality only is led to its page.
_OF_A_PLACE = ("municipal_officer", "head", "methodologist", "observer", "foreign_officer", "foreign_head")
_NOT_OF_US = dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)
_NOT_OF_THEM = dict.fromkeys(("municipal_officer", "head", "methodologist", "observer"), NOT_FOUND)

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


def region_across_places(cast: Any) -> dict[str, Any]:
    """Return the region's programme with a measure that falls on every school."""
    programme = _programme(cast, cast.units.region)
    row = programme.measures.first().executors.first()
    row.rule, row.outcome, row.unit, row.form = "general education", "role", None, "role"
    row.save()
    return {"pk": programme.pk}


def region_in_our_place(cast: Any) -> dict[str, Any]:
    return {**region_across_places(cast), "place": cast.units.municipality.pk}


def region_in_their_place(cast: Any) -> dict[str, Any]:
    return {**region_across_places(cast), "place": cast.units.neighbour.pk}


def _first_of_the_region() -> int:
    from avgust.web.programmes.models import Measure

    return Measure.objects.filter(programme__unit__kind="region").latest("pk").pk


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
    Row("ours", "programmes:links", _OURS_TO_EDIT, make=our_measure),
    Row(
        "the region's",
        "programmes:links",
        {**_REGION_EDITS, "regional_officer": OK},
        make=measure_of_the_region,
    ),
    Row("ours", "programmes:link", _OURS_TO_EDIT, others=SAVED, method="post", make=our_measure),
    Row("the region's", "programmes:link", _REGION_EDITS, method="post", make=measure_of_the_region),
    Row("ours", "programmes:clauses", _CLAUSES, make=our_adopted_document),
    Row("not adopted", "programmes:clauses", {**_CLAUSES, **_NOBODY}, make=ours),
    Row("ours", "programmes:matrix", _NO_POST, others=NOT_FOUND, make=our_programme),
    Row(
        "the region's",
        "programmes:matrix",
        {**_NO_POST, **dict.fromkeys(_OF_A_PLACE, SAVED)},
        make=region_across_places,
    ),
    Row("ours", "programmes:answers_of_place", _NO_POST | _NOT_OF_US, make=region_in_our_place),
    Row(
        "the neighbour's", "programmes:answers_of_place", _NO_POST | _NOT_OF_THEM, make=region_in_their_place
    ),
    Row(
        "of ours",
        "programmes:decide_answer",
        {**_NO_POST, **_NOT_OF_US, **_ONLY_READ},
        others=SAVED,
        method="post",
        make=region_in_our_place,
        data=lambda _c: {"answered": str(_first_of_the_region()), "act": "confirm", "key": "1"},
    ),
    Row("ours", "programmes:answers_of_measure", _NO_POST, others=NOT_FOUND, make=our_measure),
    Row("the region's", "programmes:answers_of_measure", _NO_POST, make=measure_of_the_region),
    Row(
        "the choice for our municipality's",
        "programmes:adopt",
        {
            **dict.fromkeys(("head", "foreign_head", "admin", "outsider"), NOT_PERMITTED),
            **dict.fromkeys(("methodologist", "analyst", "observer"), NOT_PERMITTED),
            "foreign_officer": NOT_FOUND,
        },
        make=ours,
    ),
)


def _answers_at() -> dict[str, Any]:
    """Return the demo's municipality that answers the region's programme."""
    from avgust.web.programmes.models import Answer

    answer = Answer.objects.select_related("answered", "measure__programme").earliest("pk")
    return {"pk": answer.answered.programme_id, "place": answer.measure.programme.unit_id}


PAGES = (
    Page(
        "organisations",
        "programmes:whom",
        one("programmes.MeasureExecutor", outcome="role", exceptions__added=False),
        guide=True,
    ),
    Page("measure-edit", "programmes:edit", one("programmes.Measure")),
    Page("measure-add", "programmes:add", one("programmes.Programme")),
    Page("out-of-force", "programmes:out_of_force", one("programmes.Programme")),
    Page("measure-links", "programmes:links", one("programmes.Measure")),
    Page("clauses", "programmes:clauses", one("documents.Document", status="adopted")),
    Page("answers-matrix", "programmes:matrix", one("programmes.Programme", unit__kind="region"), guide=True),
    Page("answers-place", "programmes:answers_of_place", _answers_at),
    Page(
        "answers-measure",
        "programmes:answers_of_measure",
        one("programmes.Measure", answered_by__status="confirmed"),
    ),
    Page("adopt", "programmes:adopt", one("documents.Document", status="reviewing")),
)
