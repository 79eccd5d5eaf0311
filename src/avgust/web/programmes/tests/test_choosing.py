"""Which organisation is meant: the choice on the card of a measure, its journal, and who may make it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avgust.domain.addressing.roles import RULES
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.documents.registers import rule_words
from avgust.web.programmes.actions import choose_executor, name_executor, release_executor
from avgust.web.programmes.models import BY_HAND, MeasureExecutor
from avgust.web.programmes.reach import organisations_of
from avgust.web.territory.models import Membership, Unit

TEXT = """РЕЗОЛЮЦИЯ
совещания Заозёрного муниципального округа

27 августа 2025 года

РЕШИЛИ:

1. Центру развития «Исток»:
1.1. Утвердить план наставничества до 1 октября 2025 года.
1.2. Провести семинар наставников до 1 декабря 2025 года.
2. Бюро путешествий «Тропа»:
2.1. Провести поход для классов-победителей до 1 июня 2026 года.
"""


@pytest.fixture
def twins(cast: Any) -> list[Unit]:
    """Return two centres of one name, so that the name does not decide."""
    made = []
    for number in (1, 2):
        unit = Unit.objects.create(
            kind="other",
            name="Центр развития «Исток»",
            short_name=f"Исток {number}",
            opened=cast.units.school.opened,
        )
        Membership.objects.create(unit=unit, parent=cast.units.municipality, since=cast.units.school.opened)
        made.append(unit)
    return made


@pytest.fixture
def unclear(twins: list[Unit], uploaded: Any, adopted: Any) -> Any:
    return adopted(uploaded(TEXT))


def executor(programme: Any, label: str) -> MeasureExecutor:
    return MeasureExecutor.objects.select_related("measure__programme__unit").get(
        measure__programme=programme, measure__label=label
    )


def read(client: Any, measure: Any, **query: str) -> str:
    return re.sub("\u00a0", " ", client.get(measure.get_absolute_url(), query).content.decode())


def test_a_choice_stands_above_the_rule_and_in_the_journal(
    cast: Any, unclear: Any, twins: list[Unit], signed_in: Any
) -> None:
    row = executor(unclear, "1.1")
    assert row.outcome == "ambiguous"
    choose_executor(row, twins[1], actor=cast.municipal_officer)
    row.refresh_from_db()
    assert (row.outcome, row.unit, row.by_hand) == ("body", twins[1], True)
    entry = Entry.objects.of(row.measure).get()
    assert (entry.actor, entry.before["outcome"], entry.after["unit_id"]) == (
        cast.municipal_officer, "ambiguous", twins[1].pk,
    )  # fmt: skip
    assert "Исток 2" in entry.sentence
    html = read(signed_in(cast.observer), row.measure)
    assert "выбрано вручную" in html
    assert "Исток 1" not in html
    assert executor(unclear, "1.2").outcome == "ambiguous"


def test_a_choice_for_the_same_words_everywhere(cast: Any, unclear: Any, twins: list[Unit]) -> None:
    changed = choose_executor(
        executor(unclear, "1.1"), twins[0], actor=cast.municipal_officer, everywhere=True
    )
    assert {row.measure.label for row in changed} == {"1.1", "1.2"}
    assert Entry.objects.filter(code="programmes.chose_executor").count() == 2
    assert not executor(unclear, "2.1").by_hand


def test_a_choice_is_taken_back(cast: Any, unclear: Any, twins: list[Unit]) -> None:
    row = executor(unclear, "1.1")
    choose_executor(row, twins[0], actor=cast.municipal_officer)
    release_executor(row, actor=cast.municipal_officer)
    row.refresh_from_db()
    assert (row.outcome, row.unit, row.unit_count) == ("ambiguous", None, 2)
    with pytest.raises(Refused):
        release_executor(row, actor=cast.municipal_officer)


def test_an_unknown_name_is_found_in_the_register(cast: Any, unclear: Any, signed_in: Any) -> None:
    row = executor(unclear, "2.1")
    assert row.outcome == "unknown"
    client = signed_in(cast.municipal_officer)
    html = read(client, row.measure, who=str(row.pk), q="школа 3")
    assert "Школа № 3" in html
    assert "Заозёрный округ" in html
    address = reverse("programmes:choose", args=[row.measure.pk])
    client.post(address, {"act": "choose", "executor": row.pk, "unit": cast.units.school.pk})
    row.refresh_from_db()
    assert row.unit == cast.units.school


def test_nobody_is_named_until_a_person_names_one(cast: Any, unclear: Any, signed_in: Any) -> None:
    measure = executor(unclear, "2.1").measure
    measure.executors.all().delete()
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:choose", args=[measure.pk])
    client.post(address, {"act": "name", "unit": cast.units.school.pk})
    row = measure.executors.get()
    measure.refresh_from_db()
    assert (row.unit, row.by_hand, measure.executor_names) == (
        cast.units.school,
        True,
        cast.units.school.name,
    )
    with pytest.raises(Refused):
        name_executor(measure, cast.units.kindergarten, actor=cast.municipal_officer)
    client.post(address, {"act": "release", "executor": row.pk})
    measure.refresh_from_db()
    assert not measure.executors.exists()
    assert measure.executor_names == ""


def test_a_role_means_all_of_its_kind(cast: Any, programme: Any) -> None:
    row = MeasureExecutor.objects.filter(outcome="role").first()
    with pytest.raises(Refused):
        choose_executor(row, cast.units.school, actor=cast.municipal_officer)


def test_a_foreign_organisation_is_not_chosen(cast: Any, unclear: Any) -> None:
    with pytest.raises(Refused):
        choose_executor(executor(unclear, "1.1"), cast.units.neighbour_school, actor=cast.municipal_officer)
    assert not MeasureExecutor.objects.filter(rule__in=BY_HAND).exists()


@pytest.mark.parametrize("name", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"])
def test_only_who_edits_programmes_chooses(cast: Any, unclear: Any, twins: list[Unit], name: str) -> None:
    with pytest.raises(PermissionDenied):
        choose_executor(executor(unclear, "1.1"), twins[0], actor=cast.people()[name])


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"act": "choose", "executor": "x", "unit": "1"}, id="no executor"),
        pytest.param({"act": "choose", "unit": "²"}, id="odd digits"),
        pytest.param({"act": "release", "executor": "999999999999"}, id="far away"),
    ],
)
def test_a_broken_form_changes_nothing(
    cast: Any, unclear: Any, signed_in: Any, posted: dict[str, str]
) -> None:
    row = executor(unclear, "1.1")
    client = signed_in(cast.municipal_officer)
    answer = client.post(reverse("programmes:choose", args=[row.measure.pk]), posted)
    assert answer.status_code == 302
    assert not MeasureExecutor.objects.filter(rule__in=BY_HAND).exists()


def test_organisations_that_the_reader_may_not_open_are_no_links(
    cast: Any, unclear: Any, twins: list[Unit], signed_in: Any
) -> None:
    measure = executor(unclear, "1.1").measure
    links = {
        name: reverse("territory:card", args=[twins[0].pk]) in read(signed_in(cast.people()[name]), measure)
        for name in ("observer", "head")
    }
    assert links == {"observer": True, "head": False}


VIEWS = [
    pytest.param("municipal_officer", {"unclear": "1"}, {"1.1", "1.2", "2.1"}, id="who exactly"),
    pytest.param("municipal_officer", {"due": "past"}, {"1.1", "1.2", "2.1"}, id="the date has passed"),
    pytest.param("head", {"mine": "1"}, set(), id="nothing of mine"),
]


@pytest.mark.parametrize(("name", "query", "expected"), VIEWS)
def test_views_of_the_head_sentence(
    cast: Any, unclear: Any, signed_in: Any, name: str, query: dict[str, str], expected: set[str]
) -> None:
    answer = signed_in(cast.people()[name]).get(unclear.get_absolute_url(), query)
    assert {row.measure.label for group in answer.context["groups"] for row in group.rows} == expected


def test_mine_is_what_falls_on_my_organisation(cast: Any, programme: Any, signed_in: Any) -> None:
    found = {}
    for name in ("head", "municipal_officer", "foreign_officer"):
        client = signed_in(cast.people()[name])
        answer = client.get(programme.get_absolute_url(), {"mine": "1"})
        if answer.status_code == 200:
            found[name] = {row.measure.label for group in answer.context["groups"] for row in group.rows}
    assert found == {"head": {"2.1", "2.2", "2.3"}, "municipal_officer": {"1.1", "1.2", "1.3"}}


def test_who_works_at_a_place_works_for_its_authority(cast: Any) -> None:
    assert organisations_of(cast.municipal_officer) == [cast.units.authority]
    assert organisations_of(cast.regional_officer) == [cast.units.ministry]
    assert organisations_of(cast.head) == [cast.units.school]
    for nobody in (cast.analyst, cast.observer, cast.admin, cast.outsider):
        assert organisations_of(nobody) == []


def test_every_rule_has_words() -> None:
    assert all(rule_words(rule.name) for rule in RULES)
