"""The state of proof counted by the database is that of the domain, for every status, verdict and date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from avgust.domain.control.states import Status
from avgust.domain.proof import Coverage, ProofState, Verdict
from avgust.domain.proof.states import FAILED, PROVEN
from avgust.web.control.desk import _least_proven, _worst
from avgust.web.control.models import Assignment
from avgust.web.control.proving import UNCOUNTED, coverage, coverages, in_states
from avgust.web.control.rolling import by_section, worst_measures
from avgust.web.programmes.models import Measure

TODAY = date(2026, 3, 12)


def test_sql_and_domain_agree(work: Any, cast: Any) -> None:
    Assignment.objects.all().delete()
    days = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
    Assignment.objects.bulk_create(
        Assignment(
            programme=work.programme, measure=work.school.measure, unit=cast.units.school, starts=TODAY,
            occurrence=str(number), status=status, verdict=verdict, due=due,
        )
        for number, (status, verdict, due) in enumerate(product(Status, Verdict, days))
    )  # fmt: skip
    rows = list(Assignment.objects.with_proof(TODAY))
    assert len(rows) == 9 * 3 * 4
    for row in rows:
        state = row.proof_on(TODAY)
        assert row.proof == (state.value if state else UNCOUNTED), (row.status, row.verdict, row.due)
    for states in (*({state} for state in ProofState), PROVEN, FAILED, set(ProofState) - PROVEN):
        found = set(Assignment.objects.filter(in_states(states, TODAY)).values_list("pk", flat=True))
        assert found == {row.pk for row in rows if row.proof_on(TODAY) in states}, states
    expected = Coverage.of(row.proof_on(TODAY) for row in rows)
    assert coverage(Assignment.objects.all(), TODAY).counts == expected.counts
    by_unit = coverages(Assignment.objects.all(), "unit", TODAY)
    assert by_unit[cast.units.school.pk].counts == expected.counts


def test_the_worst_are_those_with_nothing_proven_then_the_smallest_share(work: Any, cast: Any) -> None:
    """Each measure of a name: its statuses; a letter is an assignment, accepted, open or cancelled."""
    Assignment.objects.all().delete()
    told = {"none-later": "oo", "none": "o", "whole": "aa", "half": "ao", "third": "aoo", "void": "c"}
    statuses = {"a": Status.ACCEPTED, "o": Status.OPEN, "c": Status.CANCELLED}
    due = {"none": TODAY - timedelta(days=9), "ahead": TODAY + timedelta(days=1)}
    for order, (name, letters) in enumerate({**told, "ahead": "o"}.items(), start=100):
        measure = Measure.objects.create(
            programme=work.programme, order=order, text=name, deadline_kind="date",
            due=due.get(name, TODAY - timedelta(days=2)),
        )  # fmt: skip
        Assignment.objects.bulk_create(
            Assignment(
                programme=work.programme, measure=measure, unit=cast.units.school, starts=TODAY,
                occurrence=str(number), status=statuses[letter], due=measure.due,
            )
            for number, letter in enumerate(letters)
        )  # fmt: skip

    def worst(most: int, person: Any) -> list[str]:
        scope = Assignment.objects.visible_to(person)
        return [measure.text for measure in worst_measures(scope, TODAY, most)]

    for person in (cast.regional_officer, cast.municipal_officer):
        assert worst(9, person) == ["none", "none-later", "third", "half"]
        assert worst(3, person) == ["none", "none-later", "third"]
        assert worst(1, person) == ["none"]
    assert worst(9, cast.foreign_officer) == []


def test_which_measures_are_worst_is_kept_and_what_is_said_of_them_is_not(work: Any, cast: Any) -> None:
    school, neighbour = cast.units.school, cast.units.neighbour_school
    Assignment.objects.all().delete()
    measure = work.school.measure
    Assignment.objects.bulk_create(
        Assignment(programme=work.programme, measure=measure, unit=unit, starts=TODAY, due=measure.due)
        for unit in (school, neighbour)
    )
    today = measure.due + timedelta(days=30)

    def table() -> Any:
        scope = Assignment.objects.visible_to(cast.regional_officer)
        chosen = _least_proven(cast.regional_officer, scope, today)
        covered = coverages(scope, "measure", today)
        worst = _worst(cast.regional_officer, scope, chosen, covered, today)
        return worst and {place.pk: whole.proven for place, whole, _cells in worst["rows"]}

    ours, theirs = cast.units.municipality.pk, cast.units.neighbour.pk
    assert table() == {ours: 0, theirs: 0}
    Assignment.objects.filter(unit=school).update(status=Status.ACCEPTED)
    assert table() == {ours: 1, theirs: 0}
    Assignment.objects.all().update(status=Status.CANCELLED)
    assert table() == {}, "nothing is counted any more"
    Measure.objects.filter(pk=measure.pk).update(status=Measure.Status.CANCELLED)
    assert table() is None


def test_sections_are_rolled_up_in_two_queries_whatever_the_measures(work: Any) -> None:
    with CaptureQueriesContext(connection) as queries:
        sections = by_section(work.programme, Assignment.objects.all(), TODAY)
    assert sum(len(section.rows) for section in sections) == 4
    assert len(queries) == 2
