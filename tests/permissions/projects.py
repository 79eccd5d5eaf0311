"""Who gets what of projects and plans: what changed in a programme, and measures that are projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.permissions.programmes import (
    measure_of_the_region,
    our_measure,
    our_programme,
    programme_of_the_region,
)
from tests.permissions.rows import EVERYBODY, NOT_FOUND, NOT_PERMITTED, SAVED, Page, Row, one

_NO_POST = {"outsider": NOT_PERMITTED}
_NOT_OURS = {**_NO_POST, **dict.fromkeys(("foreign_officer", "foreign_head"), NOT_FOUND)}
_NO_EXPORT = {"admin": NOT_PERMITTED}
_READERS = ("head", "methodologist", "analyst", "observer", "admin")
_EDITORS_ONLY = {**_NOT_OURS, **dict.fromkeys(_READERS, NOT_PERMITTED)}
DAY = date(2025, 9, 1)
UNPROCESSABLE = 422


def _project(cast: Any) -> Any:
    from avgust.web.programmes.models import Measure
    from avgust.web.projects.actions import make_project

    measure = Measure.objects.get(**our_measure(cast))
    return make_project(measure, actor=cast.municipal_officer)


def our_project(cast: Any) -> dict[str, Any]:
    return {"pk": _project(cast).pk}


def measure_of_our_project(cast: Any) -> dict[str, Any]:
    return {"pk": _project(cast).measure_id}


def _milestone(cast: Any) -> Any:
    from avgust.web.projects.actions import MilestoneWords, put_milestone

    words = MilestoneWords("Положение утверждено", DAY, DAY)
    return put_milestone(_project(cast), words, actor=cast.municipal_officer, reason="приказ")


def our_milestone(cast: Any) -> dict[str, Any]:
    return {"pk": _milestone(cast).pk}


def our_project_with_a_milestone(cast: Any) -> dict[str, Any]:
    return {"pk": _milestone(cast).project_id}


def our_reported_milestone(cast: Any) -> dict[str, Any]:
    """Return a milestone that the municipal officer says is done, without a document."""
    from avgust.web.projects.actions import report_milestone

    row = _milestone(cast)
    report_milestone(row, actor=cast.municipal_officer, seen=0, done_on=DAY, text="Готово")
    return {"pk": row.pk}


def our_proof(cast: Any) -> dict[str, Any]:
    """Return a report with a file that lies in the folder of uploads."""
    from avgust.web import files
    from avgust.web.projects.models import MilestoneReport

    row = MilestoneReport.objects.get(milestone=our_reported_milestone(cast)["pk"])
    row.sha256, row.file_name, row.kind = files.keep(b"proof"), "приказ.pdf", "file"
    row.save()
    return {"pk": row.pk}


def our_line(cast: Any) -> dict[str, Any]:
    from avgust.web.projects.actions import LineWords, put_line

    words = LineWords("regional", "Оборудование", "100")
    return {"pk": put_line(_project(cast), words, actor=cast.municipal_officer, reason="смета").pk}


def our_risk(cast: Any) -> dict[str, Any]:
    from avgust.web.projects.actions import RiskWords, put_risk

    words = RiskWords("Задержка поставки", 3, 3, "начальник отдела", "Второй поставщик")
    return {"pk": put_risk(_project(cast), words, actor=cast.municipal_officer, reason="совещание").pk}


def _milestone_form(_cast: Any) -> dict[str, Any]:
    return {"title": "Этап", "start": "01.09.2025", "due": "02.09.2025", "version": 0, "reason": "приказ"}


def _line_form(_cast: Any) -> dict[str, Any]:
    return {"source": "federal", "title": "Ремонт", "planned": "5", "version": 0, "reason": "смета"}


def _risk_form(_cast: Any) -> dict[str, Any]:
    return {
        "title": "Риск", "probability": 1, "impact": 2, "owner": "отдел", "response": "следим",
        "state": "open", "version": 0, "reason": "совещание",
    }  # fmt: skip


def our_plan_file(cast: Any) -> dict[str, Any]:
    """Return a file that adds one measure to a programme of ours."""
    from avgust.domain.tables import Sheet
    from avgust.web.programmes.models import Programme
    from avgust.web.projects.plan_files import PlanFile
    from avgust.web.territory.imports.reading import pack

    head, row = ("№", "Мера", "Срок"), ("77", "Открыть музей", "до 1 мая 2026 года")
    table = pack([Sheet("План", (head, row))])
    programme = Programme.objects.get(**our_programme(cast))
    made = PlanFile.objects.create(
        programme=programme, file_name="план.xlsx", size=1, table=table, uploaded_by=cast.municipal_officer
    )
    return {"pk": made.pk}


def our_roadmap(cast: Any) -> dict[str, Any]:
    from avgust.domain.planning.roadmap import embedded, write_roadmap
    from avgust.web.projects.actions.roadmaps import keep_roadmap

    data = write_roadmap(embedded()[0])
    return {"pk": keep_roadmap(cast.units.municipality, data, actor=cast.municipal_officer).pk}


def our_kept_plan(cast: Any) -> dict[str, Any]:
    return {"pk": _kept(cast, our_programme(cast)["pk"])}


def _kept(cast: Any, programme: int) -> int:
    from avgust.web.programmes.models import Programme
    from avgust.web.projects.actions.roadmaps import keep_programme_plan

    shown = Programme.objects.get(pk=programme)
    return keep_programme_plan(shown, actor=cast.municipal_officer).pk


def plan_of_the_programme_that_is_there(cast: Any) -> dict[str, Any]:
    """Return the form that takes a kept plan; its programme was made for the address."""
    from avgust.web.programmes.models import Programme

    return {"package": _kept(cast, Programme.objects.get(unit=cast.units.municipality).pk)}


_FORMS: tuple[tuple[str, Any, Any], ...] = (
    ("add_milestone", our_project, _milestone_form),
    ("add_line", our_project, _line_form),
    ("add_risk", our_project, _risk_form),
    ("edit_milestone", our_milestone, _milestone_form),
    ("edit_line", our_line, _line_form),
    ("edit_risk", our_risk, _risk_form),
)

ROWS = (
    Row("our municipality's", "projects:changes", _NOT_OURS, make=our_programme),
    Row("the region's", "projects:changes", _NO_POST, make=programme_of_the_region),
    Row("our municipality's", "projects:changes_docx", {**_NOT_OURS, **_NO_EXPORT}, make=our_programme),
    Row("the region's", "projects:changes_docx", {**_NO_POST, **_NO_EXPORT}, make=programme_of_the_region),
    Row("our project", "projects:project", _NOT_OURS, make=measure_of_our_project),
    Row("ours that is no project", "projects:project", _NOT_OURS, make=our_measure),
    Row("the region's that is no project", "projects:project", _NO_POST, make=measure_of_the_region),
    Row("our project", "projects:project_ics", {**_NOT_OURS, **_NO_EXPORT}, make=measure_of_our_project),
    Row(
        "ours becomes a project",
        "projects:act",
        _EDITORS_ONLY,
        others=SAVED,
        method="post",
        make=our_measure,
        data=lambda _c: {"act": "make"},
    ),
    *(Row("ours", f"projects:{name}", _EDITORS_ONLY, make=make) for name, make, _data in _FORMS),
    *(
        Row("ours", f"projects:{name}", _EDITORS_ONLY, others=SAVED, method="post", make=make, data=data)
        for name, make, data in _FORMS
    ),
    Row("ours", "projects:milestone", _NOT_OURS, make=our_milestone),
    Row(
        "ours is done",
        "projects:milestone",
        {**_NOT_OURS, **dict.fromkeys(("head", "analyst", "observer", "admin"), NOT_PERMITTED)},
        others=SAVED,
        method="post",
        make=our_milestone,
        data=lambda _c: {"version": 0, "done_on": "01.09.2025", "text": "Готово"},
    ),
    Row(
        "ours is accepted",  # who reported is told that a second person must, and led back
        "projects:decide",
        _EDITORS_ONLY,
        others=SAVED,
        method="post",
        make=our_reported_milestone,
        data=lambda _c: {"act": "accept", "version": 1},
    ),
    Row("of everybody", "projects:roadmaps", _NO_POST),
    Row(
        "a package that is none",
        "projects:roadmaps",
        {
            **_NO_POST,
            **dict.fromkeys((*_READERS, "foreign_head"), NOT_PERMITTED),
            **dict.fromkeys(("regional_officer", "municipal_officer", "foreign_officer"), UNPROCESSABLE),
        },
        method="post",
    ),
    Row("of the product", "projects:roadmap_package", _NO_POST, make=lambda _c: {"key": "mentoring"}),
    Row("ours", "projects:roadmap_package", _NOT_OURS, make=lambda c: {"key": our_roadmap(c)["pk"]}),
    Row("ours", "projects:roadmap_drop", _EDITORS_ONLY, others=SAVED, method="post", make=our_roadmap),
    Row("ours", "projects:roadmap_apply", _EDITORS_ONLY, make=our_project),
    Row(
        "ours",
        "projects:roadmap_apply",
        _EDITORS_ONLY,
        others=SAVED,
        method="post",
        make=our_project,
        data=lambda _c: {"roadmap": "mentoring", "start": "01.09.2025", "reason": "приказ"},
    ),
    Row("ours", "projects:roadmap_of_project", _EDITORS_ONLY, make=our_project_with_a_milestone),
    Row("ours", "projects:plan_package", _EDITORS_ONLY, make=our_programme),
    Row("ours is kept", "projects:plan_keep", _EDITORS_ONLY, others=SAVED, method="post", make=our_programme),
    Row(
        "the kept plan of ours",
        "projects:roadmap_package",
        _NOT_OURS,
        make=lambda c: {"key": our_kept_plan(c)["pk"]},
    ),
    Row("ours", "projects:plan_files", _EDITORS_ONLY, make=our_programme),
    Row(
        "a kept plan for ours",
        "projects:plan_files",
        _EDITORS_ONLY,
        others=SAVED,
        method="post",
        make=our_programme,
        data=plan_of_the_programme_that_is_there,
    ),
    Row(
        "the region's",
        "projects:plan_files",
        {**dict.fromkeys(EVERYBODY[1:], NOT_PERMITTED), "regional_officer": 200},
        make=programme_of_the_region,
    ),
    Row(
        "a file without a table",
        "projects:plan_files",
        {**_EDITORS_ONLY, **dict.fromkeys(("regional_officer", "municipal_officer"), UNPROCESSABLE)},
        method="post",
        make=our_programme,
    ),
    Row("a file for ours", "projects:plan_file", _EDITORS_ONLY, make=our_plan_file),
    Row(
        "a file for ours is written",
        "projects:plan_write",
        _EDITORS_ONLY,
        others=SAVED,
        method="post",
        make=our_plan_file,
        data=lambda _c: {"row": "План:2", "reason": "письмо"},
    ),
    *(
        Row(
            "a file for ours",
            f"projects:{name}",
            _EDITORS_ONLY,
            others=SAVED,
            method="post",
            make=our_plan_file,
        )
        for name in ("plan_undo", "plan_drop")
    ),
    Row(
        "the file of ours",
        "projects:proof",
        {**_NOT_OURS, **dict.fromkeys(("head", "analyst", "observer", "admin"), NOT_FOUND)},
        make=our_proof,
    ),
)


def _package_of_the_demo() -> dict[str, Any]:
    """Take the plan that the demo keeps into the programme of a municipality; return the address of its check."""
    from avgust.domain.planning.programme_plan import plan_of
    from avgust.web.accounts.models import User
    from avgust.web.programmes.models import Programme
    from avgust.web.projects.actions.importing import begin_package
    from avgust.web.projects.roadmap_packages import RoadmapPackage

    kept = RoadmapPackage.objects.get(kind=RoadmapPackage.Kind.PROGRAMME)
    programme = Programme.objects.exclude(unit=kept.unit).order_by("pk")[0]
    officer = User.objects.get(email="region@avgust.example")
    return {"pk": begin_package(programme, plan_of(kept.package), actor=officer, name=kept.title).pk}


PAGES = (
    Page("programme-changes", "projects:changes", one("programmes.Programme")),
    Page("project", "projects:project", one("programmes.Measure", project__isnull=False)),
    Page("measure-no-project", "projects:project", one("programmes.Measure", project=None)),
    Page("milestone-add", "projects:add_milestone", one("projects.Project")),
    Page("milestone", "projects:milestone", one("projects.Milestone", stage="planned")),
    Page("milestone-claimed", "projects:milestone", one("projects.Milestone")),
    Page("milestone-edit", "projects:edit_milestone", one("projects.Milestone", stage="planned")),
    Page("budget-line-add", "projects:add_line", one("projects.Project")),
    Page("budget-line", "projects:edit_line", one("projects.BudgetLine")),
    Page("risk-add", "projects:add_risk", one("projects.Project")),
    Page("risk", "projects:edit_risk", one("projects.Risk")),
    Page("roadmaps", "projects:roadmaps"),
    Page(
        "roadmap-apply",
        "projects:roadmap_apply",
        one("projects.Project"),
        "?roadmap=mentoring&start=01.09.2026",
    ),
    Page("plan-files", "projects:plan_files", one("programmes.Programme")),
    Page("plan-file", "projects:plan_file", one("projects.PlanFile", size__gt=0)),
    Page("plan-file-of-a-package", "projects:plan_file", _package_of_the_demo),
)
