"""Sheets for pupils and parents: inside their school, by a key that says nothing, a class in one PDF."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from avgust.web.assessments.keys import pupil_key
from avgust.web.audit.models import Entry
from avgust.web.readings.pupil_pages import key_of, label_of
from avgust.web.readings.tests.making import schools_of, work_of
from avgust.web.warehouse.layout import Row
from avgust.web.warehouse.publishing import publish_stage
from avgust.web.warehouse.staging import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def work(cast):
    return work_of(cast, schools_of(cast, 1), 2026, 6)


def test_a_sheet_says_what_works_out_and_what_comes_next(cast, signed_in, work):
    client, school = signed_in(cast.head), cast.units.school
    page = client.get(reverse("readings:pupils", args=[work.pk, school.pk])).content.decode()
    assert page.count("<tr><th") == 1 + 15  # the head and the first class
    address = re.search(r'href="(/readings/\d+/pupils/\d+/[0-9a-f]{32}/)"', page)[1]
    assert label_of(1).replace("-", "") not in address
    told = client.get(address).content.decode()
    assert "За что взяться дальше" in told.replace("\u00a0", " ")
    assert "Задача" in told
    assert str(school) not in told.split("<h1")[1].split("</main")[0]
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{address[:-1]}.{form}").content.startswith(start)
    assert Entry.objects.filter(code="readings.sheets_taken").count() == 2


def test_the_sheets_of_a_class_are_one_file_from_a_new_page_each(cast, signed_in, work):
    address = reverse("readings:sheets", args=[work.pk, cast.units.school.pk])
    data = signed_in(cast.head).get(address, {"class": "6А"}).content
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert sum("Результат ученика" in text.replace("\r\n", " ") for text in texts) == 15
    assert signed_in(cast.head).get(address, {"class": "9Я"}).status_code == 404


def test_a_key_of_another_school_or_work_opens_nothing(cast, signed_in, work):
    client = signed_in(cast.head)
    theirs = key_of(work, cast.units.neighbour_school, 1001)
    ours = key_of(work, cast.units.school, 1)
    assert (
        client.get(reverse("readings:pupil", args=[work.pk, cast.units.school.pk, ours])).status_code == 200
    )
    assert (
        client.get(reverse("readings:pupil", args=[work.pk, cast.units.school.pk, theirs])).status_code == 404
    )
    foreign = reverse("readings:pupil", args=[work.pk, cast.units.neighbour_school.pk, theirs])
    assert client.get(foreign).status_code == 404


def test_a_participants_number_finds_the_sheet_and_stands_nowhere(cast, signed_in, work):
    school = cast.units.school
    code = pupil_key().of_participant(str(school.pk), "60101", work.period)
    with Stage(4) as stage:
        stage.add([Row(school.pk, "6В", code, "1", 3, None, 4, True, 1, (1, 1, 1, 0))])
        publish_stage(work.dataset, ["1", "2", "3", "4"], stage)
    client, address = signed_in(cast.head), reverse("readings:pupils", args=[work.pk, school.pk])
    found = client.post(address, {"number": "60101"})
    assert found["Location"].endswith(f"/{key_of(work, school, code)}/")
    assert "60101" not in found["Location"]
    assert "60101" not in client.get(found["Location"]).content.decode()
    missing = client.post(address, {"number": "60102"}).content.decode()
    assert "Участника школы с таким номером" in missing.replace("\u00a0", " ")
