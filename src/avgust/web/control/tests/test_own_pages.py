"""The home of a head, the list of own assignments, and what counts as proof."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act
from avgust.web.control.actions import Words, act_on
from avgust.web.control.models import Assignment, Requirement
from avgust.web.control.owing import end_of_week

TODAY = date(2025, 9, 29)  # Monday; the regulation is due on Wednesday


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def own(answer: Any) -> dict[str, Any]:
    return next(s.context for s in answer.context["sections"] if s.template == "control/_home.html")


def labels(items: list[Any]) -> list[str]:
    return [item.label for item in items]


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2025, 9, 29), date(2025, 10, 5)),
        (date(2025, 10, 3), date(2025, 10, 5)),
        (date(2025, 10, 4), date(2025, 10, 12)),
        (date(2025, 10, 5), date(2025, 10, 12)),
    ],
    ids=["Monday", "Friday", "Saturday looks ahead", "Sunday looks ahead"],
)
def test_week(day: date, ends: date) -> None:
    assert end_of_week(day) == ends


def test_a_head_sees_the_week_and_nothing_else(work: Any, cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).get("/")
    assert [s.template for s in answer.context["sections"]] == ["control/_home.html"]
    shown = own(answer)
    assert labels(shown["week"]) == ["1.2", "1.1"]
    page = answer.content.decode().replace("\u00a0", " ")
    assert "На этой неделе 2 дела" in page
    assert "Ближайшее — завтра." in page
    assert reverse("control:report", args=[work.school.pk]) in page


def test_what_came_back_stands_first_with_its_reason(
    work: Any, cast: Any, signed_in: Any, with_draft: Any
) -> None:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    waiting = signed_in(cast.head).get("/")
    assert [row.measure.label for row in own(waiting)["waiting"]] == ["1.1"]
    act_on(
        work.school, Act.RETURN, actor=cast.municipal_officer, words=Words(reason="Нет листа с подписями.")
    )
    answer = signed_in(cast.head).get("/")
    shown = own(answer)
    assert (labels(shown["returned"]), labels(shown["week"])) == (["1.1"], ["1.2"])
    page = answer.content.decode().replace("\u00a0", " ")
    assert "Нет листа с подписями." in page
    assert "Н. П. Ветрова" in page
    assert "Исправить и отправить" in page
    assert "Вернули 1 отчёт." in page


def test_a_quiet_week_is_quiet(work: Any, cast: Any, signed_in: Any) -> None:
    Assignment.objects.filter(unit=cast.units.school, due__lt=date(2025, 12, 1)).update(status="accepted")
    answer = signed_in(cast.head).get("/")
    shown = own(answer)
    assert not (shown["returned"] or shown["week"] or shown["waiting"] or shown["entrusted"])
    page = answer.content.decode().replace("\u00a0", " ")
    assert "На этой неделе дел нет" in page
    assert "Ближайший срок — 31 декабря 2025 г." in page


def test_what_is_new_is_announced_for_a_week(work: Any, cast: Any, signed_in: Any) -> None:
    ours = Assignment.objects.filter(unit=cast.units.school)
    ours.update(since=datetime(2025, 9, 20, tzinfo=UTC))
    assert not own(signed_in(cast.head).get("/"))["numbers"]["new"]
    later = ours.filter(due__gt=date(2025, 10, 5), status="open").order_by("due", "pk")[:2]
    ours.filter(pk__in=[row.pk for row in later]).update(since=datetime(2025, 9, 25, tzinfo=UTC))
    answer = signed_in(cast.head).get("/")
    shown = own(answer)
    assert labels(shown["new"]) == [row.measure.label for row in later]
    page = answer.content.decode().replace("\u00a0", " ")
    assert "Новые поручения" in page
    assert "2 новых поручения." in page
    # A programme that brought many is one line with the nearest deadline, not a list of all of them.
    ours.filter(status="open").update(due=date(2025, 12, 1), since=datetime(2025, 9, 25, tzinfo=UTC))
    shown = own(signed_in(cast.head).get("/"))
    assert (shown["new"], len(shown["brought"])) == ([], 1)
    assert shown["brought"][0]["count"] == shown["numbers"]["new"] > 3
    assert shown["brought"][0]["nearest"] == date(2025, 12, 1)


def test_an_officer_keeps_the_desk(work: Any, cast: Any, signed_in: Any) -> None:
    templates = [s.template for s in signed_in(cast.municipal_officer).get("/").context["sections"]]
    assert "control/_desk.html" in templates
    assert len(templates) > 1


def test_the_home_asks_no_more_for_a_longer_list(work: Any, cast: Any, signed_in: Any) -> None:
    client, counts = signed_in(cast.head), []
    for first, last in ((0, 3), (3, 43)):
        _copies(work, first, last)
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 17  # the last one asks whether any milestone waits


def _copies(work: Any, first: int, last: int) -> None:
    Assignment.objects.bulk_create(
        Assignment(
            programme=work.programme, measure=work.school.measure, unit=work.school.unit, starts=TODAY,
            occurrence=f"copy {number}", due=TODAY + timedelta(days=number % 5), relation="executor",
            status=("open", "reported", "returned")[number % 3], reported_at=timezone.now(),
        )
        for number in range(first, last)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"open"}),
        ("?status=accepted", {"accepted"}),
        ("?status=", {"open", "accepted", "waiting"}),
        ("?status=&due=late", {"open"}),
        ("?status=waiting&due=none", {"waiting"}),
        ("?status=nonsense&due=nonsense&programme=x", {"open", "accepted", "waiting"}),
    ],
)
def test_own_list(
    query: str, expected: set[str], work: Any, cast: Any, signed_in: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 2, 10))
    Assignment.objects.filter(pk=work.school.pk).update(status="accepted")
    answer = signed_in(cast.head).get(reverse("control:mine") + query)
    assert {row.status for row, *_rest in answer.context["rows"]} == expected
    assert all(row.unit_id == cast.units.school.pk for row, *_rest in answer.context["rows"])


def test_own_list_has_pages_and_asks_a_bounded_number(work: Any, cast: Any, signed_in: Any) -> None:
    _copies(work, 0, 120)
    with CaptureQueriesContext(connection) as asked:
        answer = signed_in(cast.head).get(reverse("control:mine") + "?status=")
    assert len(answer.context["rows"]) == 50
    assert len(asked) <= 25


def test_what_counts_as_proof_is_said_on_the_measure(work: Any, cast: Any, signed_in: Any) -> None:
    measure = work.school.measure
    officer, address = signed_in(cast.municipal_officer), reverse("control:requirement", args=[measure.pk])
    assert address in officer.get(measure.get_absolute_url()).content.decode()
    assert address not in signed_in(cast.head).get(measure.get_absolute_url()).content.decode()
    answer = officer.post(address, {"kinds": ["local_act", "minutes"], "words": "Приказ директора"})
    assert answer.status_code == 302
    assert Requirement.objects.get(measure=measure).kinds == ["local_act", "minutes"]
    assert "Приказ директора" in signed_in(cast.head).get(measure.get_absolute_url()).content.decode()
    assert officer.post(address, {"kinds": ["nonsense"]}).status_code == 422


def test_the_card_of_a_successor_shows_what_was_before(
    work: Any, cast: Any, signed_in: Any, with_draft: Any
) -> None:
    from avgust.web.territory.models import Membership, Unit

    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    heir = Unit.objects.create(kind="school", name="Школа-преемница", opened=date(2020, 9, 1))
    Membership.objects.create(unit=heir, parent=cast.units.municipality, since=date(2020, 9, 1))
    row = Assignment.objects.create(
        programme=work.programme, measure=work.school.measure, unit=heir, starts=TODAY, due=TODAY,
        first_due=TODAY, relation="executor", inherits=work.school,
    )  # fmt: skip
    page = signed_in(cast.municipal_officer).get(row.get_absolute_url()).content.decode()
    for words in ("Принято от", "Школа № 3", "отчёт отправлен", "https://school.example/act"):
        assert words in page.replace("\u00a0", " "), words


def test_a_refused_act_keeps_what_was_typed(work: Any, cast: Any, signed_in: Any) -> None:
    address = reverse("control:act", args=[work.school.pk])
    said = {"act": "ask_extension", "version": "0", "reason": "Смена директора", "day": "01.09.2025"}
    answer = signed_in(cast.head).post(address, said)
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("Новый срок должен быть позже", "Смена директора", "01.09.2025"):
        assert words in page, words
    assert signed_in(cast.head).post(address, {**said, "day": "завтра"}).status_code == 422


def test_the_card_asks_a_bounded_number(work: Any, cast: Any, signed_in: Any, with_draft: Any) -> None:
    for _again in range(4):
        with_draft(work.school, cast.head)
        act_on(work.school, Act.REPORT, actor=cast.head)
        act_on(work.school, Act.RETURN, actor=cast.municipal_officer, words=Words(reason="Ещё раз."))
    with CaptureQueriesContext(connection) as asked:
        signed_in(cast.municipal_officer).get(work.school.get_absolute_url())
    assert len(asked) <= 34
