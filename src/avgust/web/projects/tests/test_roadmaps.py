"""Roadmaps: kept, given away, applied to a project, made of one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avgust.domain.planning.roadmap import dated, embedded, read_roadmap, write_roadmap
from avgust.web.audit.models import Entry
from avgust.web.control.tests.conftest import Work, work
from avgust.web.documents.actions import Refused
from avgust.web.programmes.models import Measure
from avgust.web.projects.actions import make_project, network_of
from avgust.web.projects.actions import roadmaps as actions
from avgust.web.projects.models import Dependency, Project
from avgust.web.projects.roadmap_packages import RoadmapPackage

__all__ = ["work"]
START = date(2025, 11, 15)  # a Saturday


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 10))


@pytest.fixture
def project(work: Work, cast: Any) -> Project:
    measure = Measure.objects.get(programme=work.programme, label="2.1")
    return make_project(measure, actor=cast.municipal_officer)


def test_applied_on_days_of_work_with_what_waits(project: Project, cast: Any) -> None:
    roadmap = embedded()[0]
    made = actions.apply_roadmap(project, roadmap, START, actor=cast.municipal_officer, reason="приказ № 7")
    assert [(row.start, row.due) for row in made] == [(one.start, one.end) for one in dated(roadmap, START)]
    assert made[0].start == date(2025, 11, 17)
    links = sum(len(stage.after) for stage in roadmap.stages)
    assert Dependency.objects.filter(after__project=project).count() == links
    assert network_of(project) is not None
    kept = Entry.objects.get(code="projects.applied_roadmap")
    assert (kept.reason, kept.after["count"]) == ("приказ № 7", len(roadmap.stages))


def test_all_or_none(project: Project, cast: Any) -> None:
    roadmap = embedded()[0]
    with pytest.raises(Refused, match="ground"):
        actions.apply_roadmap(project, roadmap, START, actor=cast.municipal_officer, reason=" ")
    with pytest.raises(Refused):  # the last milestones would lie beyond any calendar
        actions.apply_roadmap(project, roadmap, date(2100, 12, 1), actor=cast.municipal_officer, reason="x")
    with pytest.raises(PermissionDenied):
        actions.apply_roadmap(project, roadmap, START, actor=cast.observer, reason="x")
    assert not project.milestones.exists()


def test_the_pages_from_the_choice_to_the_plan_and_back_to_a_package(
    project: Project, cast: Any, signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("projects:roadmap_apply", args=[project.pk])
    asked = {"roadmap": "mentoring", "start": "15.11.2025"}
    assert "17 ноя 2025" in client.get(address, asked).content.decode().replace("\u00a0", " ")
    assert not project.milestones.exists()
    assert client.post(address, asked).status_code == 422  # no ground
    assert client.post(address, {**asked, "reason": "приказ"}).status_code == 302
    given = client.get(reverse("projects:roadmap_of_project", args=[project.pk])).content
    mentoring = next(one for one in embedded() if one.code == "mentoring")
    assert [(one.offset, one.days) for one in read_roadmap(given).stages] == sorted(
        (one.offset, one.days) for one in mentoring.stages
    )
    kept = client.post(reverse("projects:roadmaps"), {"file": SimpleUploadedFile("r.json", given)})
    assert kept.status_code == 302
    row = RoadmapPackage.objects.get()
    package = client.get(reverse("projects:roadmap_package", args=[row.pk]))
    assert read_roadmap(package.content) == read_roadmap(given)


def test_a_newer_package_replaces_the_older(cast: Any) -> None:
    first = embedded()[0]
    unit, officer = cast.units.municipality, cast.municipal_officer
    actions.keep_roadmap(unit, write_roadmap(first), actor=officer)
    changed = {**json.loads(write_roadmap(first)), "title": "Иная"}
    actions.keep_roadmap(unit, json.dumps(changed).encode(), actor=officer)
    assert RoadmapPackage.objects.get().title == "Иная"
    actions.drop_roadmap(RoadmapPackage.objects.get(), actor=officer)
    assert Entry.objects.get(code="projects.dropped_roadmap").before["package"]["title"] == "Иная"


def test_a_package_with_a_fault_names_its_place(cast: Any, signed_in: Any) -> None:
    value = json.loads(write_roadmap(embedded()[0]))
    value["stages"][2]["days"] = 0
    sent = SimpleUploadedFile("r.json", json.dumps(value).encode())
    response = signed_in(cast.municipal_officer).post(reverse("projects:roadmaps"), {"file": sent})
    assert response.status_code == 422
    assert "stages[2].days" in response.content.decode()
    assert not RoadmapPackage.objects.exists()


def test_a_roadmap_is_seen_below_its_office_and_not_beside_it(cast: Any, signed_in: Any) -> None:
    row = actions.keep_roadmap(
        cast.units.municipality, write_roadmap(embedded()[0]), actor=cast.municipal_officer
    )
    address = reverse("projects:roadmap_package", args=[row.pk])
    assert signed_in(cast.head).get(address).status_code == 200
    assert signed_in(cast.foreign_officer).get(address).status_code == 404
    drop = reverse("projects:roadmap_drop", args=[row.pk])
    assert signed_in(cast.head).post(drop).status_code == 403
    assert RoadmapPackage.objects.exists()
