"""What control reminds of, and what it puts into a calendar."""

from __future__ import annotations

from datetime import date

from avgust.domain.control.states import Act, Status
from avgust.domain.periods import Period
from avgust.web.control.actions import Words, act_on
from avgust.web.control.notices import deadlines, events
from avgust.web.notices.gathering import remind
from avgust.web.notices.models import Notice

DUE = date(2026, 4, 1)


def test_what_is_owed_on_the_days_and_nothing_else(work) -> None:
    (found,) = deadlines([DUE])
    assert (found.unit, found.due, found.adopter) == (
        work.authority.unit_id,
        DUE,
        work.programme.unit_id,
    )
    assert found.title.startswith("2.1. Провести смотр")
    assert found.heading == work.programme.title
    for status in (Status.REPORTED, Status.ACCEPTED, Status.SUSPENDED, Status.CANCELLED):
        work.authority.status = status.value
        work.authority.save()
        assert list(deadlines([DUE])) == []


def test_an_assignment_reminds_its_people(work, cast) -> None:
    remind(Period.day(DUE))
    notice = Notice.objects.get(person=cast.municipal_officer)
    assert (notice.subject, notice.step) == (f"control.assignment:{work.authority.pk}", "owner+0")


def test_the_calendar_of_a_head_has_the_days_of_the_school(work, cast) -> None:
    found = list(events(cast.head, Period(date(2025, 9, 1), date(2026, 6, 30))))
    assert {event.day for event in found} >= {work.school.due}
    assert all("Школа № 3" in event.words for event in found)
    assert list(events(cast.outsider, Period(date(2025, 9, 1), date(2026, 6, 30)))) == []


def test_the_organisation_is_told_what_is_decided(work, cast, with_draft) -> None:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    assert not Notice.objects.exists()
    act_on(work.school, Act.RETURN, actor=cast.municipal_officer, words=Words(reason="нет приказа"))
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    act_on(work.school, Act.ACCEPT, actor=cast.municipal_officer)
    notices = Notice.objects.filter(person=cast.head).order_by("id")
    said = [notice.words.title for notice in notices]
    assert [one.split(":")[0] for one in said] == ["Возвращено на доработку", "Принято"]
    assert all("наставничестве" in one and "приказа" not in one for one in said)
    assert not Notice.objects.exclude(person=cast.head).exists()
