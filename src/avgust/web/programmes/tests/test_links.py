"""Clauses and measures, many to many: links, mergers, and a document that adds to a programme."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import (
    adopt_document,
    link_clauses,
    merge_measures,
    part_measures,
    unlink_clause,
)
from avgust.web.programmes.models import AdoptedClause, Measure, MeasureClause, Programme
from avgust.web.programmes.reach import units_of

GROUND = "решение совета № 2"
DAY = date(2025, 10, 1)
MORE = """РЕЗОЛЮЦИЯ
дополнительного совещания Заозёрного муниципального округа

12 ноября 2025 года

РЕШИЛИ:

1. Руководителям общеобразовательных организаций:
1.1. Провести ярмарку профессий до 1 апреля 2026 года.
"""


def measures(programme: Programme) -> dict[str, Measure]:
    return {row.label: row for row in programme.measures.select_related("programme__unit")}


def clause_labels(measure: Measure) -> set[str]:
    return set(measure.clauses.values_list("source__label", flat=True))


def test_adoption_keeps_each_clause_with_its_words(programme: Any) -> None:
    clauses = AdoptedClause.objects.filter(document=programme.document).order_by("order")
    assert [row.label for row in clauses] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    first = clauses[0]
    assert first.quote.startswith("Утвердить план наставничества")
    assert [kind for _start, _end, kind in first.marks] == ["when"]
    start, end, _kind = first.marks[0]
    assert first.quote[start:end] == "до 1 октября 2025 года"


def test_a_clause_is_linked_and_unlinked(cast: Any, programme: Any, signed_in: Any) -> None:
    rows = measures(programme)
    clause = AdoptedClause.objects.get(label="1.3")
    (link,) = link_clauses(rows["1.1"], [clause], actor=cast.municipal_officer)
    assert clause_labels(rows["1.1"]) == {"1.1", "1.3"}
    with pytest.raises(Refused):
        link_clauses(rows["1.1"], [clause], actor=cast.municipal_officer)
    unlink_clause(MeasureClause.objects.get(measure=rows["1.3"]), actor=cast.municipal_officer)
    unlink_clause(link, actor=cast.municipal_officer)
    client = signed_in(cast.municipal_officer)
    answer = client.get(reverse("programmes:clauses", args=[programme.document_id]), {"alone": "1"})
    assert [row.label for row in answer.context["page"].object_list] == ["1.3"]
    assert "Нет меры для" in answer.content.decode()
    assert Entry.objects.of(rows["1.1"]).first().code == "programmes.unlinked_clause"


def test_two_measures_become_one_and_two_again(cast: Any, programme: Any) -> None:
    rows = measures(programme)
    kept, other = rows["1.1"], rows["2.1"]
    before = units_of(kept, DAY), units_of(other, DAY)
    merge_measures(kept, other, actor=cast.municipal_officer, reason=GROUND)
    kept.refresh_from_db()
    other.refresh_from_db()
    programme.refresh_from_db()
    assert (other.status, other.merged_into, kept.absorbed_labels) == ("merged", kept, "2.1")
    assert clause_labels(kept) == {"1.1", "2.1"}
    assert set(units_of(kept, DAY)) == set(before[0]) | set(before[1])
    assert (units_of(other, DAY), programme.measure_count) == ({}, 5)
    assert list(programme.measures.search("2.1").in_force()) == [kept]
    part_measures(other, actor=cast.municipal_officer, reason="ошибка")
    kept.refresh_from_db()
    other.refresh_from_db()
    assert set(units_of(kept, DAY)) == set(before[0])
    assert set(units_of(other, DAY)) == set(before[1])
    assert (clause_labels(kept), clause_labels(other), kept.absorbed_labels) == ({"1.1"}, {"2.1"}, "")
    assert kept.executor_names != other.executor_names


def test_a_merger_of_mergers_is_parted_in_any_order(cast: Any, programme: Any) -> None:
    rows = measures(programme)
    merge_measures(rows["1.2"], rows["1.3"], actor=cast.municipal_officer, reason=GROUND)
    merge_measures(rows["1.1"], rows["1.2"], actor=cast.municipal_officer, reason=GROUND)
    assert clause_labels(rows["1.1"]) == {"1.1", "1.2", "1.3"}
    part_measures(rows["1.3"], actor=cast.municipal_officer, reason=GROUND)
    assert clause_labels(rows["1.1"]) == {"1.1", "1.2"}
    merge_measures(rows["1.1"], rows["1.3"], actor=cast.municipal_officer, reason=GROUND)
    part_measures(rows["1.2"], actor=cast.municipal_officer, reason=GROUND)
    assert [clause_labels(rows[label]) for label in ("1.1", "1.2", "1.3")] == [{"1.1", "1.3"}, {"1.2"}, set()]


def test_what_a_merged_measure_held_goes_along_when_it_is_parted(cast: Any, programme: Any) -> None:
    rows = measures(programme)
    merge_measures(rows["1.2"], rows["1.3"], actor=cast.municipal_officer, reason=GROUND)
    merge_measures(rows["1.1"], rows["1.2"], actor=cast.municipal_officer, reason=GROUND)
    part_measures(rows["1.2"], actor=cast.municipal_officer, reason=GROUND)
    assert clause_labels(rows["1.2"]) == {"1.2", "1.3"}
    assert clause_labels(rows["1.1"]) == {"1.1"}


REFUSED = [
    pytest.param("1.1", "1.1", GROUND, id="itself"),
    pytest.param("1.1", "1.2", " ", id="no ground"),
]


@pytest.mark.parametrize(("kept", "other", "ground"), REFUSED)
def test_a_merger_that_cannot_be(cast: Any, programme: Any, kept: str, other: str, ground: str) -> None:
    rows = measures(programme)
    with pytest.raises(Refused):
        merge_measures(rows[kept], rows[other], actor=cast.municipal_officer, reason=ground)


def test_a_clause_that_came_with_a_merger_is_not_unlinked(cast: Any, programme: Any) -> None:
    rows = measures(programme)
    merge_measures(rows["1.1"], rows["1.2"], actor=cast.municipal_officer, reason=GROUND)
    with pytest.raises(Refused):
        unlink_clause(MeasureClause.objects.get(origin=rows["1.2"]), actor=cast.municipal_officer)


def test_from_the_page(cast: Any, programme: Any, signed_in: Any) -> None:
    rows = measures(programme)
    client = signed_in(cast.municipal_officer)
    page = reverse("programmes:links", args=[rows["1.1"].pk])
    html = client.get(page, {"q": "питание", "merge": "эвакуац"}).content.decode()
    clause = AdoptedClause.objects.get(label="2.1")
    assert f'name="clause" value="{clause.pk}"' in html
    assert f'name="measure" value="{rows["2.2"].pk}"' in html
    act = reverse("programmes:link", args=[rows["1.1"].pk])
    client.post(act, {"act": "link", "clause": clause.pk})
    client.post(act, {"act": "merge", "measure": rows["2.2"].pk, "reason": GROUND})
    card = re.sub("\u00a0", " ", client.get(rows["1.1"].get_absolute_url()).content.decode())
    assert card.count('<figure class="m-cl">') == 3
    assert "вместе с мерой 2.2" in card
    gone = re.sub("\u00a0", " ", client.get(rows["2.2"].get_absolute_url()).content.decode())
    assert "Объединена с" in gone
    client.post(act, {"act": "part", "measure": rows["2.2"].pk, "reason": GROUND})
    rows["2.2"].refresh_from_db()
    assert rows["2.2"].in_force


@pytest.mark.parametrize("posted", [{}, {"act": "unlink", "link": "x"}, {"act": "merge"}, {"act": "part"}])
def test_a_broken_form_changes_nothing(
    cast: Any, programme: Any, signed_in: Any, posted: dict[str, str]
) -> None:
    client = signed_in(cast.municipal_officer)
    measure = measures(programme)["1.1"]
    assert client.post(reverse("programmes:link", args=[measure.pk]), posted).status_code == 302
    measure.refresh_from_db()
    assert measure.version == 0


def test_a_document_adds_to_a_programme(cast: Any, programme: Any, uploaded: Any, signed_in: Any) -> None:
    more = uploaded(MORE)
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:adopt", args=[more.pk])
    assert f'value="{programme.pk}"' in client.get(address).content.decode()
    answer = client.post(address, {"version": "0", "into": programme.pk})
    programme.refresh_from_db()
    more.refresh_from_db()
    assert answer["Location"] == programme.get_absolute_url()
    assert (programme.measure_count, more.adopted, Programme.objects.count()) == (7, True, 1)
    last = programme.measures.order_by("order").last()
    assert (last.order, last.due, set(units_of(last, DAY))) == (7, date(2026, 4, 1), {cast.units.school.pk})
    led = client.get(reverse("programmes:of_document", args=[more.pk]))
    assert led["Location"] == programme.get_absolute_url()
    assert Entry.objects.of(programme).filter(code="programmes.supplemented").exists()


def test_a_document_adds_to_no_foreign_programme(cast: Any, programme: Any, uploaded: Any) -> None:
    more = uploaded(MORE, actor=cast.regional_officer, unit=cast.units.neighbour)
    with pytest.raises(Refused):
        adopt_document(more, actor=cast.regional_officer, into=programme)
    assert programme.measures.count() == 6


@pytest.mark.parametrize("name", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"])
def test_only_who_edits_programmes_links(cast: Any, programme: Any, name: str) -> None:
    rows, actor = measures(programme), cast.people()[name]
    clause = AdoptedClause.objects.get(label="1.3")
    with pytest.raises(PermissionDenied):
        link_clauses(rows["1.1"], [clause], actor=actor)
    with pytest.raises(PermissionDenied):
        merge_measures(rows["1.1"], rows["1.2"], actor=actor, reason=GROUND)
