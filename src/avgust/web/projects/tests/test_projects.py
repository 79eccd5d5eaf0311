"""Projects: planning, the network on the page, milestones done by an act, money and risks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.evidence import Paper
from avgust.web.audit.models import Entry
from avgust.web.control.tests.conftest import Work, work
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import cancel_measure
from avgust.web.programmes.models import Measure
from avgust.web.projects import actions
from avgust.web.projects.actions import LineWords, MilestoneWords, Overtaken, RiskWords, Wait
from avgust.web.projects.models import BudgetLine, Dependency, Milestone, MilestoneReport, Project, Risk

__all__ = ["work"]
TODAY = date(2025, 11, 10)
ACT = Paper("local_act", "Приказ о смотре", "41-ОД", date(2025, 11, 5))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def project(work: Work, cast: Any) -> Project:
    """The measure of the authority as a project of two milestones, one after the other."""
    measure = Measure.objects.get(programme=work.programme, label="2.1")
    made = actions.make_project(measure, actor=cast.municipal_officer, goal="Смотр прошёл")
    first = _put(made, cast, "Положение утверждено", (2025, 11, 1), (2025, 11, 20))
    _put(made, cast, "Смотр проведён", (2025, 11, 10), (2025, 11, 30), Wait(first.pk, 2))
    return made


def _put(made: Project, cast: Any, title: str, start: Any, due: Any, *waits: Wait) -> Milestone:
    words = MilestoneWords(title, date(*start), date(*due), waits)
    return actions.put_milestone(made, words, actor=cast.municipal_officer, reason="приказ № 1")


def _said(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def _page(project: Project) -> str:
    return reverse("projects:project", args=[project.measure_id])


def test_the_page_says_the_network(project: Project, cast: Any, signed_in: Any) -> None:
    response = signed_in(cast.municipal_officer).get(_page(project))
    first, second = response.context["lines"]
    assert (first.timed.slack, second.timed.slack, second.waits) == (0, 0, ["1\u00a0(+2)"])
    assert second.timed.start == date(2025, 11, 23)
    said = _said(response)
    assert "Выполнено этапов: 0 из 2." in said
    assert "начнётся на 13 дней позже плана: ждёт" in said
    assert "Критический путь занимает 43 дня" in said
    assert response.content.decode().count('class="gt-critical"') == 3  # two bars and the key


def test_a_measure_that_is_no_project(work: Work, cast: Any, signed_in: Any) -> None:
    measure = Measure.objects.get(programme=work.programme, label="1.1")
    address = reverse("projects:project", args=[measure.pk])
    assert "Оформить как проект" in _said(signed_in(cast.municipal_officer).get(address))
    assert "Оформить как проект" not in _said(signed_in(cast.observer).get(address))
    posted = signed_in(cast.municipal_officer).post(
        reverse("projects:act", args=[measure.pk]), {"act": "make"}
    )
    assert posted.status_code == 302
    assert Project.objects.get(measure=measure).made_by == cast.municipal_officer
    again = actions.make_project(measure, actor=cast.municipal_officer)
    assert again == Project.objects.get(measure=measure)


def test_a_cycle_is_refused_with_its_names_and_nothing_is_written(
    project: Project, cast: Any, signed_in: Any
) -> None:
    first, second = project.milestones.all()
    address = reverse("projects:edit_milestone", args=[first.pk])
    data = {
        "title": "Иное", "start": "01.11.2025", "due": "20.11.2025", "version": 0, "reason": "письмо",
        f"wait-{second.pk}": "on", f"lag-{second.pk}": "1",
    }  # fmt: skip
    response = signed_in(cast.municipal_officer).post(address, data)
    assert response.status_code == 422
    assert "«Иное» → «Смотр проведён» → «Иное»" in _said(response)
    first.refresh_from_db()
    assert (first.title, first.version, Dependency.objects.count()) == ("Положение утверждено", 0, 1)


@pytest.mark.parametrize(
    ("words", "start", "due", "part"),
    [
        ("", (2025, 11, 1), (2025, 11, 2), "Name the milestone"),
        ("Этап", (2025, 11, 2), (2025, 11, 1), "before the first"),
        ("Этап", (1999, 1, 1), (2025, 11, 1), "no such date"),
    ],
)
def test_what_no_milestone_can_be(
    project: Project, cast: Any, words: str, start: Any, due: Any, part: str
) -> None:
    with pytest.raises(Refused) as refused:
        _put(project, cast, words, start, due)
    assert part in refused.value.reason.msgid


def test_a_milestone_of_another_project_is_not_waited_for(project: Project, work: Work, cast: Any) -> None:
    other = actions.make_project(
        Measure.objects.get(programme=work.programme, label="1.1"), actor=cast.municipal_officer
    )
    foreign = _put(other, cast, "Чужой", (2025, 11, 1), (2025, 11, 2))
    with pytest.raises(Refused):
        _put(project, cast, "Этап", (2025, 11, 1), (2025, 11, 2), Wait(foreign.pk))
    assert project.milestones.count() == 2


def test_nobody_saves_over_what_she_has_not_seen(project: Project, cast: Any) -> None:
    row = project.milestones.first()
    words = MilestoneWords("Положение подписано", row.start, row.due)
    actions.put_milestone(
        project, words, actor=cast.municipal_officer, reason="письмо", milestone=row, seen=0
    )
    with pytest.raises(Overtaken):
        actions.put_milestone(
            project,
            replace(words, title="x"),
            actor=cast.municipal_officer,
            reason="письмо",
            milestone=row,
            seen=0,
        )
    kept = Entry.objects.get(code="projects.changed_milestone")
    assert (kept.before["title"], kept.after["title"]) == ("Положение утверждено", "Положение подписано")


def test_with_a_document_it_is_done_at_once(project: Project, cast: Any) -> None:
    row = project.milestones.first()
    actions.report_milestone(row, actor=cast.municipal_officer, seen=0, done_on=date(2025, 11, 6), paper=ACT)
    row.refresh_from_db()
    assert (row.stage, row.done_on, row.accepted_by) == ("done", date(2025, 11, 6), None)
    actions.accept_milestone(row, actor=cast.regional_officer, seen=1)
    row.refresh_from_db()
    assert (row.stage, row.accepted_by) == ("done", cast.regional_officer)
    with pytest.raises(Refused):  # accepted already
        actions.return_milestone(row, actor=cast.regional_officer, seen=2, reason="нет подписи")


def test_without_a_document_a_second_person_decides(project: Project, cast: Any) -> None:
    row = project.milestones.first()
    actions.report_milestone(
        row, actor=cast.municipal_officer, seen=0, done_on=date(2025, 11, 6), text="Готово"
    )
    row.refresh_from_db()
    assert (row.stage, row.done_on) == ("claimed", None)
    with pytest.raises(Refused, match="second person"):
        actions.accept_milestone(row, actor=cast.municipal_officer, seen=1)
    with pytest.raises(PermissionDenied):
        actions.accept_milestone(row, actor=cast.analyst, seen=1)
    with pytest.raises(Refused):
        actions.return_milestone(row, actor=cast.regional_officer, seen=1, reason=" ")
    actions.return_milestone(row, actor=cast.regional_officer, seen=1, reason="нет подписи")
    row.refresh_from_db()
    assert (row.stage, row.reports.get().outcome) == ("planned", "returned")
    actions.report_milestone(
        row, actor=cast.municipal_officer, seen=2, done_on=date(2025, 11, 7), text="Готово"
    )
    actions.accept_milestone(row, actor=cast.regional_officer, seen=3)
    row.refresh_from_db()
    assert (row.stage, row.done_on) == ("done", date(2025, 11, 7))


def test_a_colleague_of_the_same_office_is_no_second_person(project: Project, cast: Any) -> None:
    from avgust.web.accounts.models import Post, User

    colleague = User.objects.create_user("second@avgust.test", "a long password", full_name="Вторая Вера")
    Post.objects.create(
        user=colleague, role="municipal_officer", unit=cast.units.municipality, since=date(2020, 9, 1)
    )
    row = project.milestones.first()
    actions.report_milestone(row, actor=cast.municipal_officer, seen=0, done_on=TODAY, text="Готово")
    with pytest.raises(Refused, match="own organisation"):
        actions.accept_milestone(row, actor=colleague, seen=1)


def test_who_may_report(project: Project, work: Work, cast: Any) -> None:
    row = project.milestones.first()
    with pytest.raises(PermissionDenied):  # a school does not execute the measure of the authority
        actions.report_milestone(row, actor=cast.head, seen=0, done_on=TODAY, text="Готово")
    schools = actions.make_project(
        Measure.objects.get(programme=work.programme, label="1.1"), actor=cast.municipal_officer
    )
    own = _put(schools, cast, "Приказ подписан", (2025, 11, 1), (2025, 11, 20))
    actions.report_milestone(own, actor=cast.head, seen=0, done_on=TODAY, text="Готово")
    actions.accept_milestone(own, actor=cast.municipal_officer, seen=1)
    own.refresh_from_db()
    assert own.accepted_by == cast.municipal_officer


@pytest.mark.parametrize(
    ("done_on", "text", "paper"),
    [
        (date(2025, 11, 11), "Готово", None),  # a day to come
        (TODAY, " ", None),  # neither words nor evidence
        (TODAY, "", Paper("local_act", "Приказ")),  # a paper nobody could find again
        (TODAY, "", Paper("link", url="javascript:alert(1)")),
    ],
)
def test_what_is_no_report(
    project: Project, cast: Any, done_on: date, text: str, paper: Paper | None
) -> None:
    row = project.milestones.first()
    with pytest.raises(Refused):
        actions.report_milestone(
            row, actor=cast.municipal_officer, seen=0, done_on=done_on, text=text, paper=paper
        )
    assert not MilestoneReport.objects.exists()


def test_own_report_is_withdrawn_until_it_is_accepted(project: Project, cast: Any) -> None:
    row = project.milestones.first()
    actions.report_milestone(row, actor=cast.municipal_officer, seen=0, done_on=TODAY, text="Готово")
    with pytest.raises(PermissionDenied):
        actions.withdraw_report(row, actor=cast.regional_officer, seen=1)
    actions.withdraw_report(row, actor=cast.municipal_officer, seen=1)
    row.refresh_from_db()
    assert row.stage == "planned"


def test_a_reported_milestone_keeps_its_plan(project: Project, cast: Any) -> None:
    row = project.milestones.first()
    actions.report_milestone(row, actor=cast.municipal_officer, seen=0, done_on=TODAY, text="Готово")
    words = MilestoneWords("Иное", row.start, row.due)
    with pytest.raises(Refused):
        actions.put_milestone(
            project, words, actor=cast.municipal_officer, reason="письмо", milestone=row, seen=1
        )
    with pytest.raises(Refused):
        actions.remove_milestone(row, actor=cast.municipal_officer, reason="письмо", seen=1)
    with pytest.raises(Refused):
        actions.unmake_project(project, actor=cast.municipal_officer, reason="ошибка")


def test_a_file_is_kept_and_only_as_a_download(
    project: Project, cast: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avgust.domain.evidence import Content
    from avgust.web.control import receiving

    content = Content("pdf", b"%PDF-1.4 x", 1)
    monkeypatch.setattr(receiving, "examine_isolated", lambda _data: content)
    row = project.milestones.first()
    data = {
        "version": 0,
        "done_on": "06.11.2025",
        "text": "",
        "file": SimpleUploadedFile("приказ.pdf", b"%PDF"),
    }
    assert signed_in(cast.municipal_officer).post(row.get_absolute_url(), data).status_code == 302
    report = row.reports.get()
    assert (report.outcome, report.file_name) == ("documented", "приказ.pdf")
    address = reverse("projects:proof", args=[report.pk])
    answer = signed_in(cast.municipal_officer).get(address)
    assert b"".join(answer.streaming_content) == content.data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.observer).get(address).status_code == 404


def test_money_is_kept_to_the_kopeck_and_faults_are_said(project: Project, cast: Any, signed_in: Any) -> None:
    words = LineWords("regional", "Оборудование", "1 250 000,50", "1 000 000", "1 000 000,01")
    row = actions.put_line(project, words, actor=cast.municipal_officer, reason="смета")
    row.refresh_from_db()
    assert (row.planned, row.spent) == (Decimal("1250000.50"), Decimal("1000000.01"))
    said = _said(signed_in(cast.observer).get(_page(project)))
    assert "Израсходовано больше выделенного на 0,01 руб." in said
    with pytest.raises(Refused):
        actions.put_line(project, replace(words, spent="много"), actor=cast.municipal_officer, reason="смета")
    with pytest.raises(Refused, match="Nothing was changed"):
        actions.put_line(project, words, actor=cast.municipal_officer, reason="смета", line=row, seen=0)
    actions.remove_part(row, actor=cast.municipal_officer, reason="ошибка", seen=0)
    assert not BudgetLine.objects.exists()
    assert Entry.objects.get(code="projects.removed_line").before["planned"] == "1250000.50"


def test_risks_stand_by_their_weight(project: Project, cast: Any, signed_in: Any) -> None:
    for title, probability in (("малый", 1), ("большой", 5), ("прошлый", 5)):
        state = "closed" if title == "прошлый" else "open"
        words = RiskWords(title, probability, 4, "начальник отдела", "следим", state)
        actions.put_risk(project, words, actor=cast.municipal_officer, reason="совещание")
    response = signed_in(cast.observer).get(_page(project))
    assert [line.row.title for line in response.context["risks"]] == ["большой", "малый", "прошлый"]
    entry = Entry.objects.filter(code="projects.added_risk").first()
    assert entry.kept_after["owner"] is None  # kept apart, erasable
    assert entry.after["owner"] == "начальник отдела"
    with pytest.raises(Refused):
        actions.put_risk(
            project, RiskWords("x", 6, 1, "кто", "что"), actor=cast.municipal_officer, reason="совещание"
        )
    assert Risk.objects.count() == 3


def test_nobody_plans_without_a_ground_or_a_right_or_after_the_measure(project: Project, cast: Any) -> None:
    words = MilestoneWords("Этап", date(2025, 11, 1), date(2025, 11, 2))
    with pytest.raises(Refused, match="ground"):
        actions.put_milestone(project, words, actor=cast.municipal_officer, reason=" ")
    with pytest.raises(PermissionDenied):
        actions.put_milestone(project, words, actor=cast.observer, reason="письмо")
    cancel_measure(project.measure, actor=cast.municipal_officer, reason="решение")
    with pytest.raises(Refused, match="not in force"):
        actions.put_milestone(project, words, actor=cast.municipal_officer, reason="письмо")


def test_a_project_made_by_mistake_goes(project: Project, cast: Any, signed_in: Any) -> None:
    data = {"act": "unmake", "reason": "ошибка"}
    signed_in(cast.municipal_officer).post(reverse("projects:act", args=[project.measure_id]), data)
    assert not Project.objects.exists()
    kept = Entry.objects.get(code="projects.unmade")
    assert kept.before["milestones"] == ["Положение утверждено", "Смотр проведён"]


def test_queries_do_not_grow_with_the_plan(project: Project, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(_page(project))
        return len(seen)

    asked()
    before = asked()
    last = project.milestones.last()
    for number in range(5):
        _put(project, cast, f"Этап {number}", (2025, 12, 1), (2025, 12, 5), Wait(last.pk))
    assert asked() == before <= 30
