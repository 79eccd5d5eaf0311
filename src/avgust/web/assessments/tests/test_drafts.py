"""A table of one's own from sending to the warehouse: guesses, the check, the kept mapping, the sweep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from avgust.domain.assessment.works.heads import Field
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.assessment.works.meanings import Meaning
from avgust.web import files
from avgust.web.assessments import actions as works
from avgust.web.assessments import importing
from avgust.web.assessments.drafts import actions, checking, sweeping
from avgust.web.assessments.drafts.models import TableDraft
from avgust.web.assessments.models import MappingPackage, Upload, Work
from avgust.web.assessments.schools import SYSTEM
from avgust.web.assessments.tests.sending import sheet, stand
from avgust.web.audit.models import Entry
from avgust.web.territory.models import ExternalId

pytestmark = pytest.mark.django_db

HEADS = ("№ п/п", "Фамилия, имя", "Логин ОО", "Кл.", "Шифр", "Задание 1", "Задание 2", "4К1 (3б)", "Итого")
RIGHT = (1, "Капустина Зоя", "edu000001", "4А", "17-1", 2, 1, 0, 3)
WRONG = (2, "Репин Илья", "edu000001", "4А", "17-2", 2, 1, 0, 9)
ABSENT = (3, "Савин Пётр", "edu000001", "4А", "17-3", "отсутствовал", None, None, None)
TABLE = sheet([("Наша работа", None), HEADS, RIGHT, WRONG, ABSENT])


def sent(work: Work, actor: Any, data: bytes = TABLE, name: str = "своя.xlsx") -> TableDraft:
    return actions.send_table(work, actor=actor, name=name, data=data)


def answers(draft: TableDraft, **changed: str) -> dict[str, str]:
    """The form as it is shown, with some of its fields changed."""
    said: dict[str, str] = {"name": draft.mapping_name}
    for at, one in enumerate(draft.said):
        said[f"what{at}"] = "points" if one.item else one.field.value if one.field else ""
        said[f"item{at}"], said[f"maximum{at}"] = one.item, str(one.maximum or "")
    return {**said, **changed}


def shown(client: Any, draft: TableDraft) -> str:
    """The page, with usual spaces: short words are bound to the next one."""
    return str(client.get(draft.get_absolute_url()).content.decode()).replace("\xa0", " ")


def test_a_table_comes_with_a_guess_and_without_names(cast: Any, work: Work) -> None:
    draft = sent(work, cast.analyst)
    assert [one.field or one.item or None for one in draft.said] == [
        None, None, Field.SCHOOL, Field.GROUP, Field.PUPIL, "1", "2", "4К1", Field.PRIMARY
    ]  # fmt: skip
    assert draft.faults == []
    kept = str([draft.sample, draft.guesses])
    assert "Капустина" not in kept
    assert "17-1" in kept
    assert Entry.objects.filter(code="assessments.table_sent").count() == 1


def test_from_the_table_to_the_warehouse_by_pages(cast: Any, work: Work, signed_in: Any) -> None:
    client = signed_in(cast.analyst)
    address = reverse("assessments:send_table", args=[work.pk])
    answer = client.post(address, {"file": SimpleUploadedFile("своя.xlsx", TABLE)})
    draft = TableDraft.objects.get()
    assert answer.headers["Location"] == draft.get_absolute_url()
    page = shown(client, draft)
    assert "Логин ОО" in page
    assert "Капустина" not in page
    client.post(draft.get_absolute_url(), answers(draft, act="check"))
    assert 'hx-trigger="every 2s"' in shown(client, draft)
    checking.carry_out(draft.pk)
    page = shown(client, draft)
    assert "первичный балл — 9" in page
    assert 'as-count">1<' in page
    assert stand(work) == []
    answer = client.post(draft.get_absolute_url(), answers(draft, act="import", name="Таблица округа"))
    upload = Upload.objects.get()
    assert answer.headers["Location"] == reverse("assessments:upload", args=[upload.pk])
    assert (upload.mapping.name, upload.mapping.edition) == ("Таблица округа", 1)
    importing.carry_out(upload.pk)
    upload.refresh_from_db()
    assert (upload.taken, upload.absent, upload.refused) == (1, 1, 1)
    assert "Репин" not in str(upload.refused_rows.get().cells)
    assert not TableDraft.objects.exists()
    assert not files.is_named(draft.sha256)


def test_the_check_finds_what_the_import_finds(cast: Any, work: Work) -> None:
    rows = [
        HEADS, RIGHT, WRONG, ABSENT, (4, "х", "edu999999", "4А", "17-4", 1, 1, 1, 3),
        (5, "х", "edu000001", "4А", "17-1", 2, 1, 0, 3), (6, "х", "edu000001", "4А", "17-6", 9, 0, 0, 9),
        (7, "х", "edu000001", "4А", "17-7", "два", 0, 0, 0),
    ]  # fmt: skip
    draft = sent(work, cast.analyst, sheet(rows))
    actions.check_draft(draft, actor=cast.analyst)
    checking.carry_out(draft.pk)
    draft.refresh_from_db()
    assert (draft.found["taken"], draft.found["absent"], draft.found["refused"]) == (1, 1, 5)
    upload = actions.import_draft(draft, actor=cast.analyst)
    importing.carry_out(upload.pk)
    refused = [(row.row, row.why["msgid"]) for row in upload.refused_rows.order_by("row")]
    assert sorted((one["row"], one["why"]["msgid"]) for one in draft.found["first"]) == refused
    assert sum(count for count, _why in draft.found["reasons"]) == 5


def test_a_kept_mapping_is_proposed_to_the_next_table(cast: Any, work: Work, signed_in: Any) -> None:
    client = signed_in(cast.analyst)
    first = sent(work, cast.analyst)
    said = answers(first, act="keep", name="Таблица округа", what8="")
    client.post(first.get_absolute_url(), said)
    again = sent(work, cast.analyst)
    assert again.proposed.name == "Таблица округа"
    assert again.said[8].field is None  # as it was said, not as it would be guessed
    assert "подходит сохранённое соответствие «Таблица округа»" in shown(client, again)
    assert sent(work, cast.analyst, sheet([HEADS[:5], RIGHT[:5]])).proposed is None


def test_keeping_adds_editions_and_uploads_keep_theirs(cast: Any, work: Work, signed_in: Any) -> None:
    draft = sent(work, cast.analyst)
    kept = actions.keep_draft_mapping(draft, actor=cast.analyst)
    assert actions.keep_draft_mapping(draft, actor=cast.analyst) == kept  # the same again is no new edition
    other = [*draft.said[:8], draft.said[0]]
    actions.say_columns(draft, other, draft.mapping_name, actor=cast.analyst)
    later = actions.keep_draft_mapping(draft, actor=cast.analyst)
    assert (kept.edition, later.edition) == (1, 2)
    kept.refresh_from_db()
    assert "Итого" in kept.package
    assert "Итого" not in later.package
    assert list(MappingPackage.objects.last_editions()) == [later]
    package = signed_in(cast.analyst).get(reverse("assessments:mapping", args=[later.pk]))
    assert Mapping.of_package(package.content) == later.value()


def test_another_fitting_mapping_is_filled_in(cast: Any, work: Work, signed_in: Any) -> None:
    said = Mapping("Только первое", {Field.PUPIL: "Шифр"}, {"Задание 1": "1"})
    package = works.keep_mapping(actor=cast.analyst, unit=cast.units.region, data=said.package())
    foreign = Mapping("Чужая", {Field.PUPIL: "Нет такого"}, {"Задание 1": "1"})
    unfit = works.keep_mapping(actor=cast.analyst, unit=cast.units.region, data=foreign.package())
    draft, client = sent(work, cast.analyst), signed_in(cast.analyst)
    client.post(draft.get_absolute_url(), {"act": "take", "mapping": package.pk})
    draft.refresh_from_db()
    assert draft.mapping() == said
    answer = client.post(draft.get_absolute_url(), {"act": "take", "mapping": unfit.pk}, follow=True)
    assert "не подходит" in answer.content.decode().replace("\xa0", " ")
    assert client.post(draft.get_absolute_url(), {"act": "take", "mapping": "x"}).status_code == 404


WRONG_ANSWERS = [
    ("no code", {"what4": ""}, "в каком столбце код участника"),
    ("no items", {"what5": "", "what6": "", "what7": ""}, "в каких столбцах баллы за задания"),
    ("a field twice", {"what0": "pupil"}, "уже в столбце 1"),
    ("an item without a number", {"item5": ""}, "Укажите номер задания"),
    ("points that are none", {"maximum5": "0"}, "от 1 до 100"),
    ("points that are words", {"maximum5": "два"}, "от 1 до 100"),
    ("no name", {"name": " "}, "Назовите соответствие"),
    ("a choice that is none", {"what0": "фио"}, "Выберите из списка"),
]


@pytest.mark.parametrize(
    ("changed", "said"), [row[1:] for row in WRONG_ANSWERS], ids=[row[0] for row in WRONG_ANSWERS]
)
def test_a_wrong_answer_is_said_and_nothing_is_kept(
    cast: Any, work: Work, signed_in: Any, changed: dict[str, str], said: str
) -> None:
    draft, client = sent(work, cast.analyst), signed_in(cast.analyst)
    answer = client.post(draft.get_absolute_url(), answers(draft, act="import", **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\xa0", " ")
    assert not Upload.objects.exists()
    before = draft.meanings
    draft.refresh_from_db()
    assert draft.meanings == before


HOSTILE = [
    ("empty sheet", sheet([]), "x.xlsx"),
    ("broken", b"PK\x03\x04 broken", "x.xlsx"),
    ("binary", b"\0\1\2\3" * 100, "x.csv"),
    ("too wide", (";".join("x" * 300) + "\n").encode(), "x.csv"),
]


@pytest.mark.parametrize(("data", "name"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_what_is_no_table_is_said_and_not_kept(
    cast: Any, work: Work, signed_in: Any, data: bytes, name: str
) -> None:
    address = reverse("assessments:send_table", args=[work.pk])
    answer = signed_in(cast.analyst).post(address, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert not TableDraft.objects.exists()
    assert not files.place_of(files.digest_of(data)).exists()


def test_markup_in_heads_and_cells_stays_text(cast: Any, work: Work, signed_in: Any) -> None:
    rows = [("Код", "1", "<script>x</script>"), ("=cmd", 1, "<img src=x>")]
    page = shown(signed_in(cast.analyst), sent(work, cast.analyst, sheet(rows)))
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_a_csv_of_the_region_in_windows_letters(cast: Any, work: Work) -> None:
    text = "Логин ОО;Класс;Код;1;2;4К1\nedu000001;4А;7;2;1;3\n"
    draft = sent(work, cast.analyst, text.encode("cp1251"), "свод.csv")
    upload = actions.import_draft(draft, actor=cast.analyst)
    importing.carry_out(upload.pk)
    assert stand(work) == [(6, upload.pk)]


def test_a_long_table_is_mapped_checked_and_imported(cast: Any, work: Work) -> None:
    lines = ["Логин ОО;Класс;Код;Задание;Балл"]
    lines += [f"edu000001;4А;7;{item};{score}" for item, score in (("1", 2), ("2", 1), ("4К1", 3))]
    lines += [f"edu000001;4А;8;{item};{score}" for item, score in (("1", 2), ("2", "много"), ("4К1", 3))]
    draft = sent(work, cast.analyst, "\n".join(lines).encode(), "ответы.csv")
    actions.check_draft(draft, actor=cast.analyst)
    checking.carry_out(draft.pk)
    draft.refresh_from_db()
    assert (draft.found["taken"], draft.found["refused"]) == (1, 3)
    upload = actions.import_draft(draft, actor=cast.analyst)
    importing.carry_out(upload.pk)
    assert stand(work) == [(6, upload.pk)]
    assert upload.refused_rows.count() == 3


def bare_work(cast: Any) -> Work:
    ExternalId.objects.get_or_create(unit=cast.units.school, system=SYSTEM, value="edu000001")
    return works.add_work(
        actor=cast.analyst, unit=cast.units.region, title="Без спецификации", procedure="own", subject="ma",
        grade=5, school_year=2025, held_on=date(2026, 4, 15),
    )  # fmt: skip


def test_without_a_specification_the_points_of_each_item_make_one(
    cast: Any, work: Work, signed_in: Any
) -> None:
    bare, client = bare_work(cast), signed_in(cast.analyst)
    draft = sent(bare, cast.analyst)
    actions.check_draft(draft, actor=cast.analyst)
    checking.carry_out(draft.pk)
    assert "Сначала задайте спецификацию" in shown(client, draft)
    client.post(draft.get_absolute_url(), answers(draft, act="import", maximum5="2", maximum6="1"))
    importing.carry_out(Upload.objects.get().pk)
    assert [(item.code, item.maximum) for item in bare.specification.items.all()] == [
        ("1", 2), ("2", 1), ("4К1", 3)
    ]  # fmt: skip


def test_what_the_work_would_refuse_is_told_beside_the_columns(cast: Any, work: Work, signed_in: Any) -> None:
    draft, client = sent(work, cast.analyst), signed_in(cast.analyst)
    answer = client.post(draft.get_absolute_url(), answers(draft, act="check", maximum5="5"))
    assert answer.status_code == 422
    assert "максимум задания 1 — 2" in answer.content.decode().replace("\xa0", " ")
    kept = client.post(draft.get_absolute_url(), answers(draft, act="keep", maximum5="5"))
    assert kept.status_code == 302  # another work may have such points


def test_a_work_with_variants_asks_for_their_column(cast: Any, work: Work, signed_in: Any) -> None:
    now = work.specification
    assert now is not None
    works.set_specification(
        work, actor=cast.analyst, items=now.value().items, cuts=now.value().cuts, since=now.since, variants=("1", "2")
    )  # fmt: skip
    draft, client = sent(work, cast.analyst), signed_in(cast.analyst)
    assert "у работы варианты 1, 2" in shown(client, draft)  # told before anything is pressed
    assert client.post(draft.get_absolute_url(), answers(draft, act="import")).status_code == 422
    assert not Upload.objects.exists()


def test_first_rows_above_the_maximum_are_told_and_stop_nothing(
    cast: Any, work: Work, signed_in: Any
) -> None:
    high = (9, "х", "edu000001", "4А", "17-9", 7, 0, 0, 7)
    draft, client = sent(work, cast.analyst, sheet([HEADS, RIGHT, high])), signed_in(cast.analyst)
    assert "до 7 баллов, а максимум — 2" in shown(client, draft)
    assert client.post(draft.get_absolute_url(), answers(draft, act="check")).status_code == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("two bytes", b"MZ"),
        ("a program", b"MZ,;\r\n,;"),
        ("one column", b"a\n1\n2\n"),
        ("a picture", b"GIF89a,;"),
    ],
)
def test_what_is_no_table_is_refused(cast: Any, work: Work, name: str, data: bytes) -> None:
    with pytest.raises(ValidationError, match="не таблица"):
        sent(work, cast.analyst, data, "t.exe")
    assert not TableDraft.objects.exists(), name


def test_other_points_than_the_specification_has_stop_the_check(cast: Any, work: Work) -> None:
    draft = sent(work, cast.analyst)
    said = [*draft.said[:5], Meaning(None, "1", 5), *draft.said[6:]]
    actions.check_draft(actions.say_columns(draft, said, "Своя", actor=cast.analyst), actor=cast.analyst)
    checking.carry_out(draft.pk)
    draft.refresh_from_db()
    assert draft.found["fault"]["params"] == {"item": "1", "said": 5, "right": 2}


def test_a_check_of_what_was_changed_meanwhile_writes_nothing(
    cast: Any, work: Work, monkeypatch: Any
) -> None:
    draft = sent(work, cast.analyst)
    actions.check_draft(draft, actor=cast.analyst)
    real = checking.tables_of

    def changed(*arguments: Any) -> Any:
        actions.check_draft(draft, actor=cast.analyst)  # pressed again while the first one reads
        return real(*arguments)

    monkeypatch.setattr(checking, "tables_of", changed)
    checking.carry_out(draft.pk)
    draft.refresh_from_db()
    assert draft.is_being_checked
    assert draft.found is None
    monkeypatch.setattr(checking, "tables_of", real)
    checking.carry_out(draft.pk)
    draft.refresh_from_db()
    assert draft.found["taken"] == 1


def test_a_check_that_fails_says_so(cast: Any, work: Work, signed_in: Any, monkeypatch: Any) -> None:
    draft = sent(work, cast.analyst)
    actions.check_draft(draft, actor=cast.analyst)
    monkeypatch.setattr(checking, "_read", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        checking.carry_out(draft.pk)
    assert "ZeroDivisionError" in shown(signed_in(cast.analyst), draft)


def test_drafts_are_swept_with_their_files(cast: Any, work: Work) -> None:
    old, young = sent(work, cast.analyst), sent(work, cast.analyst, sheet([HEADS, RIGHT]))
    TableDraft.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=8))
    sweeping.sweep_daily("2026-11-29")
    assert list(TableDraft.objects.all()) == [young]
    assert not files.place_of(old.sha256).exists()
    assert files.place_of(young.sha256).exists()
    actions.drop_draft(young, actor=cast.analyst)
    with pytest.raises(ValidationError):
        actions.drop_draft(young, actor=cast.analyst)


def test_only_who_imports_sends_a_table(cast: Any, work: Work) -> None:
    with pytest.raises(PermissionDenied):
        sent(work, cast.head)
    draft = sent(work, cast.analyst)
    with pytest.raises(ValidationError):
        actions.import_draft(draft, actor=cast.regional_officer)


def test_the_page_of_a_wide_table_asks_few_questions(
    cast: Any, work: Work, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    heads = ["Код", *(str(number) for number in range(1, 90))]
    draft = sent(work, cast.analyst, sheet([heads, *[(f"17-{row}", *[1] * 89) for row in range(60)]]))
    client = signed_in(cast.analyst)
    client.get(draft.get_absolute_url())
    with django_assert_max_num_queries(16):
        client.get(draft.get_absolute_url())
