"""What control reminds of, and what it puts into a calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from avgust.domain.control.errands import ErrandAct
from avgust.domain.control.states import Act, Status
from avgust.domain.periods import Period
from avgust.web.accounts.models import Post, User
from avgust.web.control.actions import Words, act_on
from avgust.web.control.board import MINE, Conditions
from avgust.web.control.deciding import deciders_of
from avgust.web.control.errands import act_on_errand, give_errand
from avgust.web.control.models import Assignment
from avgust.web.control.notices import deadlines, events
from avgust.web.notices.gathering import remind
from avgust.web.notices.models import Notice
from avgust.web.programmes.models import MeasureExecutor

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


# ── errands of colleagues ─────────────────────────────────────────────────────
ERRAND_DAY = date(2025, 9, 23)  # a Tuesday


@pytest.fixture
def deputy(cast, monkeypatch) -> User:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 9, 10))
    person = User.objects.create_user("deputy@avgust.test", full_name="Заместитель")
    Post.objects.create(user=person, role="deputy", unit=cast.units.school, since=date(2020, 9, 1))
    return person


def steps(person: User) -> list[str]:
    rows = Notice.objects.filter(person=person, subject__startswith="control.errand")
    return list(rows.exclude(step="").order_by("id").values_list("step", flat=True))


def test_an_errand_reminds_who_does_it_and_then_who_gave_it(work, cast, deputy) -> None:
    errand = give_errand(work.school, actor=cast.head, to=deputy, words="Соберите подписи", due=ERRAND_DAY)
    for day in range(9, 31):
        remind(Period.day(date(2025, 9, day)))
    assert steps(deputy) == ["owner-14", "owner-3", "owner+0", "owner+1", "owner+7"]
    assert steps(cast.head) == ["giver+3"]
    assert not steps(cast.municipal_officer), "work inside the organisation is its own business"
    late = Notice.objects.get(person=cast.head, step="giver+3")
    assert "Коллега" in late.words.said
    assert late.address == errand.get_absolute_url()
    assert "подписи" not in late.title


def test_an_errand_without_a_day_is_due_with_its_assignment(work, cast, deputy) -> None:
    give_errand(work.school, actor=cast.head, to=deputy, words="Соберите подписи")
    (mine,) = [found for found in deadlines([work.school.due]) if found.person]
    assert (mine.person, mine.due) == (deputy.pk, work.school.due)
    (event,) = [one for one in events(deputy, Period.day(work.school.due)) if one.uid.startswith("errand")]
    assert event.day == work.school.due


def test_an_errand_that_is_done_reminds_nobody(work, cast, deputy) -> None:
    errand = give_errand(work.school, actor=cast.head, to=deputy, words="Соберите", due=ERRAND_DAY)
    act_on_errand(errand, ErrandAct.FINISH, actor=deputy, words="Собраны")
    assert not [found for found in deadlines([ERRAND_DAY]) if found.person]
    told = Notice.objects.filter(subject=f"control.errand:{errand.pk}").order_by("id")
    assert [(one.person, one.kind) for one in told] == [
        (deputy, "control.errand_given"),
        (cast.head, "control.errand_finish"),
    ]


# ── who is named to control in person ─────────────────────────────────────────
@pytest.fixture
def named(work, cast) -> User:
    """The region's officer, named to control what the school owes to its municipality."""
    post = cast.regional_officer.posts.get()
    MeasureExecutor.objects.create(
        measure=work.school.measure, name="Ларина Е. А.", form="body", relation="controller",
        outcome="unit", unit=cast.units.region, post=post,
    )  # fmt: skip
    return cast.regional_officer


def waits_for(person: User) -> int:
    asked = Conditions(person, timezone.now(), timezone.localdate())[MINE]
    return Assignment.objects.visible_to(person).filter(asked).count()


def test_who_is_named_is_asked_for_acceptance(work, cast, with_draft, named) -> None:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    assert waits_for(named) == 1
    assert waits_for(cast.municipal_officer) == 1, "whose place it is, is asked as well"
    said = deciders_of(Assignment.objects.get(pk=work.school.pk)).sentence
    assert "Ветрова" in said.replace("\xa0", " ")
    assert "Ларина" in said.replace("\xa0", " ")
    Post.objects.filter(user=named).update(until=date(2025, 1, 1))
    fresh = User.objects.get(pk=named.pk)
    assert waits_for(fresh) == 0, "who no longer holds the post is not"


def test_who_is_named_gets_the_escalation(work, cast, named) -> None:
    day = date(2025, 10, 6)  # the third working day after 1 October
    remind(Period.day(day))
    rows = Notice.objects.filter(step="controller+3", title__startswith="1.1.")
    assert {row.person for row in rows} == {cast.municipal_officer, named}
    assert {row.count for row in rows} == {1}
