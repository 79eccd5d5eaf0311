"""The plan of a programme: kept, compared with another year's programme, written, undone or refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avgust.domain.planning.programme_plan import ProgrammePlan, read_plan, write_plan
from avgust.web.audit.models import Entry
from avgust.web.control.tests.conftest import Work, work
from avgust.web.documents.actions import Refused, upload_document
from avgust.web.programmes.actions import Wording, adopt_document, edit_measure
from avgust.web.programmes.models import Measure, Programme
from avgust.web.projects import actions
from avgust.web.projects.actions import MilestoneWords, Wait
from avgust.web.projects.actions.importing import (
    begin_package,
    undo_plan,
    untouched,
)
from avgust.web.projects.actions.importing import (
    write_plan as write_file,
)
from avgust.web.projects.actions.roadmaps import keep_programme_plan
from avgust.web.projects.models import BudgetLine, Dependency, Milestone, Project, Risk
from avgust.web.projects.plan_files import PlanFile
from avgust.web.projects.plans import compared
from avgust.web.projects.programme_plans import plan_of_programme
from avgust.web.projects.roadmap_packages import RoadmapPackage

__all__ = ["work"]
NEXT_TEXT = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Заозёрного округа
27 августа 2026 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Принять положение о наставничестве до 1 октября 2026 года.
1.7. Открыть музей школы.
"""


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 9, 1))


@pytest.fixture
def plan(work: Work, cast: Any) -> ProgrammePlan:
    """The plan of 2025/2026, one measure of which is a project of two milestones."""
    measure = Measure.objects.get(programme=work.programme, label="2.1")
    project = actions.make_project(measure, actor=cast.municipal_officer, goal="Смотр прошёл")
    first = actions.put_milestone(
        project,
        MilestoneWords("Жюри названо", date(2025, 11, 5), date(2025, 11, 20)),
        actor=cast.municipal_officer,
        reason="приказ",
    )
    words = MilestoneWords("Смотр проведён", date(2026, 2, 2), date(2026, 3, 2), (Wait(first.pk, 3),))
    actions.put_milestone(project, words, actor=cast.municipal_officer, reason="приказ")
    line = actions.LineWords("municipal", "Призы смотра 2025/2026", "120 000", "100 000", "90 000,50")
    actions.put_line(project, line, actor=cast.municipal_officer, reason="смета")
    risk = actions.RiskWords("Мало заявок", 2, 3, "отдел образования", "Напомнить школам", "closed")
    actions.put_risk(project, risk, actor=cast.municipal_officer, reason="смета")
    return plan_of_programme(work.programme)


@pytest.fixture
def next_year(cast: Any, read_here: None) -> Programme:
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="n.txt", data=NEXT_TEXT.encode()
    )
    return adopt_document(upload.document, actor=cast.municipal_officer)


def begun(programme: Programme, plan: ProgrammePlan, cast: Any) -> PlanFile:
    return begin_package(programme, plan, actor=cast.municipal_officer, name="План 2025/2026")


def everything(file: PlanFile) -> set[str]:
    return {line.key for line in compared(file).lines}


def test_a_plan_compared_with_itself_differs_in_nothing(work: Work, plan: ProgrammePlan, cast: Any) -> None:
    assert [one.number for one in plan.measures] == ["1.1", "1.2", "2.1", "3.1"]
    states = [line.state.value for line in compared(begun(work.programme, plan, cast)).lines]
    assert states == ["same"] * 4
    assert read_plan(write_plan(plan)) == plan


def test_it_is_written_into_another_year_and_undone(
    plan: ProgrammePlan, next_year: Programme, cast: Any
) -> None:
    file = begun(next_year, plan, cast)
    assert next_year.school_year == "2026/2027"
    states = {line.row.number: line.state.value for line in compared(file).lines}
    assert states == {"1.1": "same", "1.2": "added", "2.1": "added", "3.1": "added"}
    assert write_file(file, actor=cast.municipal_officer, chosen=everything(file), reason="письмо") == 3
    show = Measure.objects.get(programme=next_year, label="2.1")
    assert (show.due, show.executors.get().name) == (
        date(2027, 4, 1),
        "Управление образования Заозёрного округа",
    )
    rows = list(Milestone.objects.filter(project__measure=show).values_list("title", "start", "due"))
    assert rows == [
        ("Жюри названо", date(2026, 11, 5), date(2026, 11, 20)),
        ("Смотр проведён", date(2027, 2, 1), date(2027, 3, 1)),  # as many days of work later
    ]
    assert Dependency.objects.get(after__project__measure=show).lag == 3
    line = BudgetLine.objects.get(project__measure=show)  # what was allotted and spent was of that year
    assert (line.title, line.planned, line.money.allotted, line.money.spent) == (
        "Призы смотра 2026/2027", 120_000, 0, 0,
    )  # fmt: skip
    assert Risk.objects.get(project__measure=show).state == "open"
    file.refresh_from_db()
    assert undo_plan(file, actor=cast.municipal_officer) == (3, 0)
    show.refresh_from_db()
    assert (show.in_force, Project.objects.filter(measure=show).exists()) == (False, False)
    assert next_year.measures.in_force().count() == 2


def test_what_is_imported_late_begins_on_that_day(
    plan: ProgrammePlan, next_year: Programme, cast: Any, monkeypatch: pytest.MonkeyPatch, signed_in: Any
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 7))
    file = begun(next_year, plan, cast)
    said = signed_in(cast.municipal_officer).get(file.get_absolute_url()).content.decode()
    assert "Первый день прошёл" in said
    assert "120\u00a0000" in said
    write_file(file, actor=cast.municipal_officer, chosen=everything(file), reason="письмо")
    starts = Milestone.objects.filter(project__measure__programme=next_year).values_list("start", flat=True)
    assert min(starts) == date(2026, 12, 7)


def test_money_and_risks_that_somebody_touched_stay(
    plan: ProgrammePlan, next_year: Programme, cast: Any
) -> None:
    officer = cast.municipal_officer
    file = begun(next_year, plan, cast)
    write_file(file, actor=officer, chosen=everything(file), reason="письмо")
    line = BudgetLine.objects.get(project__measure__programme=next_year)
    words = actions.LineWords(line.source, line.title, "120 000", "50 000")
    actions.put_line(line.project, words, actor=officer, reason="смета", line=line, seen=line.version)
    file.refresh_from_db()
    assert undo_plan(file, actor=officer) == (2, 1)


def test_a_plan_of_another_document_adds_beside_what_stands(
    plan: ProgrammePlan, next_year: Programme, cast: Any
) -> None:
    own = next_year.measures.get(label="1.7")
    own.label, own.text = "2.1", "Открыть музей школы"
    own.save()
    states = {
        line.row.said["text"]: line.state.value for line in compared(begun(next_year, plan, cast)).lines
    }
    assert states["Провести смотр школьных музеев до 1 апреля 2027 года"] == "added"
    assert "refused" not in states.values()


def test_a_measure_that_stands_becomes_a_project_and_no_project_is_overwritten(
    plan: ProgrammePlan, next_year: Programme, cast: Any
) -> None:
    officer = cast.municipal_officer
    with_project = [one for one in plan.measures if one.project]
    (project,) = (one.project for one in with_project)
    text = Measure.objects.get(programme=next_year, label="1.1").text
    own = read_plan(
        json.dumps(
            {
                "format": "avgust.plan", "version": 1, "code": "x", "title": "План", "year": "2025/2026",
                "measures": [{"number": "1.1", "text": text, "project": {
                    "start": "0-11-05", "stages": [{"key": "a", "title": "Этап", "offset": 0, "days": 5}]}}],
            }
        ).encode()
    )  # fmt: skip
    assert project is not None
    file = begun(next_year, own, cast)
    assert [line.state.value for line in compared(file).lines] == ["same"]
    assert write_file(file, actor=officer, chosen=everything(file), reason="письмо") == 1
    again = begun(next_year, own, cast)
    with pytest.raises(Refused):  # nothing of it is left to write
        write_file(again, actor=officer, chosen=everything(again), reason="письмо")
    assert Milestone.objects.filter(project__measure__programme=next_year).count() == 1
    file.refresh_from_db()
    assert undo_plan(file, actor=officer) == (1, 0)
    assert not Project.objects.filter(measure__programme=next_year).exists()
    assert Measure.objects.get(programme=next_year, label="1.1").in_force


def test_what_was_worked_on_since_stays(plan: ProgrammePlan, next_year: Programme, cast: Any) -> None:
    officer = cast.municipal_officer
    file = begun(next_year, plan, cast)
    write_file(file, actor=officer, chosen=everything(file), reason="письмо")
    row = Milestone.objects.filter(project__measure__programme=next_year).earliest("pk")
    actions.report_milestone(row, actor=officer, seen=row.version, done_on=date(2026, 9, 1), text="Готово")
    edited = Measure.objects.get(programme=next_year, label="1.2")
    words = Wording.of(edited)
    edit_measure(
        edited,
        Wording(**{**vars_of(words), "text": "Иной текст"}),
        actor=officer,
        seen=edited.version,
        reason="п",
    )
    file.refresh_from_db()
    assert undo_plan(file, actor=officer) == (1, 2)
    assert row.project.measure.in_force


def vars_of(words: Wording) -> dict[str, str]:
    return {name: getattr(words, name) for name in Wording.__dataclass_fields__}


def test_whether_rows_can_be_undone_is_asked_in_few_queries(
    plan: ProgrammePlan, next_year: Programme, cast: Any, django_assert_max_num_queries: Any
) -> None:
    file = begun(next_year, plan, cast)
    write_file(file, actor=cast.municipal_officer, chosen=everything(file), reason="письмо")
    lines = list(file.lines.select_related("measure"))
    with django_assert_max_num_queries(4):
        assert len(untouched(lines)) == 3


def test_the_way_through_the_pages(
    work: Work, plan: ProgrammePlan, next_year: Programme, cast: Any, signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    assert client.post(reverse("projects:plan_keep", args=[work.programme.pk])).status_code == 302
    kept = RoadmapPackage.objects.get()
    assert (kept.kind, kept.size) == ("programme", 4)
    listed = client.get(reverse("projects:roadmaps")).content.decode()
    assert kept.title in listed
    given = client.get(reverse("projects:roadmap_package", args=[kept.pk])).content
    assert read_plan(given) == plan
    files = reverse("projects:plan_files", args=[next_year.pk])
    assert kept.title in client.get(files).content.decode()
    answer = client.post(files, {"package": kept.pk}, follow=True)
    said = answer.content.decode().replace("\u00a0", " ")
    assert "Станет проектом: 2 этапа," in said
    assert f"5 ноя 2026 – {answer.context['added'][1][2].days[1]:%-d} мар 2027" in said
    sent = client.post(files, {"file": SimpleUploadedFile("plan.json", given)}, follow=True)
    assert [len(sent.context[name]) for name in ("added", "refused", "changed")] == [3, 0, 0]
    broken = json.loads(given)
    broken["measures"][2]["deadline"]["end"] = "скоро"
    refused = client.post(files, {"file": SimpleUploadedFile("p.json", json.dumps(broken).encode())})
    assert refused.status_code == 422
    assert "measures[2].deadline.end" in refused.content.decode()


def test_an_uploaded_package_is_kept_among_the_roadmaps(
    plan: ProgrammePlan, cast: Any, signed_in: Any
) -> None:
    sent = SimpleUploadedFile("plan.json", write_plan(plan))
    assert (
        signed_in(cast.municipal_officer).post(reverse("projects:roadmaps"), {"file": sent}).status_code
        == 302
    )
    assert RoadmapPackage.objects.get().kind == "programme"
    assert Entry.objects.get(code="projects.kept_roadmap").after["measures"] == 4


def test_who_may_not_change_the_programme_takes_nothing(
    work: Work, plan: ProgrammePlan, next_year: Programme, cast: Any
) -> None:
    with pytest.raises(PermissionDenied):
        keep_programme_plan(work.programme, actor=cast.head)
    with pytest.raises(PermissionDenied):
        begin_package(next_year, plan, actor=cast.head, name="План")
