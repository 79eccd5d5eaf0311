"""What changed in a programme: told of any two days from the journal and the acts of control."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from avgust.domain.control.states import Act, Status
from avgust.domain.planning.baseline import Kind, compare
from avgust.domain.resolutions.model import Relation
from avgust.web.control.models import Assignment, Step
from avgust.web.control.tests.conftest import Work, work
from avgust.web.documents.actions import upload_document
from avgust.web.programmes import actions
from avgust.web.programmes.actions import Wording
from avgust.web.programmes.models import Measure, Programme
from avgust.web.projects.snapshots import History

__all__ = ["work"]
ADOPTED, TODAY = date(2025, 8, 27), date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets the clock of the journal to noon of a day."""

    def at(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: noon)

    at(ADOPTED)
    return at


def _measure(work: Work, label: str) -> Measure:
    return Measure.objects.get(programme=work.programme, label=label)


def _edit(work: Work, actor: Any, label: str, **words: str) -> None:
    measure = _measure(work, label)
    said = {name: getattr(Wording.of(measure), name) for name in Wording.__dataclass_fields__} | words
    actions.edit_measure(measure, Wording(**said), actor=actor, seen=measure.version, reason="приказ № 5")


def _between(programme: Programme, since: date = ADOPTED, until: date = TODAY) -> Any:
    history = History(programme, Assignment.objects.all(), "ru")
    return compare(history.at(since), history.at(until))


def _kinds(found: Any) -> dict[str, list[str]]:
    return {kind.value: [row.after.number for row in found.of(kind)] for kind in Kind if found.of(kind)}


def test_a_programme_that_nobody_touched(clock: Any, work: Work) -> None:
    assert _between(work.programme).rows == ()


def test_every_act_is_told_and_only_since_its_day(clock: Any, work: Work, cast: Any) -> None:
    officer = cast.municipal_officer
    clock(date(2025, 10, 1))
    _edit(work, officer, "1.1", text="Принять положение о наставничестве педагогов")
    clock(date(2025, 11, 1))
    _edit(work, officer, "2.1", deadline="до 1 мая 2026 года")
    actions.involve(
        _measure(work, "2.1"), "Музей-усадьба", Relation.CO_EXECUTOR, actor=officer, reason="письмо № 8"
    )
    clock(date(2025, 12, 1))
    actions.cancel_measure(_measure(work, "3.1"), actor=officer, reason="решение № 2")
    actions.add_measure(
        work.programme,
        Wording("Провести день музеев до 18 мая 2026 года", label="2.2"),
        actor=officer,
        reason="письмо",
    )
    found = _between(work.programme)
    assert _kinds(found) == {
        "added": ["2.2"], "dropped": ["3.1"], "moved": ["2.1"], "reassigned": ["2.1"], "reworded": ["1.1"],
    }  # fmt: skip
    moved = found.of(Kind.MOVED)[0]
    assert (moved.before.due, moved.after.due, moved.shift) == (date(2026, 4, 1), date(2026, 5, 1), 30)
    assert found.of(Kind.REWORDED)[0].before.text.startswith("Принять положение о наставничестве до")
    assert found.in_force == (4, 4)
    assert _kinds(_between(work.programme, date(2025, 10, 15), date(2025, 11, 15))) == {
        "moved": ["2.1"], "reassigned": ["2.1"],
    }  # fmt: skip
    assert _kinds(_between(work.programme, date(2025, 10, 1), date(2025, 10, 31))) == {}
    assert _kinds(_between(work.programme, date(2025, 12, 1))) == {}


def test_a_deadline_moved_there_and_back_is_no_change(clock: Any, work: Work, cast: Any) -> None:
    words = _measure(work, "2.1").deadline_text
    clock(date(2025, 11, 1))
    _edit(work, cast.municipal_officer, "2.1", deadline="до 1 мая 2026 года")
    clock(date(2025, 12, 1))
    _edit(work, cast.municipal_officer, "2.1", deadline=words)
    assert _kinds(_between(work.programme)) == {}
    assert _kinds(_between(work.programme, until=date(2025, 11, 20))) == {"moved": ["2.1"]}


def test_a_merger_and_its_parting(clock: Any, work: Work, cast: Any) -> None:
    clock(date(2025, 11, 1))
    kept, merged = _measure(work, "2.1"), _measure(work, "1.1")
    actions.merge_measures(kept, merged, actor=cast.municipal_officer, reason="решение")
    found = _between(work.programme)
    assert _kinds(found) == {"dropped": ["1.1"], "reassigned": ["2.1"]}
    assert found.of(Kind.DROPPED)[0].after.into == "2.1"
    own = found.of(Kind.REASSIGNED)[0]
    assert set(own.before.executors) < set(own.after.executors)
    clock(date(2025, 12, 1))
    actions.part_measures(_measure(work, "1.1"), actor=cast.municipal_officer, reason="решение")
    assert _kinds(_between(work.programme)) == {}
    parted = _between(work.programme, date(2025, 11, 15))
    assert [row.after.number for row in parted.of(Kind.RESTORED)] == ["1.1"]
    assert parted.of(Kind.RESTORED)[0].before.into == "2.1"


def test_a_supplement_adds_on_its_day(clock: Any, work: Work, cast: Any) -> None:
    clock(date(2025, 12, 1))
    text = "РЕШЕНИЕ\n1 декабря 2025 года\nРЕШИЛИ:\n1. Управлению образования Заозёрного округа:\n1.9. Открыть музей до 1 мая 2026 года.\n"
    upload = upload_document(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="d.txt", data=text.encode()
    )
    actions.adopt_document(upload.document, actor=cast.municipal_officer, into=work.programme)
    assert _kinds(_between(work.programme)) == {"added": ["1.9"]}
    assert _kinds(_between(work.programme, date(2025, 12, 2))) == {}


def test_what_was_extended_and_proven(clock: Any, work: Work, cast: Any) -> None:
    row = work.school
    Step.objects.create(
        assignment=row, act=Act.GRANT_EXTENSION.value, status=Status.OPEN.value,
        due_before=row.due, due_after=date(2025, 11, 1), at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    Step.objects.create(
        assignment=row,
        act=Act.ACCEPT.value,
        status=Status.ACCEPTED.value,
        at=timezone.now() + timedelta(days=60),
    )
    Assignment.objects.filter(pk=row.pk).update(status=Status.ACCEPTED.value, due=date(2025, 11, 1))
    found = _between(work.programme)
    assert _kinds(found) == {"extended": ["1.1"], "proven": ["1.1"]}
    extended = found.of(Kind.EXTENDED)[0]
    assert (extended.newly_extended, extended.after.extended_to, extended.newly_proven) == (
        1,
        date(2025, 11, 1),
        1,
    )
    assert found.whole == (0, 1)
    assert _kinds(_between(work.programme, until=date(2025, 10, 10))) == {"extended": ["1.1"]}


def _said(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_the_page_and_the_file_say_it(clock: Any, work: Work, cast: Any, signed_in: Any) -> None:
    clock(date(2025, 11, 1))
    _edit(work, cast.municipal_officer, "2.1", deadline="до 1 мая 2026 года")
    _edit(
        work,
        cast.municipal_officer,
        "1.1",
        text="Принять положение о методической службе до 1 октября 2025 года",
    )
    client = signed_in(cast.municipal_officer)
    said = _said(client.get(reverse("projects:changes", args=[work.programme.pk])))
    assert "на 30 дней позже" in said
    assert "приказ № 5" in said
    assert (
        "Принять положение о наставничестве методической службе до 1 октября" in said
    )  # out and in, side by side
    docx = client.get(reverse("projects:changes_docx", args=[work.programme.pk]))
    document = Document(BytesIO(b"".join(docx)))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert [row[0] for row in cells] == ["№", "2.1", "№", "1.1"]
    assert "на 30 дней позже" in cells[1][3].replace("\u00a0", " ")
    struck = [run.text for run in document.tables[1].rows[1].cells[1].paragraphs[0].runs if run.font.strike]
    assert struck == ["наставничестве"]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("", "", (ADOPTED, TODAY)),
        ("01.10.2025", "", (date(2025, 10, 1), TODAY)),
        ("01.12.2025", "01.10.2025", (date(2025, 10, 1), date(2025, 12, 1))),  # given the wrong way round
        ("01.01.2020", "01.01.2030", (ADOPTED, TODAY)),  # before the adoption, and to come
        ("32.13.2025", "x", (ADOPTED, TODAY)),
    ],
)
def test_days_of_the_address(
    clock: Any, work: Work, cast: Any, signed_in: Any, since: str, until: str, days: tuple[date, date]
) -> None:
    address = reverse("projects:changes", args=[work.programme.pk])
    response = signed_in(cast.municipal_officer).get(address, {"since": since, "until": until})
    found = response.context["found"]
    assert (found.before.day, found.after.day) == days
    assert bool(response.context["form"].errors) is (since == "32.13.2025")


def test_queries_do_not_grow_with_the_programme(clock: Any, work: Work, cast: Any, signed_in: Any) -> None:
    address = reverse("projects:changes", args=[work.programme.pk])
    client = signed_in(cast.municipal_officer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    asked()
    before = asked()
    for number in range(5):
        actions.add_measure(
            work.programme,
            Wording(f"Провести смотр {number} до 1 мая 2026 года"),
            actor=cast.municipal_officer,
            reason="письмо",
        )
    assert asked() == before <= 30
