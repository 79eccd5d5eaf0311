"""Adoption: the review becomes measures, once and whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avgust.domain.resolutions.model import Deadline, DeadlineKind, Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused, correct
from avgust.web.documents.models import Document
from avgust.web.programmes.actions import adopt_document, due_of
from avgust.web.programmes.models import Measure, MeasureClause, MeasureExecutor, Programme


def test_measures_are_what_the_review_left(cast: Any, document: Any, adopted: Any) -> None:
    correct(document, said.NotMeasure("c3"), actor=cast.municipal_officer, seen=0)
    correct(document, said.SetTheme("c1", Theme.GOVERNANCE), actor=cast.municipal_officer, seen=1)
    programme = adopted(document)
    measures = list(programme.measures.order_by("order"))
    assert [m.label for m in measures] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    assert (measures[0].theme, measures[0].due) == ("governance", date(2025, 10, 1))
    assert measures[1].target_text
    assert measures[1].targets[0].value == 70
    assert measures[0].section.startswith("1. Управлению образования")
    assert measures[0].deadline.kind is DeadlineKind.DATE
    assert list(MeasureClause.objects.order_by("measure__order").values_list("source__clause", flat=True))[
        :2
    ] == [
        "c1",
        "c2",
    ]


def test_the_document_is_closed_and_the_journal_knows(cast: Any, document: Any, programme: Any) -> None:
    document.refresh_from_db()
    assert document.adopted
    assert (programme.school_year, programme.unit, programme.measure_count) == (
        "2025/2026", cast.units.municipality, 6,
    )  # fmt: skip
    assert Entry.objects.get(code="programmes.adopted").after["measures"] == 6
    with pytest.raises(Refused):
        adopt_document(document, actor=cast.municipal_officer)
    assert Programme.objects.count() == 1


def test_names_fall_on_organisations_of_the_day(cast: Any, programme: Any) -> None:
    by_order = {row.measure.order: row for row in MeasureExecutor.objects.select_related("measure")}
    body, role = by_order[1], by_order[4]
    assert (body.outcome, body.unit) == ("body", cast.units.authority)
    assert (role.outcome, role.unit, role.unit_count) == ("role", None, 1)


def test_a_severe_finding_stops_adoption(cast: Any, uploaded: Any) -> None:
    document = uploaded(
        "РЕШЕНИЕ\nсовещания\n\n27 августа 2025 года\n\nРЕШИЛИ:\n1. Школам провести ярмарку до 1 мая 2020 года.\n"
    )
    assert document.severe_findings
    with pytest.raises(Refused):
        adopt_document(document, actor=cast.municipal_officer)
    assert not Programme.objects.exists()
    assert Document.objects.get().status == Document.Status.REVIEWING


def test_nothing_to_control_is_no_programme(cast: Any, uploaded: Any) -> None:
    document = uploaded("Просто письмо без поручений.\n")
    with pytest.raises(Refused):
        adopt_document(document, actor=cast.municipal_officer)


def test_nobody_adopts_what_she_has_not_seen(cast: Any, document: Any) -> None:
    correct(document, said.Confirm("c1"), actor=cast.methodologist, seen=0)
    with pytest.raises(Refused):
        adopt_document(document, actor=cast.municipal_officer, seen=0)


@pytest.mark.parametrize(
    "name", ["methodologist", "analyst", "observer", "head", "admin", "foreign_officer", "outsider"]
)
def test_only_officers_adopt(cast: Any, document: Any, name: str) -> None:
    with pytest.raises(PermissionDenied):
        adopt_document(document, actor=cast.people()[name])


def test_a_failure_half_way_leaves_nothing(cast: Any, document: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_values: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(MeasureExecutor.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        adopt_document(document, actor=cast.regional_officer)
    assert not Measure.objects.exists()
    assert Document.objects.get().status == Document.Status.REVIEWING


DEADLINES = [
    pytest.param(Deadline(DeadlineKind.DATE, end=date(2026, 1, 1)), date(2026, 1, 1), id="a date"),
    pytest.param(
        Deadline(DeadlineKind.INTERVAL, date(2025, 9, 1), date(2026, 8, 31)),
        date(2026, 8, 31),
        id="an interval",
    ),
    pytest.param(Deadline(DeadlineKind.INTERVAL, date(2025, 9, 1)), None, id="only a beginning"),
    pytest.param(Deadline(DeadlineKind.RECURRING, end=date(2026, 1, 1)), None, id="again and again"),
    pytest.param(Deadline(DeadlineKind.PERMANENT), None, id="all the time"),
    pytest.param(Deadline(), None, id="none"),
]


@pytest.mark.parametrize(("deadline", "due"), DEADLINES)
def test_the_last_day(deadline: Deadline, due: date | None) -> None:
    assert due_of(deadline) == due


def test_a_document_without_a_date_is_about_the_year_of_its_deadlines(uploaded: Any, adopted: Any) -> None:
    points = (
        "1. Школам провести ярмарку до 1 мая 2031 года.\n2. Школам открыть кружки до 1 октября 2030 года.\n"
    )
    programme = adopted(uploaded(f"РЕШЕНИЕ\nсовещания\n\nРЕШИЛИ:\n{points}"))
    assert (programme.adopted_on, programme.school_year) == (None, "2030/2031")


def test_adoption_from_the_page(cast: Any, document: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:adopt", args=[document.pk])
    stale = client.post(address, {"version": "7"})
    assert stale["Location"] == document.get_absolute_url()
    blind = client.post(address)
    assert blind["Location"] == document.get_absolute_url()
    assert document.severe_findings == 0
    answer = client.post(address, {"version": "0"})
    assert answer["Location"] == Programme.objects.get().get_absolute_url()
    again = client.get(reverse("programmes:of_document", args=[document.pk]))
    assert again["Location"] == Programme.objects.get().get_absolute_url()
