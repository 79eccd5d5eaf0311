"""The board, coverage that opens, and the desk of who controls."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act, Status
from avgust.web.accounts.models import Post
from avgust.web.control import board
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment
from avgust.web.territory.models import Membership, Unit

TODAY = date(2025, 11, 10)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def reported(work: Any, cast: Any, with_draft: Any) -> Assignment:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    return Assignment.objects.get(pk=work.school.pk)


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\u00a0", " ")


def test_the_board_says_what_waits(reported: Assignment, cast: Any, signed_in: Any) -> None:
    said = _text(signed_in(cast.municipal_officer).get(reverse("control:board")))
    assert "Решения ждёт 1 дело" in said
    assert "Школа № 3" in said
    assert "Положение" in said


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("view=late", 2),
        ("view=all", 16),
        ("view=all&q=НАСТАВНИЧЕСТВЕ школа", 1),
        ("view=all&q=смотр музеев", 1),
        ("view=all&q=музеев управление", 1),
        ("view=all&q=музеев школа", 0),
        ("view=all&q=ёлочка", 1),
        ("view=all&q=елочка", 1),
        ("view=all&q=такого+нет", 0),
        ("view=all&measure=999999", 0),
        ("view=all&unit=999999", 0),
        ("view=all&proof=claimed", 1),
        ("view=all&proof=nonsense&page=1000", 16),
        ("evidence=link", 1),
        ("evidence=photo", 0),
    ],
)
def test_views_and_filters(question: str, found: int, reported: Any, cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.municipal_officer).get(f"{reverse('control:board')}?{question}")
    assert answer.context["page"].paginator.count == found


@pytest.mark.parametrize("few", [(0, 0), (1, 1), (20, 100), (0, 100), (20, 0)])
@pytest.mark.parametrize(
    "words",
    ["школа", "ш", "о", "а", "наставничестве", "музеев школа", "о 3", "управление", "т", "нет такого"],
)
def test_a_search_finds_the_same_however_common_its_words(
    few: tuple[int, int], words: str, reported: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "FEW_MEASURES", few[0])
    monkeypatch.setattr(board, "FEW_UNITS", few[1])
    found = board.BoardView(words=words).narrowed(Assignment.objects.all(), TODAY)
    told = {
        row.pk
        for row in Assignment.objects.select_related("measure", "unit")
        if all(word in row.measure.search or word in row.unit.search for word in words.split())
    }
    assert set(found.values_list("pk", flat=True)) == told
    asked = board.Conditions(cast.municipal_officer, timezone.now(), TODAY)
    rows = found.visible_to(cast.municipal_officer)
    one_by_one = {which: rows.filter(condition).count() for which, condition in asked.items()}
    assert board.counts(rows, asked, TODAY) == one_by_one


def test_what_is_asked_awaits_a_decision(reported: Assignment) -> None:
    """The board finds requests by their day alone: whatever the status, the work waits for the answer."""
    for status in Status:
        Assignment.objects.filter(pk=reported.pk).update(status=status.value, asked_due=TODAY)
        assert Assignment.objects.filter(asked_due=TODAY, awaits__isnull=False).exists()


def test_a_report_of_a_school_waits_for_its_municipality_first(
    reported: Any, cast: Any, signed_in: Any
) -> None:
    def mine(person: Any) -> int:
        return signed_in(person).get(reverse("control:board")).context["numbers"]["mine"]

    assert (mine(cast.municipal_officer), mine(cast.regional_officer)) == (1, 0)
    Post.objects.filter(user=cast.municipal_officer).delete()
    assert mine(cast.regional_officer) == 1, "nobody stands between any more"


def test_the_region_sees_all_and_a_neighbour_nothing(reported: Any, cast: Any, signed_in: Any) -> None:
    def waiting(person: Any) -> int:
        return signed_in(person).get(reverse("control:board")).context["numbers"]["waiting"]

    assert (waiting(cast.regional_officer), waiting(cast.foreign_officer)) == (1, 0)


def _decide(client: Any, act: str, rows: list[Assignment], **said: str) -> Any:
    data = {"act": act, "chosen": [row.pk for row in rows], **said}
    return client.post(reverse("control:decide_many"), data, follow=True)


def test_many_are_decided_and_refusals_say_why(reported: Any, work: Any, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    said = _text(_decide(client, "return", [reported]))
    assert "Назовите причину" in said
    said = _text(_decide(client, "return", [reported, work.authority], reason="Нет подписи"))
    assert "Выполнено: 1 поручение" in said
    assert "Отчёта и решений по поручению ещё не было" in said
    assert Assignment.objects.get(pk=reported.pk).state is Status.RETURNED


def test_what_is_refused_stays_chosen(reported: Any, work: Any, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    here = f"{reverse('control:board')}?view=waiting&chosen=7"
    answer = _decide(client, "return", [reported, work.authority], next=here)
    both = "&".join(f"chosen={pk}" for pk in sorted([reported.pk, work.authority.pk]))
    assert answer.redirect_chain == [(f"{reverse('control:board')}?view=waiting&{both}#bulk", 302)]
    assert answer.content.decode().count("checked") == 1, "the row of this view, as it was chosen"
    assert _text(answer).count("Назовите причину") == 1, "one reason of all is said once"


def test_what_was_changed_meanwhile_is_not_decided(reported: Any, cast: Any, signed_in: Any) -> None:
    act_on(reported, Act.WITHDRAW, actor=cast.head)
    act_on(reported, Act.REPORT, actor=cast.head)
    stale = {f"version-{reported.pk}": str(reported.version)}
    said = _text(_decide(signed_in(cast.municipal_officer), "accept", [reported], **stale))
    assert "работал кто-то ещё" in said
    assert Assignment.objects.get(pk=reported.pk).state is Status.REPORTED


def test_a_foreign_assignment_is_as_if_it_were_not_there(reported: Any, cast: Any, signed_in: Any) -> None:
    _decide(signed_in(cast.foreign_officer), "return", [reported], reason="Чужое")
    assert Assignment.objects.get(pk=reported.pk).state is Status.REPORTED


def test_the_desk_tells_what_waits_and_what_is_late(reported: Any, cast: Any, signed_in: Any) -> None:
    said = _text(signed_in(cast.municipal_officer).get("/"))
    assert "Вашего решения ждёт 1 дело." in said
    assert "Ждёт меня" in said


def test_own_work_does_not_wait_for_oneself(work: Any, cast: Any, signed_in: Any, with_draft: Any) -> None:
    with_draft(work.authority, cast.municipal_officer)
    act_on(work.authority, Act.REPORT, actor=cast.municipal_officer)
    desk = signed_in(cast.municipal_officer).get("/").context["sections"][0].context
    assert desk["waiting"] == []
    board = signed_in(cast.municipal_officer).get(reverse("control:board"), {"view": "waiting"})
    assert "disabled" in board.content.decode()
    assert len(signed_in(cast.regional_officer).get("/").context["sections"][0].context["waiting"]) == 1


def test_coverage_opens_from_programme_to_organisation(reported: Any, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.regional_officer)
    whole = _text(client.get(reverse("control:programme", args=[reported.programme_id])))
    assert "доказано 0 из 16 поручений" in whole, whole[600:1500]
    act_on(reported, Act.ACCEPT, actor=cast.municipal_officer)
    page = client.get(reverse("control:measure", args=[reported.measure_id]))
    assert page.context["coverage"].proven == 1
    assert "доказано документом" in _text(page)
    card = _text(client.get(reported.measure.get_absolute_url()))
    assert "доказано документом" in card


def test_a_head_sees_own_coverage_only(reported: Any, cast: Any, signed_in: Any) -> None:
    page = signed_in(cast.head).get(reverse("control:programme", args=[reported.programme_id]))
    assert page.context["total"].total == 14
    elsewhere = reverse("control:programme", args=[reported.programme_id])
    other = signed_in(cast.head).get(elsewhere, {"unit": cast.units.kindergarten.pk})
    assert other.status_code == 404
    assert signed_in(cast.head).get(elsewhere, {"unit": "x"}).status_code == 404


def _more_schools(cast: Any, count: int) -> None:
    from avgust.web.control.assigning import follow_territory

    for number in range(count):
        unit = Unit.objects.create(kind="school", name=f"Школа {count} {number}", opened=date(2020, 9, 1))
        Membership.objects.create(unit=unit, parent=cast.units.municipality, since=date(2020, 9, 1))
    follow_territory(TODAY)


@pytest.mark.parametrize("address", ["home", "board", "programme", "table", "measure", "card"])
def test_more_rows_ask_the_database_no_more(address: str, reported: Any, cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.regional_officer)
    address = {
        "home": "/",
        "board": reverse("control:board") + "?view=all",
        "programme": reverse("control:programme", args=[reported.programme_id]),
        "table": reported.programme.get_absolute_url(),
        "measure": reverse("control:measure", args=[reported.measure_id]),
        "card": reported.measure.get_absolute_url(),
    }[address]
    counts = []
    for more in (1, 15):
        _more_schools(cast, more)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_table_of_a_programme_says_what_is_proven_in_the_reader_s_scope(
    reported: Any, cast: Any, signed_in: Any
) -> None:
    def row(person: Any) -> str:
        said = signed_in(person).get(reported.programme.get_absolute_url()).content.decode()
        opens = reverse("control:measure", args=[reported.measure_id])
        return next(part for part in said.split("<tr ") if f'href="{opens}"' in part)

    assert "заявлено" in row(cast.head)
    assert "доказано" not in row(cast.head)
    act_on(reported, Act.ACCEPT, actor=cast.municipal_officer)
    assert "доказано документом" in row(cast.head)
    _more_schools(cast, 3)
    assert "<b>1</b> из 4" in row(cast.regional_officer).replace("\u00a0", " ")
    assert "из 4" not in row(cast.head), "a head sees the own school alone"


def test_reasons_are_kept_whole(reported: Any, cast: Any) -> None:
    act_on(reported, Act.RETURN, actor=cast.municipal_officer, words=Words("  Нет листа с подписями.  "))
    assert reported.steps.last().reason == "Нет листа с подписями."
