"""The pages of the journal: what is found, in whose scope, page by page, and as a spreadsheet."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from avgust.web import audit
from avgust.web.audit.models import Entry
from avgust.web.journal import reading
from avgust.web.journal.reading import page, visible_to
from avgust.web.territory.codes import ADDED, CLOSED, MOVED

ADDRESS = reverse("journal:list")


def links_made() -> None:
    """PostgreSQL makes the links of the chain at commit, which a test never reaches."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def entries(cast) -> dict[str, Entry]:
    """One act at each of some places, by different people."""

    def act(code, subject, actor, *, reason: str = "", **after) -> Entry:
        return audit.record(actor=actor, code=code, subject=subject, after=after, reason=reason)

    units = cast.units
    return {
        "school": act(
            MOVED, units.school, cast.regional_officer, parent="Луговской округ", reason="закон № 5"
        ),
        "kindergarten": act(CLOSED, units.kindergarten, cast.municipal_officer, closed="2026-01-31"),
        "neighbour": act(MOVED, units.neighbour_school, cast.foreign_officer, parent="Подгорный округ"),
        "region": act(ADDED, units.region, None, parent="—"),
        "nowhere": audit.record(
            actor=cast.admin, code="accounts.added", subject=cast.head, after={"email": "head@avgust.test"}
        ),
    }


SCOPES = {
    "regional_officer": {"school", "kindergarten", "neighbour", "region", "nowhere"},
    "analyst": {"school", "kindergarten", "neighbour", "region", "nowhere"},
    "municipal_officer": {"school", "kindergarten"},
    "foreign_officer": {"neighbour"},
    "head": set(),
    "outsider": set(),
}


@pytest.mark.parametrize(("who", "seen"), SCOPES.items())
def test_scope(cast, entries, who: str, seen: set[str], monkeypatch) -> None:
    expected = {entries[name].pk for name in seen}
    assert set(visible_to(cast.people()[who]).values_list("pk", flat=True)) == expected
    monkeypatch.setattr(reading, "FEW", 0)  # the way of asking for many organisations
    assert set(visible_to(cast.people()[who]).values_list("pk", flat=True)) == expected


QUESTIONS = {
    "no question": ({}, {"school", "kindergarten", "neighbour", "region", "nowhere"}),
    "words in any case and order": ({"q": "ЛУГОВСКОЙ закон"}, {"school"}),
    "ё as е, quotes left out": ({"q": "ёлочка"}, {"kindergarten"}),
    "е as ё": ({"q": "елочка"}, {"kindergarten"}),
    "the beginning of a word": ({"q": "лугов"}, {"school", "neighbour"}),
    "not the middle of a word": ({"q": "уговской"}, set()),
    "words of the sentence": ({"q": "место организации"}, {"school", "neighbour"}),
    "a kind": ({"kind": "territory.closed"}, {"kindergarten"}),
    "a station": ({"kind": "accounts"}, {"nowhere"}),
    "the system": ({"who": "0"}, {"region"}),
    "days": ({"since": "01.01.2020", "until": "31.12.2020"}, set()),
    "marks only": ({"q": "«»"}, {"school", "kindergarten", "neighbour", "region", "nowhere"}),
}


@pytest.mark.parametrize(("question", "found"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_question(cast, entries, signed_in, question: dict[str, str], found: set[str]) -> None:
    answer = signed_in(cast.regional_officer).get(ADDRESS, question)
    assert {row.entry.pk for row in answer.context["rows"]} == {entries[name].pk for name in found}


def test_by_person_and_place_and_subject(cast, entries, signed_in) -> None:
    client = signed_in(cast.regional_officer)

    def found(**question) -> set[int]:
        return {row.entry.pk for row in client.get(ADDRESS, question).context["rows"]}

    assert found(who=cast.municipal_officer.pk) == {entries["kindergarten"].pk}
    assert found(who=cast.head.pk) == set()
    assert found(unit=cast.units.municipality.pk) == {entries["school"].pk, entries["kindergarten"].pk}
    assert found(unit=cast.units.school.pk) == {entries["school"].pk}
    assert found(subject=f"territory.unit:{cast.units.school.pk}") == {entries["school"].pk}
    today = timezone.localdate().strftime("%d.%m.%Y")
    assert len(found(since=today, until=today)) == len(entries)


def test_a_place_or_person_out_of_scope_is_not_found(cast, entries, signed_in) -> None:
    client = signed_in(cast.municipal_officer)
    for question in ({"unit": cast.units.neighbour.pk}, {"who": cast.foreign_officer.pk}):
        answer = client.get(ADDRESS, question)
        assert answer.context["rows"] == []
        assert "Чужова" not in answer.content.decode()


def test_days_in_the_wrong_order_are_told(cast, signed_in) -> None:
    answer = signed_in(cast.analyst).get(ADDRESS, {"since": "02.01.2026", "until": "01.01.2026"})
    assert "Последний день раньше первого." in answer.content.decode()


@pytest.mark.parametrize("words", ["", "луговской"])
@pytest.mark.parametrize("chunk", [3, 2000])
def test_pages_lead_through_everything_and_back(cast, monkeypatch, words: str, chunk: int) -> None:
    monkeypatch.setattr(reading, "PAGE", 5)
    monkeypatch.setattr(reading, "_CHUNK", chunk)
    acts = [audit.Act(MOVED, cast.units.school, after={"parent": "Луговской округ"}) for _ in range(12)]
    written = [entry.pk for entry in audit.record_all(acts, actor=None)][::-1]
    found = visible_to(cast.municipal_officer)
    first = page(found, words, before=None, after=None)
    second = page(found, words, before=first.older, after=None)
    third = page(found, words, before=second.older, after=None)
    seen = [[entry.pk for entry in one.entries] for one in (first, second, third)]
    assert seen == [written[:5], written[5:10], written[10:]]
    assert (first.newer, third.older) == (None, None)
    back = page(found, words, before=None, after=third.newer)
    assert [entry.pk for entry in back.entries] == seen[1]
    assert page(found, words, before=None, after=back.newer).newer is None


def test_an_entry_says_everything(cast, entries, signed_in) -> None:
    links_made()
    html = (
        signed_in(cast.regional_officer)
        .get(reverse("journal:entry", args=[entries["school"].pk]))
        .content.decode()
    )
    assert "закон" in html
    assert "место в территории" in html
    assert reverse("territory:card", args=[cast.units.school.pk]) in html
    assert Entry.objects.get(pk=entries["school"].pk).link.hash in html


def test_an_act_in_a_request_carries_its_number(cast, signed_in, read_here) -> None:
    from tests.permissions.documents import _uploaded

    document = _uploaded(cast, cast.units.municipality)
    client = signed_in(cast.municipal_officer)
    answer = client.post(reverse("documents:delete", args=[document.pk]))
    assert Entry.objects.first().request == answer.headers["X-Request-ID"]


def test_the_spreadsheet_has_what_the_page_has(cast, entries, signed_in) -> None:
    answer = signed_in(cast.municipal_officer).get(reverse("journal:xlsx"), {"q": "луговской"})
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows][-1] == entries["school"].pk
    assert any("Е. А. Ларина" in str(cell) for cell in rows[-1])
    assert len([row for row in rows if row[0] == entries["kindergarten"].pk]) == 0


def test_the_page_takes_few_queries(cast, signed_in, django_assert_max_num_queries) -> None:
    acts = [audit.Act(MOVED, unit, after={"parent": "x"}) for unit in vars_of(cast.units)] * 10
    audit.record_all(acts, actor=cast.admin)
    client = signed_in(cast.regional_officer)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


def vars_of(units) -> list:
    return [getattr(units, name) for name in units.__dataclass_fields__]


def test_a_far_day_is_found_by_the_index_of_times(cast) -> None:
    audit.record(actor=None, code=MOVED, subject=cast.units.school)
    today = timezone.localdate()
    assert Entry.objects.filter(reading.between(today, today)).count() == 1
    assert not Entry.objects.filter(reading.between(today + timedelta(days=1), None)).exists()
    assert not Entry.objects.filter(reading.between(None, date(2020, 1, 1))).exists()


def test_the_erased_are_not_found_by_name(cast) -> None:
    from avgust.web.accounts.actions import erase_person

    audit.record(actor=cast.admin, code="accounts.added", subject=cast.head, after={"email": cast.head.email})
    found = visible_to(cast.regional_officer)
    assert page(found, "боровой", before=None, after=None).entries
    with transaction.atomic():
        erase_person(cast.head, actor=cast.admin)
    assert not page(found, "боровой", before=None, after=None).entries
