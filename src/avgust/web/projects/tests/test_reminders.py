"""Milestones in reminders, on the home page and in calendars."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from avgust.domain.periods import Period
from avgust.web.accounts.models import Post, User
from avgust.web.control.tests.conftest import Work, work
from avgust.web.notices.gathering import remind
from avgust.web.notices.models import Notice
from avgust.web.programmes.actions import cancel_measure
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.projects import actions
from avgust.web.projects.actions import MilestoneWords
from avgust.web.projects.models import Milestone
from avgust.web.projects.notices import deadlines, events

__all__ = ["work"]
DUE = date(2026, 3, 24)  # a Tuesday among working days
YEAR = Period(date(2025, 9, 1), date(2026, 8, 31))


def milestone_of(work: Work, cast: Any, label: str, due: date = DUE) -> Milestone:
    measure = Measure.objects.get(programme=work.programme, label=label)
    project = actions.make_project(measure, actor=cast.municipal_officer)
    words = MilestoneWords("Жюри названо", date(2026, 3, 2), due)
    return actions.put_milestone(project, words, actor=cast.municipal_officer, reason="приказ № 1")


@pytest.fixture
def of_authority(work: Work, cast: Any) -> Milestone:
    """A milestone of the measure that the authority carries out."""
    return milestone_of(work, cast, "2.1")


@pytest.fixture
def of_one_school(work: Work, cast: Any) -> Milestone:
    """A milestone of a measure that one school carries out."""
    row = MeasureExecutor.objects.get(measure__programme=work.programme, measure__label="1.1")
    row.outcome, row.unit = "body", cast.units.school
    row.save()
    return milestone_of(work, cast, "1.1")


def told() -> set[tuple[str, str]]:
    found = Notice.objects.filter(subject__startswith="projects.").values_list("person__email", "step")
    return {(email.split("@")[0], step) for email, step in found}


def test_it_reminds_before_and_after_and_goes_up(of_one_school: Milestone, cast: Any) -> None:
    for day in (date(2026, 3, 10), date(2026, 3, 20), DUE, date(2026, 3, 25)):
        remind(Period.day(day))
    assert told() == {("head", f"owner{step}") for step in ("-14", "-3", "+0", "+1")}
    remind(Period.day(date(2026, 3, 27)))  # the third working day: who controls; nobody above the adopter
    remind(Period.day(date(2026, 4, 7)))
    assert {one for one in told() if one[0] != "head"} == {("municipality", "controller+3")}
    notice = Notice.objects.get(step="owner+0", subject__startswith="projects.")
    assert notice.title == "1.1. Этап «Жюри названо»"
    assert notice.address == of_one_school.get_absolute_url()
    assert notice.group == str(of_one_school.project.measure.programme)


@pytest.mark.parametrize(
    ("case", "change"),
    [
        ("reported", lambda row, _who: Milestone.objects.filter(pk=row.pk).update(stage="claimed")),
        (
            "done",
            lambda row, _who: Milestone.objects.filter(pk=row.pk).update(stage="done", done_on=DUE),
        ),
        ("not in force", lambda row, who: cancel_measure(row.project.measure, actor=who, reason="письмо")),
    ],
)
def test_what_is_reported_or_not_in_force_is_left_alone(
    of_one_school: Milestone, cast: Any, case: str, change: Any
) -> None:
    assert [one.unit for one in deadlines([DUE])] == [cast.units.school.pk]
    change(of_one_school, cast.municipal_officer)
    assert list(deadlines([DUE])) == [], case


def test_a_plan_of_a_kind_of_organisations_is_the_adopters_own(work: Work, cast: Any) -> None:
    milestone_of(work, cast, "1.2")
    (found,) = deadlines([DUE])
    assert found.unit == found.adopter == cast.units.municipality.pk
    for day in (DUE, date(2026, 3, 27), date(2026, 4, 7)):
        remind(Period.day(day))
    assert told() == {("municipality", "owner+0")}  # what it set itself is nobody's above


def test_the_heir_of_a_closed_organisation_answers(of_one_school: Milestone, cast: Any) -> None:
    school = cast.units.school
    school.closed, school.successor = date(2025, 12, 31), cast.units.kindergarten
    school.save()
    assert [one.unit for one in deadlines([DUE])] == [cast.units.kindergarten.pk]


def test_the_private_calendar_has_it(of_one_school: Milestone, of_authority: Milestone, cast: Any) -> None:
    found = [event for event in events(cast.head, YEAR) if event.uid == f"milestone-{of_one_school.pk}"]
    assert [(one.day, one.title) for one in found] == [(DUE, "Этап: Жюри названо")]
    of_head = [event.uid for event in events(cast.head, YEAR)]
    assert f"milestone-{of_authority.pk}" not in of_head
    of_officer = [event.uid for event in events(cast.municipal_officer, YEAR)]
    assert f"milestone-{of_authority.pk}" in of_officer
    assert list(events(cast.outsider, YEAR)) == []


def test_the_project_and_the_programme_as_calendars(
    of_authority: Milestone, cast: Any, signed_in: Any
) -> None:
    client = signed_in(cast.municipal_officer)
    measure = of_authority.project.measure
    answer = client.get(reverse("projects:project_ics", args=[measure.pk]))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    of_project = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in of_project][1:] == ["Жюри названо"]
    assert of_project[1]["DTSTART"].dt == date(2026, 3, 2)
    assert of_project[1]["DTEND"].dt == date(2026, 3, 25)  # the day after the last one, RFC 5545
    view = client.get(reverse("programmes:ics", args=[work_of(of_authority)]))
    of_programme = Calendar.from_ical(b"".join(view.streaming_content)).walk("VEVENT")
    assert str(of_project[1]["UID"]) in {str(one["UID"]) for one in of_programme}
    narrowed = client.get(reverse("programmes:ics", args=[work_of(of_authority)]), {"q": "наставничестве"})
    assert b"milestone-" not in b"".join(narrowed.streaming_content)


def work_of(row: Milestone) -> int:
    return row.project.measure.programme_id


def test_who_decides_is_told_and_who_reported_hears_of_it(of_one_school: Milestone, cast: Any) -> None:
    now = date(2026, 3, 20)
    actions.report_milestone(
        of_one_school, actor=cast.head, seen=0, done_on=timezone.localdate(), text=f"Готово {now}"
    )
    waiting = Notice.objects.get(kind="projects.claimed")
    assert (waiting.person, waiting.words.title) == (
        cast.municipal_officer,
        "Ждёт вашего решения: 1.1. Этап «Жюри названо»",
    )
    actions.return_milestone(of_one_school, actor=cast.municipal_officer, seen=1, reason="нет приказа")
    waiting.refresh_from_db()
    assert waiting.read_at is not None  # nothing waits any more
    back = Notice.objects.get(kind="projects.returned")
    assert (back.person, "приказа" in back.words.title) == (cast.head, False)


def test_an_officer_who_reported_is_passed_over(of_one_school: Milestone, cast: Any) -> None:
    actions.report_milestone(
        of_one_school, actor=cast.municipal_officer, seen=0, done_on=timezone.localdate(), text="Готово"
    )
    assert Notice.objects.get(kind="projects.claimed").person == cast.regional_officer


def test_the_home_page_says_what_waits(
    of_one_school: Milestone, cast: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 3, 20))
    home = reverse("home")
    address = of_one_school.get_absolute_url()
    assert address in signed_in(cast.head).get(home).content.decode()
    assert address not in signed_in(cast.municipal_officer).get(home).content.decode()
    done = date(2026, 3, 19)
    actions.report_milestone(of_one_school, actor=cast.head, seen=0, done_on=done, text="Готово")
    assert address not in signed_in(cast.head).get(home).content.decode()
    assert address in signed_in(cast.municipal_officer).get(home).content.decode()


def test_as_many_queries_for_many_as_for_few(
    work: Work, cast: Any, django_assert_max_num_queries: Any
) -> None:
    row = milestone_of(work, cast, "2.1")
    Milestone.objects.bulk_create(
        Milestone(project=row.project, title=f"Этап {n}", start=DUE, due=DUE) for n in range(40)
    )
    deputy = User.objects.create_user("deputy@avgust.test", full_name="Заместитель")
    Post.objects.create(user=deputy, role="deputy", unit=cast.units.school, since=date(2020, 9, 1))
    with django_assert_max_num_queries(5):
        assert len(list(deadlines([DUE]))) == 41
