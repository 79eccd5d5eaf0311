"""Measures of a municipality that answer the region's: suggested, confirmed, counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import (
    cancel_measure,
    decide_answer,
    except_units,
    make_answer,
    undo_answer,
)
from avgust.web.programmes.coverage import Coverage
from avgust.web.programmes.models import Answer, Measure, MeasureExecutor

ABOVE = """РЕЗОЛЮЦИЯ
августовской конференции Приреченской области

25 августа 2025 года

РЕШИЛИ:

1. Органам управления образованием муниципальных округов:
1.1. Обеспечить наставниками молодых педагогов до 1 июня 2026 года.
1.2. Провести слёт юных краеведов до 1 мая 2026 года.
2. Руководителям общеобразовательных организаций:
2.1. Назначить ответственных за школьное питание до 1 октября 2025 года.
3. Министерству образования Приреченской области:
3.1. Утвердить концепцию наставничества до 1 ноября 2025 года.
"""


@pytest.fixture
def regional(cast: Any, uploaded: Any, adopted: Any) -> Any:
    document = uploaded(ABOVE, actor=cast.regional_officer, unit=cast.units.region)
    return adopted(document, cast.regional_officer)


@pytest.fixture
def both(regional: Any, programme: Any) -> tuple[Any, Any]:
    """Return the region's programme and ours, adopted after it."""
    return regional, programme


def pairs(**filters: Any) -> set[tuple[str, str]]:
    rows = Answer.objects.filter(**filters)
    return set(rows.values_list("measure__label", "answered__label"))


def answer(below: str, above: str) -> Answer:
    rows = Answer.objects.select_related("measure__programme__unit", "answered")
    return rows.get(measure__label=below, answered__label=above)


def test_suggestions_are_stored_at_adoption(both: Any) -> None:
    assert ("2.1", "2.1") in pairs(status="suggested")
    assert any(above == "1.1" for _below, above in pairs())
    assert not any(above in ("1.2", "3.1") for _below, above in pairs())


def test_whichever_is_adopted_first(programme: Any, regional: Any) -> None:
    assert ("2.1", "2.1") in pairs(status="suggested")


def test_a_person_decides(cast: Any, both: Any) -> None:
    row = answer("2.1", "2.1")
    decide_answer(row, actor=cast.municipal_officer, confirmed=True)
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("confirmed", cast.municipal_officer)
    assert Entry.objects.of(row.measure).first().code == "programmes.answered"
    undo_answer(row, actor=cast.municipal_officer)
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("suggested", None)
    decide_answer(row, actor=cast.municipal_officer, confirmed=False)
    assert pairs(status="rejected") == {("2.1", "2.1")}


def test_an_answer_found_by_hand(cast: Any, both: Any) -> None:
    above, ours = both
    measure = ours.measures.select_related("programme__unit").get(label="2.3")
    answered = above.measures.select_related("programme").get(label="1.2")
    row = make_answer(measure, answered, actor=cast.municipal_officer)
    assert (row.likeness, pairs(status="confirmed")) == (None, {("2.3", "1.2")})
    undo_answer(row, actor=cast.municipal_officer)
    assert ("2.3", "1.2") not in pairs()
    with pytest.raises(Refused):
        make_answer(
            measure, ours.measures.select_related("programme").get(label="1.1"), actor=cast.municipal_officer
        )


@pytest.mark.parametrize("name", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"])
def test_only_who_edits_programmes_decides(cast: Any, both: Any, name: str) -> None:
    with pytest.raises(PermissionDenied):
        decide_answer(answer("2.1", "2.1"), actor=cast.people()[name], confirmed=True)


def test_what_falls_on_a_municipality(cast: Any, both: Any) -> None:
    above, _ours = both
    labels = dict(above.measures.values_list("pk", "label"))
    falls = {labels[pk]: places for pk, places in Coverage(above).falls.items()}
    here = cast.units.municipality.pk
    assert {label for label, places in falls.items() if here in places} == {"1.1", "1.2", "2.1"}
    assert falls["3.1"] == frozenset()


def test_two_ways_of_asking_agree(cast: Any, both: Any) -> None:
    above, _ours = both
    decide_answer(answer("2.1", "2.1"), actor=cast.municipal_officer, confirmed=True)
    whole = Coverage(above)
    for place in (cast.units.municipality, cast.units.neighbour):
        alone = Coverage(above, place)
        assert alone.of_place(place.pk) == whole.of_place(place.pk)
        said = list(alone.of_place(place.pk).values())
        assert whole.by_place([place.pk])[place.pk] == (said.count("confirmed"), len(said))


def test_an_exception_takes_a_municipality_out(cast: Any, both: Any) -> None:
    above, _ours = both
    role = MeasureExecutor.objects.select_related("measure__programme__unit").get(
        measure__programme=above, measure__label="2.1", relation="executor"
    )
    except_units(role, [cast.units.school], actor=cast.regional_officer, added=False, reason="нет столовой")
    assert cast.units.municipality.pk not in Coverage(above).falls[role.measure_id]
    assert cast.units.neighbour.pk in Coverage(above).falls[role.measure_id]


def test_a_cancelled_answer_does_not_count(cast: Any, both: Any) -> None:
    above, _ours = both
    row = answer("2.1", "2.1")
    decide_answer(row, actor=cast.municipal_officer, confirmed=True)
    place = cast.units.municipality.pk
    assert (row.answered_id, 1, 1) in Coverage(above).counted([place])
    assert Coverage(above).by_place([place]) == {place: (1, 3)}
    cancel_measure(row.measure, actor=cast.municipal_officer, reason="письмо")
    assert (row.answered_id, 0, 1) in Coverage(above).counted([place])


def text(client: Any, name: str, *args: Any, **query: str) -> str:
    found = client.get(reverse(name, args=args), query)
    assert found.status_code == 200
    return re.sub("\u00a0", " ", found.content.decode())


def test_the_page_of_a_municipality(cast: Any, both: Any, signed_in: Any) -> None:
    above, _ours = both
    place = cast.units.municipality.pk
    client = signed_in(cast.municipal_officer)
    html = text(client, "programmes:answers_of_place", above.pk, place)
    assert "приходятся 3 региональные меры" in html
    assert "концепцию наставничества" not in html
    assert "слёт юных краеведов" in text(client, "programmes:answers_of_place", above.pk, place, state="none")
    assert "слёт" not in text(client, "programmes:answers_of_place", above.pk, place, state="suggested")
    found = text(
        client,
        "programmes:answers_of_place",
        above.pk,
        place,
        **{"for": str(above.measures.get(label="1.2").pk), "q": "уголок"},
    )
    assert "Ёлочный" in found


def test_one_press_confirms(cast: Any, both: Any, signed_in: Any) -> None:
    above, _ours = both
    row = answer("2.1", "2.1")
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:decide_answer", args=[above.pk, cast.units.municipality.pk])
    said = {"act": "confirm", "answered": row.answered_id, "key": row.pk}
    fragment = client.post(address, said, headers={"HX-Request": "true"})
    html = fragment.content.decode()
    assert html.lstrip().startswith('<li class="m-one"')
    assert "ответ подтверждён" in html
    assert 'id="answers-views"' in html
    assert "avgust:say" in fragment["HX-Trigger"]
    client.post(address, {**said, "act": "undo"})
    row.refresh_from_db()
    assert row.status == "suggested"
    for broken in ({}, {"answered": row.answered_id, "act": "make"}, {**said, "key": "x"}):
        assert client.post(address, broken).status_code in (302, 404)


def test_the_matrix_opens_into_lists(cast: Any, both: Any, signed_in: Any) -> None:
    above, _ours = both
    row = answer("2.1", "2.1")
    decide_answer(row, actor=cast.municipal_officer, confirmed=True)
    client = signed_in(cast.regional_officer)
    html = text(client, "programmes:matrix", above.pk)
    assert "1 из 2" in html
    assert reverse("programmes:answers_of_measure", args=[row.answered_id]) in html
    gaps = client.get(reverse("programmes:matrix", args=[above.pk]), {"gaps": "1"})
    assert [row.measure.label for row in gaps.context["rows"]] == ["1.1", "1.2", "2.1"]
    opened = text(client, "programmes:answers_of_measure", row.answered_id)
    assert "Ответили 1 из 2 муниципалитетов" in opened
    assert "ответа нет" in opened


def test_the_cards_lead_to_each_other(cast: Any, both: Any, signed_in: Any) -> None:
    row = answer("2.1", "2.1")
    client = signed_in(cast.municipal_officer)
    card = re.sub("\u00a0", " ", client.get(row.measure.get_absolute_url()).content.decode())
    assert "Отвечает на вышестоящую меру" in card
    assert row.answered.get_absolute_url() in card
    above = client.get(row.answered.get_absolute_url()).content.decode()
    assert reverse("programmes:answers_of_measure", args=[row.answered_id]) in above


def test_larger_programmes_ask_the_database_no_more(cast: Any, both: Any, signed_in: Any) -> None:
    above, _ours = both
    client = signed_in(cast.regional_officer)
    place = cast.units.municipality.pk
    addresses = [
        reverse("programmes:matrix", args=[above.pk]),
        reverse("programmes:answers_of_place", args=[above.pk, place]),
    ]
    counts = []
    for more in (0, 60):
        for number in range(more):
            measure = Measure.objects.create(
                programme=above,
                order=1000 + number,
                text=f"Мера {number}",
                deadline_kind="none",
                deadline_values={"kind": "none"},
            )
            MeasureExecutor.objects.create(
                measure=measure,
                name="школы",
                form="role",
                relation="executor",
                outcome="role",
                rule="general education",
            )
        Measure.objects.filter(programme=above).settle_unclear()
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 20
