"""The timeline, the programme by executor, and the exports of every layout."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from avgust.domain.periods import Period
from avgust.domain.resolutions.export.plan import MOST_LINES
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.tests.test_programme_table import many
from avgust.web.programmes.timeline import place

LAYOUTS = ("table", "timeline", "executors")


def page(client: Any, name: str, programme: Any, **query: str) -> Any:
    return client.get(reverse(f"programmes:{name}", args=[programme.pk]), query)


def file(client: Any, kind: str, programme: Any, **query: str) -> bytes:
    answer = page(client, kind, programme, **query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_places_are_shares_of_the_year() -> None:
    year = Period.school_year(2025)
    assert [place(day, year) for day in (date(2025, 9, 1), date(2026, 3, 2), date(2026, 8, 31))] == [
        "0.1%",
        "50.0%",
        "99.9%",
    ]


def test_each_kind_of_deadline_has_its_mark(cast: Any, programme: Any, signed_in: Any) -> None:
    context = page(signed_in(cast.head), "timeline", programme).context
    tracks = {facts.number: facts for group in context["groups"] for facts in group.facts}
    assert list(tracks) == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert (tracks["1.1"].days, tracks["1.1"].again) == (("8.4%",), False)
    assert (len(tracks["1.3"].days), tracks["1.3"].again) == (4, True)
    assert [(bar.x, bar.width) for bar in tracks["2.2"].stretches] == [("0.0%", "100.0%")]
    assert [words.measure.label for words in context["unplaced"]] == ["2.3"]
    months = {month.start.month: [line.number for line in month.rows] for month in context["by_month"]}
    assert (months[9], months[10], months[6]) == (["2.1", "1.3"], ["1.1"], ["1.2", "1.3"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param({"group": "date"}, [("", ["2.1", "1.1", "1.2", "2.2", "1.3"])], id="by date"),
        pytest.param({"q": "наставничеств"}, [("1. Управлению образования Заозёрного округа:", ["1.1", "1.2"])], id="a filter"),
        pytest.param({"group": "x", "year": "²"}, None, id="nonsense is as if it were not there"),
        pytest.param({"year": "2026"}, [("1. Управлению образования Заозёрного округа:", ["1.3"])], id="another year"),
    ],
)  # fmt: skip
def test_groups_and_filters_of_the_timeline(
    cast: Any, programme: Any, signed_in: Any, query: dict[str, str], expected: Any
) -> None:
    groups = page(signed_in(cast.head), "timeline", programme, **query).context["groups"]
    found = [(group.name, [facts.number for facts in group.facts]) for group in groups]
    assert found == expected if expected else len(found) == 2


def test_by_theme_each_theme_stands_once(cast: Any, programme: Any, signed_in: Any) -> None:
    groups = page(signed_in(cast.head), "timeline", programme, group="theme").context["groups"]
    assert len({group.name for group in groups}) == len(groups) > 1


def test_by_executor_each_number_opens_as_many(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    rows = page(client, "executors", programme, order="name").context["rows"]
    assert [(row.name, row.count, row.units) for row in rows] == [
        ("руководители общеобразовательных организаций", 3, 1),
        ("Управление образования Заозёрного округа", 3, 0),
    ]
    for row in rows:
        for number, query in ((row.count, {}), (row.past, {"due": "past"}), (row.undated, {"due": "none"})):
            shown = page(client, "programme", programme, executor=row.name, **query)
            assert shown.context["page"].paginator.count == number


def test_what_falls_on_an_organisation(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    context = page(client, "executors", programme, org="школа № 3").context
    assert (context["showing"].unit, context["falls"]["count"]) == (cast.units.school, 3)
    assert [row.name for row in context["rows"]] == ["руководители общеобразовательных организаций"]
    assert (
        page(client, "executors", programme, unit=str(cast.units.kindergarten.pk)).context["falls"]["count"]
        == 0
    )


def test_measures_that_name_nobody_are_counted_apart(cast: Any, programme: Any, signed_in: Any) -> None:
    Measure.objects.create(
        programme=programme, order=90, label="9", text="Сверить списки", deadline_kind="none"
    )
    client = signed_in(cast.head)
    assert page(client, "executors", programme).context["nobody"] == 1
    assert page(client, "programme", programme, executor="none").context["page"].paginator.count == 1


@pytest.mark.parametrize("name", ["programme", "timeline", "executors"])
@pytest.mark.parametrize("query", [{}, {"q": "провести", "theme": "none", "due": "none", "org": "школа № 3"}])
def test_queries_do_not_grow_with_rows(
    cast: Any, programme: Any, signed_in: Any, name: str, query: dict[str, str]
) -> None:
    client, counts = signed_in(cast.municipal_officer), []
    many(programme, 10)
    for added in (0, 190):
        Measure.objects.filter(order__gte=400).delete()
        more = Measure.objects.bulk_create(
            Measure(programme=programme, order=400 + n, label=f"7.{n}", text=f"Провести слёт {n}", deadline_kind="none",
                    executor_names="x")
            for n in range(added)
        )  # fmt: skip
        MeasureExecutor.objects.bulk_create(
            MeasureExecutor(
                measure=m, name=f"Дом № {m.order}", form="body", relation="executor", outcome="unknown"
            )
            for m in more
        )
        Measure.objects.filter(programme=programme).settle_unclear()
        page(client, name, programme, **query)
        with CaptureQueriesContext(connection) as queries:
            assert page(client, name, programme, **query).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 33


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_goes_to_every_office_format(
    cast: Any, programme: Any, signed_in: Any, layout: str
) -> None:
    client = signed_in(cast.municipal_officer)
    query = {"q": "назначить", "layout": layout}
    book = CalamineWorkbook.from_filelike(io.BytesIO(file(client, "xlsx", programme, **query)))
    cells = [
        str(value)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for value in row
    ]
    document = docx.Document(io.BytesIO(file(client, "docx", programme, approval="1", **query)))
    words = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    pdf = pypdfium2.PdfDocument(file(client, "pdf", programme, approval="1", **query))
    printed = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    for text in ("\n".join(cells), words, printed):
        assert "Назначить ответственных за школьное питание" in text
        assert "тренировки" not in text
    assert document.paragraphs[0].text == "УТВЕРЖДАЮ"
    assert "УТВЕРЖДАЮ" in printed
    assert "Отобрано: Слова: назначить" in printed
    if layout == "timeline":
        assert "10" in [cell.text for cell in document.tables[0].rows[-1].cells][3]
    if layout == "executors":
        assert "руководители общеобразовательных организаций" in words
        assert book.sheet_names == ["По исполнителям", "Меры"]


def test_the_order_of_the_view_is_the_order_of_the_file(cast: Any, programme: Any, signed_in: Any) -> None:
    data = file(signed_in(cast.municipal_officer), "xlsx", programme, sort="due")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["2.1", "1.1", "1.2", "2.2", "1.3", "2.3"]


def test_the_calendar_holds_what_has_a_date(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    events = Calendar.from_ical(file(client, "ics", programme)).walk("VEVENT")
    days = {event["summary"].partition(" ")[0]: event.decoded("dtstart") for event in events}
    assert days == {
        "1.1.": date(2025, 10, 1), "1.2.": date(2026, 6, 1), "1.3.": date(2025, 9, 30), "2.1.": date(2025, 9, 10),
        "2.2.": date(2025, 9, 1),
    }  # fmt: skip
    again = Calendar.from_ical(file(client, "ics", programme)).walk("VEVENT")
    assert [event["uid"] for event in events] == [event["uid"] for event in again]
    assert len({event["uid"] for event in events}) == 5


def test_a_pdf_too_long_leads_back_with_a_way_out(
    cast: Any, programme: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avgust.web.programmes.exports.MOST_LINES", 5)
    answer = signed_in(cast.head).get(
        reverse("programmes:pdf", args=[programme.pk]), {"layout": "timeline"}, follow=True
    )
    assert answer.redirect_chain[0][0].startswith(reverse("programmes:timeline", args=[programme.pk]))
    assert "не больше 5 строк" in answer.content.decode()
    assert MOST_LINES > 1_000
