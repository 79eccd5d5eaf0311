"""Pages of local acts: the head's way in a few forms, coverage that opens, hostile files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from avgust.domain.acts.standing import Dated, Standing, standing_of
from avgust.domain.acts.states import Move, Status
from avgust.web.accounts.models import User
from avgust.web.acts.actions import begin_act, move_act
from avgust.web.acts.counting import counts, covered, required_of, standing_in
from avgust.web.acts.models import LocalAct
from avgust.web.acts.tests.conftest import VALUES, Acts
from avgust.web.control.models import Assignment
from avgust.web.territory.models import Membership, Unit

NBSP = "\u00a0"


def _pdf() -> bytes:
    """Return the smallest PDF that a reader opens."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    made.new_page(100, 100)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _fields(**more: str) -> dict[str, str]:
    return {"f0": VALUES["куратор"], "f1": VALUES["начало"], "f2": "", **more}


def test_the_way_of_a_school(cast: Any, acts: Acts, deputy: User, signed_in: Any) -> None:
    """From the assignment to the proof: three forms of the school and one press of the second person."""
    client, begin = signed_in(deputy), reverse("acts:begin", args=[acts.template.pk])
    card = client.get(acts.assignment.get_absolute_url()).content.decode().replace(NBSP, " ")
    assert f"{begin}?unit={cast.units.school.pk}" in card
    asked = client.get(f"{begin}?unit={cast.units.school.pk}").content.decode()
    assert asked.count("необязательно") == 1, "what must be filled in before sending is not called optional"
    made = client.post(begin, _fields(unit=str(cast.units.school.pk), do="send"))
    act = LocalAct.objects.get()
    assert made.headers["Location"] == act.get_absolute_url()
    assert act.status == Status.AGREEING
    head = signed_in(cast.head)
    assert "Согласовать" in head.get(act.get_absolute_url()).content.decode().replace(NBSP, " ")
    head.post(
        reverse("acts:move", args=[act.pk]), {"move": "agree", "revision": act.revision, "body": "Совет"}
    )
    draft = client.get(reverse("acts:draft", args=[act.pk]))
    text = "\n".join(row.text for row in Document(BytesIO(draft.content)).paragraphs)
    assert "Куратор: Ларина Елена Андреевна. Начало: 1 сентября 2025 года." in text
    assert "Совет" in text
    adopt, today = reverse("acts:adopt", args=[act.pk]), timezone.localdate().strftime("%d.%m.%Y")
    assert client.get(adopt).status_code == 200
    refused = client.post(adopt, {"number": "41-ОД", "adopted_on": today})
    assert refused.status_code == 422
    assert "Приложите подписанный акт" in refused.content.decode().replace(NBSP, " ")
    file = SimpleUploadedFile("приказ.pdf", _pdf())
    done = client.post(adopt, {"number": "41-ОД", "adopted_on": today, "file": file})
    assert done.headers["Location"] == act.get_absolute_url()
    row = Assignment.objects.get(pk=acts.assignment.pk)
    assert (row.verdict, row.status) == ("met", "reported")
    kept = client.get(reverse("acts:file", args=[act.pk]))
    assert kept.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in kept.headers["Content-Disposition"]
    assert "№ 41-ОД" in client.get(acts.assignment.get_absolute_url()).content.decode().replace(NBSP, " ")


def test_what_is_typed_wrongly_is_kept_and_said(cast: Any, acts: Acts, deputy: User, signed_in: Any) -> None:
    client, begin = signed_in(deputy), reverse("acts:begin", args=[acts.template.pk])
    answer = client.post(begin, _fields(f1="31.02.2025", f2="Никакая школа", do="send"))
    assert answer.status_code == 422
    page, act = answer.content.decode().replace(NBSP, " "), LocalAct.objects.get()
    assert "Черновик сохранён" in page
    assert "31.02.2025" in page
    assert "В реестре нет такой организации" in page
    assert act.status == Status.DRAFT
    fill = reverse("acts:fill", args=[act.pk])
    assert "31.02.2025" in client.get(fill).content.decode().replace(NBSP, " ")
    sent = client.post(fill, _fields(f2="школа № 3", revision=str(act.revision), do="send"))
    assert sent.status_code == 422  # names are told from others exactly
    act.refresh_from_db()
    sent = client.post(fill, _fields(f2="Школа № 3", revision=str(act.revision), do="send"))
    assert sent.status_code == 302
    act.refresh_from_db()
    assert act.values["место"] == cast.units.school.name
    assert act.status == Status.AGREEING


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("act.pdf", b"<html><script>alert(1)</script></html>"),
        ("act.pdf", b"MZ\x90\x00 program"),
        ("act.docx", b"PK\x03\x04 broken"),
        ("act.pdf", b""),
    ],
)
def test_hostile_files_are_refused(
    cast: Any, acts: Acts, deputy: User, signed_in: Any, name: str, data: bytes
) -> None:
    act = LocalAct.objects.create(
        unit=cast.units.school, template=acts.template, version=acts.template.newest, title="Положение",
        status=Status.AGREED, authors=[deputy.pk], agreed_by=cast.head, made_by=deputy,
    )  # fmt: skip
    today = timezone.localdate().strftime("%d.%m.%Y")
    answer = signed_in(cast.head).post(
        reverse("acts:adopt", args=[act.pk]),
        {"number": "1", "adopted_on": today, "file": SimpleUploadedFile(name, data)},
    )
    assert answer.status_code == 422
    act.refresh_from_db()
    assert (act.status, act.sha256, act.number) == (Status.AGREED, "", "")


def test_coverage_opens(
    cast: Any,
    acts: Acts,
    adopted: Callable[..., LocalAct],
    signed_in: Any,
    django_assert_max_num_queries: Any,
) -> None:
    adopted()
    other = Unit.objects.create(kind="school", name="МБОУ «Школа № 4»", short_name="Школа № 4")
    Membership.objects.create(unit=other, parent=cast.units.municipality, since=timezone.localdate())
    row = acts.assignment
    Assignment.objects.create(
        programme=row.programme,
        measure=row.measure,
        unit=other,
        relation="executor",
        starts=row.starts,
        due=row.due,
    )
    client = signed_in(cast.municipal_officer)
    with django_assert_max_num_queries(45):
        page = client.get(acts.template.get_absolute_url()).content.decode().replace(NBSP, " ")
    assert "В силе в 1 из 2" in page
    in_force = (
        client.get(f"{acts.template.get_absolute_url()}?state=in_force").content.decode().replace(NBSP, " ")
    )
    assert "Школа № 3" in in_force
    assert "Школа № 4" not in in_force
    assert "Школа № 4" in client.get(
        f"{acts.template.get_absolute_url()}?state=none"
    ).content.decode().replace(NBSP, " ")
    assert "1 из 2" in client.get(reverse("acts:templates")).content.decode().replace(NBSP, " ")
    assert "из 2 в силе" in client.get(acts.measure.get_absolute_url()).content.decode().replace(NBSP, " ")
    seen = (
        client.get(reverse("acts:list"), {"q": "школа № 3", "state": "in_force"})
        .content.decode()
        .replace(NBSP, " ")
    )
    assert "41-ОД" in seen


def test_sql_and_the_rule_agree(cast: Any, acts: Acts, deputy: User) -> None:
    """Pairs of acts in every status and around today: SQL counts what `standing_of` says."""
    today = timezone.localdate()
    days = [None, -9, -1, 0, 1]
    kinds = [
        (status, since, until)
        for status in Status
        for since in days
        for until in days
        if (since is None) is (status not in ("adopted", "replaced", "repealed"))
        and (until is None) is (status not in ("replaced", "repealed"))
    ]
    shift = lambda at: None if at is None else today + timedelta(days=at)  # noqa: E731
    for first in kinds[::3]:
        for second in kinds[::13]:
            LocalAct.objects.all().delete()
            made = [
                LocalAct.objects.create(
                    unit=cast.units.school, template=acts.template, version=acts.template.newest, title="П",
                    status=status, since=shift(since), until=shift(until), made_by=deputy,
                )
                for status, since, until in (first, second)
            ]  # fmt: skip
            rule = standing_of(
                [Dated(row.pk, Status(row.status), row.since, row.until) for row in made], today
            )
            units = standing_in(required_of(acts.template, cast.municipal_officer), acts.template, today)
            assert counts(units) == {rule: 1}, (first, second)
            force = int(rule is Standing.IN_FORCE)
            assert covered([acts.template], cast.municipal_officer, today) == {acts.template.pk: (force, 1)}


def test_a_template_is_written_in_the_browser(cast: Any, signed_in: Any) -> None:
    client, new = signed_in(cast.methodologist), reverse("acts:new_template")
    assert "Положение о наставничестве" in client.get(new).content.decode().replace(NBSP, " ")
    assert "{{ куратор }}" in client.get(f"{new}?from=mentoring").content.decode().replace(NBSP, " ")
    typed = {
        "title": "Положение о музее", "body": "1.1. Хранитель: {{ хранитель }}.", "note": "",
        "f-TOTAL_FORMS": "0", "f-INITIAL_FORMS": "0",
    }  # fmt: skip
    refused = client.post(new, {**typed, "do": "save"})
    assert refused.status_code == 422
    assert "такого поля нет" in refused.content.decode().replace(NBSP, " ")
    offered = client.post(new, {**typed, "do": "places"}).content.decode().replace(NBSP, " ")
    assert 'value="хранитель"' in offered
    row = {"f-TOTAL_FORMS": "1", "f-0-key": "{{ Хранитель }}", "f-0-label": "Хранитель", "f-0-kind": "person",
           "f-0-required": "on"}  # fmt: skip
    saved = client.post(new, {**typed, **row, "do": "save"})
    assert saved.status_code == 302
    page = client.get(saved.headers["Location"]).content.decode().replace(NBSP, " ")
    assert "Предложить организациям" in page


def test_the_earlier_act_fills_the_next_one(
    cast: Any, acts: Acts, adopted: Callable[..., LocalAct], signed_in: Any
) -> None:
    adopted()
    page = (
        signed_in(cast.head)
        .get(reverse("acts:begin", args=[acts.template.pk]))
        .content.decode()
        .replace(NBSP, " ")
    )
    assert VALUES["куратор"] in page
    assert "01.09.2025" in page


def test_a_head_finds_at_home_what_waits_for_her_agreement(
    cast: Any, acts: Acts, deputy: User, signed_in: Any
) -> None:
    def home(person: User) -> str:
        return signed_in(person).get("/").content.decode().replace(NBSP, " ")

    assert "Локальные акты на согласование" not in home(cast.head)
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    move_act(act, Move.SUBMIT, actor=deputy)
    for person, waits in ((cast.head, True), (deputy, False), (cast.foreign_head, False)):
        assert (act.get_absolute_url() in home(person)) is waits, person
    Assignment.objects.all().delete()
    quiet = home(cast.head)
    assert act.get_absolute_url() in quiet
    assert "Дел нет" not in quiet.partition("</header>")[2].partition("av-section")[0]
