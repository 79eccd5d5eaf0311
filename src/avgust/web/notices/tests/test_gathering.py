"""Who is reminded of what on which day; each once, also when the worker is killed or was away."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from avgust.domain.periods import Period
from avgust.web.accounts.models import Post
from avgust.web.background.models import Run
from avgust.web.notices import gathering
from avgust.web.notices.gathering import gather, remind
from avgust.web.notices.models import Notice

TUESDAY = date(2026, 3, 24)  # a working day like those around it


def on(day: date) -> int:
    return remind(Period.day(day))


def test_the_people_of_the_organisation_are_reminded_before_and_after(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.school)
    on(date(2026, 3, 10))
    assert told() == {("head", "owner-14")}
    on(date(2026, 3, 11))
    assert len(told()) == 1
    for day in (date(2026, 3, 20), TUESDAY, date(2026, 3, 25)):
        on(day)
    assert told() == {("head", f"owner{step}") for step in ("-14", "-3", "+0", "+1")}


def test_the_officers_of_the_place_answer_for_its_authority(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.authority)
    on(TUESDAY)
    assert told() == {("municipality", "owner+0")}


def test_what_is_late_goes_to_who_controls_and_then_one_level_up(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.school, cast.units.kindergarten, cast.units.neighbour_school)
    on(date(2026, 3, 27))  # the third working day after
    late = Notice.objects.filter(step="controller+3").order_by("person__email")
    assert [(notice.person.email.split("@")[0], notice.count) for notice in late] == [
        ("foreign", 1),
        ("municipality", 2),
    ]
    on(date(2026, 4, 7))  # the tenth
    above = Notice.objects.get(step="above+10")
    assert (above.person, above.count, above.address) == (cast.regional_officer, 3, "/measures/1/")


def test_nobody_above_the_adopter_is_told(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.school, adopter=cast.units.municipality)
    on(date(2026, 3, 27))
    on(date(2026, 4, 7))
    assert told() == {("municipality", "controller+3")}


def test_a_place_without_officers_passes_it_on(cast, owed, told) -> None:
    Post.objects.filter(user=cast.municipal_officer).delete()
    owed(TUESDAY, cast.units.school)
    on(date(2026, 3, 27))
    assert told() == {("region", "controller+3")}


def test_who_may_not_sign_in_or_has_left_is_not_told(cast, owed, told) -> None:
    cast.head.is_active = False
    cast.head.save()
    owed(TUESDAY, cast.units.school)
    on(TUESDAY)
    assert told() == set()


def test_schools_are_left_alone_in_july_and_authorities_are_not(cast, owed, told) -> None:
    owed(date(2026, 7, 22), cast.units.school, cast.units.authority)
    on(date(2026, 7, 8))
    on(date(2026, 7, 23))
    assert told() == {("municipality", "owner-14"), ("municipality", "owner+1")}
    on(date(2026, 6, 30))  # what July owed before the deadline
    on(date(2026, 8, 3))  # and after it
    assert {step for who, step in told() if who == "head"} == {"owner-3", "owner+7"}


def test_a_run_that_was_cut_short_is_done_again_and_doubles_nothing(cast, owed, monkeypatch) -> None:
    monkeypatch.setattr(gathering, "BATCH", 2)
    owed(TUESDAY, *(cast.units.school for _ in range(1)), cast.units.authority, cast.units.neighbour_school)
    written = gathering._write
    monkeypatch.setattr(gathering, "_write", lambda notices: (written(notices), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        on(TUESDAY)
    assert Notice.objects.count() == 2
    monkeypatch.setattr(gathering, "_write", written)
    on(TUESDAY)
    on(TUESDAY)
    assert Notice.objects.count() == 3


def test_days_that_the_worker_was_away_are_made_up_for(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.school)
    Run.objects.create(job=gathering.JOB, period="2026-03-18", finished_at=timezone.now())
    Run.objects.create(job=gathering.JOB, period="2026-03-20")  # was killed
    gather("2026-03-23")
    assert told() == {("head", "owner-3")}


def test_a_first_run_does_not_tell_of_the_past(cast, owed, told) -> None:
    owed(TUESDAY, cast.units.school)
    gather("2026-03-23")
    assert told() == set()


def test_it_takes_as_many_queries_for_many_as_for_few(cast, owed, django_assert_max_num_queries) -> None:
    for measure in range(60):
        owed(TUESDAY, cast.units.school, cast.units.authority, measure=measure)
    with django_assert_max_num_queries(10):
        on(TUESDAY)
    assert Notice.objects.count() == 120
