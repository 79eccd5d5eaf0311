"""Each check at the level of an upload: the row is refused, downloaded, mended, taken back; then turns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avgust.domain.assessment.works import Line, School
from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.tables.reading import read_sheets
from avgust.web.assessments import actions, importing
from avgust.web.assessments.models import GroupShares, MappingPackage, RefusedRow, Upload, Work
from avgust.web.assessments.refusals import refused_xlsx
from avgust.web.assessments.tests.sending import OURS, THEIRS, WORK, book, line, send, sheet, stand

pytestmark = pytest.mark.django_db

CHECKS = [
    ("a score above the maximum", line("2", (3, 1, 0)), "the maximum is 2", "1 (2б)", 2),
    ("a sum that is not the primary score", line("2", primary=5), "primary score is 5", "Первичный балл", 3),
    ("a mark that is not by the cut scores", line("2", mark=5), "by the cut scores it is 3", "Отметка", 3),
    ("a school nobody knows", line("2", school=School("edu999999", "Луна")), "no school “Луна”", "ОО", OURS.code),
    ("a participant twice", line("1"), "stands twice", "Код участника", "2"),
    ("a wrong variant", line("2", variant="7"), "the work has only 1, 2", "Вариант", "2"),
    ("no variant", line("2", variant=""), "Variant —", "Вариант", "1"),
    ("no score", line("2", ("два", 1, 0), primary=1, mark=2), "is no score", "1 (2б)", 2),
    ("no code", line(""), "no participant's code", "Код участника", "2"),
]  # fmt: skip
PRIMARY_FOLLOWS = {"1 (2б)"}  # mending a score, people mend the sum and the mark with it


def variants(work: Work, actor: Any) -> None:
    actions.set_specification(
        work, actor=actor, items=WORK.items, cuts=WORK.cuts, since=date(2026, 4, 1), variants=("1", "2")
    )


def mended(upload: Upload, mend: Callable[[list[Any], list[Any]], None]) -> bytes:
    """The downloaded workbook of refused rows, each changed by `mend(heads, row)`."""
    (page,) = read_sheets(refused_xlsx(upload))
    heads, *rows = [list(row) for row in page.rows]
    for row in rows:
        mend(heads, row)
    return sheet([heads, *rows])


@pytest.mark.parametrize(
    ("wrong", "said", "head", "right"), [row[1:] for row in CHECKS], ids=[row[0] for row in CHECKS]
)
def test_a_refused_row_is_downloaded_mended_and_taken_back(
    cast: Any, work: Work, wrong: Line, said: str, head: str, right: Any
) -> None:
    variants(work, cast.analyst)
    first = send(work, cast.analyst, ("f.xlsx", book(line("1"), wrong)))
    assert (first.taken, first.refused) == (1, 1)
    assert said in first.refused_rows.get().reason.render("en")

    def mend(heads: list[Any], row: list[Any]) -> None:
        row[heads.index(head)] = right
        if head in PRIMARY_FOLLOWS:
            row[heads.index("Первичный балл")], row[heads.index("Отметка")] = 3, 3

    second = send(work, cast.analyst, ("mended.xlsx", mended(first, mend)), amends=first)
    assert (second.taken, second.refused) == (1, 0)
    assert stand(work) == [(3, first.pk), (3, second.pk)]
    assert not RefusedRow.objects.filter(mended_by=None).exists()


def kept(cast: Any, mapping: Mapping) -> MappingPackage:
    return actions.keep_mapping(actor=cast.analyst, unit=cast.units.region, data=mapping.package())


def test_mended_rows_of_a_mapped_table_go_by_its_mapping(cast: Any, work: Work, signed_in: Any) -> None:
    mapping = kept(
        cast, Mapping("Своя", {Field.PUPIL: "ID", Field.SCHOOL: "Логин"}, {"a": "1", "b": "2", "c": "4К1"})
    )
    table = "Логин;ФИО;ID;a;b;c\nedu000001;Капустина;7;2;X;3\nedu000001;Репин;8;5;0;0\n"
    first = send(work, cast.analyst, ("own.csv", table.encode()), mapping=mapping)
    assert (first.taken, first.refused) == (1, 1)

    def mend(heads: list[Any], row: list[Any]) -> None:
        assert "ФИО" not in heads
        row[heads.index("a")] = 1

    data = mended(first, mend)
    signed_in(cast.analyst).post(
        reverse("assessments:mend", args=[first.pk]), {"files": SimpleUploadedFile("mended.xlsx", data)}
    )
    second = Upload.objects.get(amends=first)
    importing.carry_out(second.pk)
    assert stand(work) == [(1, second.pk), (5, first.pk)]


LONG = Mapping(
    "Длинная",
    {Field.PUPIL: "ID", Field.SCHOOL: "Логин", Field.GROUP: "Кл", Field.VARIANT: "В", Field.ITEM: "З", Field.SCORE: "Б"},
)  # fmt: skip
LONG_WRONG = [
    ("no score", ("много", 1, 3), "1", "edu000001", "Б", 2),
    ("a wrong variant", (2, 1, 3), "9", "edu000001", "В", "1"),
    ("a school nobody knows", (2, 1, 3), "1", "edu999999", "Логин", "edu000001"),
]


@pytest.mark.parametrize(
    ("scores", "variant", "school", "head", "right"),
    [row[1:] for row in LONG_WRONG],
    ids=[row[0] for row in LONG_WRONG],
)
def test_all_rows_of_a_participant_of_a_long_table_come_back(
    cast: Any, work: Work, scores: tuple[Any, ...], variant: str, school: str, head: str, right: Any
) -> None:
    variants(work, cast.analyst)
    rows = ["Логин;Кл;ID;В;З;Б"]
    rows += [f"edu000001;4А;7;1;{item};1" for item in ("1", "2", "4К1")]
    rows += [
        f"{school};4А;8;{variant};{item};{score}"
        for item, score in zip(("1", "2", "4К1"), scores, strict=True)
    ]
    mapping = kept(cast, LONG)
    first = send(work, cast.analyst, ("long.csv", "\n".join(rows).encode()), mapping=mapping)
    assert (first.taken, first.refused) == (1, 3)

    def mend(heads: list[Any], row: list[Any]) -> None:
        place = heads.index(head)
        row[place] = right if head != "Б" or row[place] == "много" else row[place]

    second = send(work, cast.analyst, ("m.xlsx", mended(first, mend)), amends=first, mapping=mapping)
    assert (second.taken, second.refused) == (1, 0)
    assert stand(work) == [(3, first.pk), (6, second.pk)]


def both(work: Work, actor: Any, first: list[Line], second: list[Line]) -> tuple[Upload, Upload]:
    sent = [
        actions.upload_results(work, actor=actor, sent=[("f.xlsx", book(*lines))])
        for lines in (first, second)
    ]
    return sent[0], sent[1]


def carried_out(*uploads: Upload) -> None:
    for one in uploads:
        importing.carry_out(one.pk)
        one.refresh_from_db()


def test_whoever_was_sent_later_wins_whoever_is_read_first(cast: Any, work: Work, signed_in: Any) -> None:
    lines = ([line("1"), line("2"), line("9", school=THEIRS)], [line("1", (2, 1, 3))])
    earlier, later = both(work, cast.analyst, *lines)
    carried_out(later, earlier)
    assert stand(work) == [(3, earlier.pk), (6, later.pk)]  # of the class of both only the later one stands
    assert (earlier.status, earlier.taken, earlier.overtaken, later.overtaken) == ("done", 3, 2, 0)
    page = signed_in(cast.analyst).get(f"/results/uploads/{earlier.pk}/").content.decode()
    assert "загрузки, отправленные позже" in page.replace("\xa0", " ")
    work.refresh_from_db()
    assert (work.pupils, work.schools) == (2, 2)


def test_an_upload_read_again_does_not_take_the_place_of_a_later_one(
    cast: Any, work: Work, monkeypatch: Any
) -> None:
    earlier, later = both(work, cast.analyst, [line("1")], [line("1", (2, 1, 3))])
    with monkeypatch.context() as broken:
        broken.setattr(importing, "publish_stage", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            importing.carry_out(earlier.pk)
    carried_out(later)
    actions.read_again(earlier, actor=cast.analyst)
    carried_out(earlier)
    assert stand(work) == [(6, later.pk)]
    assert earlier.overtaken == 1


def test_statistics_sent_later_win_too(cast: Any, work: Work) -> None:
    heads = ("Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5")
    sent = [
        actions.upload_results(
            work, actor=cast.analyst, sent=[("f3.xlsx", sheet([heads, ("Вся выборка", 10, pupils, 10, 40, 40, 10)]))]
        )
        for pupils in (1000, 900)
    ]  # fmt: skip
    carried_out(sent[1], sent[0])
    assert [group.pupils for group in GroupShares.objects.all()] == [900]
