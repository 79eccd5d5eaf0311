"""The table of measures: filters, order, search, pages, exports, and what it asks of the database."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.domain.resolutions.model import Theme
from avgust.domain.resolutions.review.corrections import SetTheme
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Role
from avgust.web.documents.actions import correct
from avgust.web.programmes.facets import calendar, facets, outside
from avgust.web.programmes.models import Measure, MeasureExecutor, Programme
from avgust.web.programmes.showing import Showing
from avgust.web.programmes.table import View


def labels(client: Any, programme: Any, **query: str) -> list[str]:
    answer = client.get(reverse("programmes:programme", args=[programme.pk]), query)
    return [row.measure.label for group in answer.context["groups"] for row in group.rows]


VIEWS = [
    pytest.param({}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="all in the order of the document"),
    pytest.param({"q": "НАСТАВНИЧЕСТВ"}, ["1.1", "1.2"], id="words without case"),
    pytest.param({"q": "елочный"}, ["2.3"], id="ё is е"),
    pytest.param({"q": "ЁЛОЧНЫЙ оформить"}, ["2.3"], id="capitals, ё and another order"),
    pytest.param({"q": "2.1"}, ["2.1"], id="a number"),
    pytest.param({"q": "школьное питание назначить"}, ["2.1"], id="words in any order"),
    pytest.param({"q": "руководители тренировки"}, ["2.2"], id="a word of the executor"),
    pytest.param({"theme": "meals"}, ["2.1"], id="theme"),
    pytest.param({"due": "2025-10"}, ["1.1"], id="month"),
    pytest.param({"due": "recurring"}, ["1.3"], id="recurring"),
    pytest.param({"due": "none"}, ["2.3"], id="no deadline"),
    pytest.param({"due": "soon"}, [], id="nothing within 30 days of a day far away"),
    pytest.param({"due": "past", "theme": "meals"}, ["2.1"], id="several at once"),
    pytest.param({"from": "2025-09-10", "to": "2025-10-01"}, ["1.1", "2.1"], id="both ends belong"),
    pytest.param({"from": "2026-06-01", "q": "наставничеством"}, ["1.2"], id="from a day on"),
    pytest.param({"to": "31.12.2025"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="no such day"),
    pytest.param({"finding": "deadline.missing"}, ["2.3"], id="a kind of finding"),
    pytest.param({"executor": "none"}, [], id="somebody is always named"),
    pytest.param({"org": "школа № 3"}, ["2.1", "2.2", "2.3"], id="an organisation by a role"),
    pytest.param({"org": "УПРАВЛЕНИЕ заозёрного"}, ["1.1", "1.2", "1.3"], id="an organisation by its name"),
    pytest.param({"org": "луговская"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="one out of sight"),
    pytest.param({"unit": "999999"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="no such organisation"),
    pytest.param({"section": "999999"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="no such section"),
    pytest.param({"view": "7", "mode": "x"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="unknown keys"),
    pytest.param({"due": "2025-99"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="no such month"),
    pytest.param({"sort": "due"}, ["2.1", "1.1", "1.2", "2.2", "1.3", "2.3"], id="by date, undated last"),
    pytest.param(
        {"sort": "-due"}, ["2.2", "1.2", "1.1", "2.1", "1.3", "2.3"], id="by date, undated last again"
    ),
    pytest.param({"sort": "-number"}, ["2.3", "2.2", "2.1", "1.3", "1.2", "1.1"], id="from the end"),
    pytest.param({"sort": "executor"}, ["2.1", "2.2", "2.3", "1.1", "1.2", "1.3"], id="by executor"),
    pytest.param({"sort": "password"}, ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"], id="an unknown order"),
    pytest.param({"q": "дирижабль"}, [], id="nothing"),
]


@pytest.mark.parametrize(("query", "expected"), VIEWS)
def test_a_view_of_the_address(
    cast: Any, programme: Any, signed_in: Any, query: dict[str, str], expected: list[str]
) -> None:
    assert labels(signed_in(cast.municipal_officer), programme, **query) == expected


def test_filter_by_who_answers(cast: Any, programme: Any, signed_in: Any) -> None:
    name = MeasureExecutor.objects.filter(measure__label="2.1").values_list("name", flat=True).get()
    assert labels(signed_in(cast.head), programme, executor=name) == ["2.1", "2.2", "2.3"]


def test_a_fragment_is_the_table_alone(cast: Any, programme: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).get(
        reverse("programmes:programme", args=[programme.pk]), {"q": "питание"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert html.lstrip().startswith('<div id="table">')
    assert "<html" not in html


def test_the_text_of_a_clause_stays_text(cast: Any, programme: Any, signed_in: Any) -> None:
    html = signed_in(cast.head).get(programme.get_absolute_url()).content.decode()
    assert "<b>безопасности</b>" not in html
    assert "&lt;b&gt;безопасности&lt;/b&gt;" in html


def test_the_calendar_counts_what_is_due(cast: Any, programme: Any) -> None:
    showing = Showing(programme, {}, cast.head)
    showing.today = date(2025, 10, 15)
    months = calendar(showing, facets(showing, showing.tally).months)
    assert [month.value for month in months][:2] == ["2025-09", "2025-10"]
    assert {month.value: month.count for month in months if month.count} == {
        "2025-09": 1, "2025-10": 1, "2026-06": 1, "2026-08": 1,
    }  # fmt: skip
    assert [month.value for month in months if month.current] == ["2025-10"]


def test_what_the_calendar_has_no_month_for_is_counted_beside_it(cast: Any, programme: Any) -> None:
    showing = Showing(programme, {}, cast.head)
    months = [(f"{day:%Y-%m}", day, 1) for day in (date(2025, 8, 1), date(2025, 9, 1), date(2026, 8, 1))]
    assert (outside(showing, months).before, outside(showing, months).after) == (1, 0)
    later = outside(showing, [*months, ("2026-09", date(2026, 9, 1), 2)])
    assert (later.after, later.last_before, later.first_after) == (2, date(2025, 8, 31), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        pytest.param({"theme": "<script>"}, View(), id="no theme"),
        pytest.param({"due": "0000-00"}, View(), id="no month"),
        pytest.param({"due": "²⁰²⁵-10"}, View(), id="odd digits"),
        pytest.param({"findings": "yes"}, View(), id="no flag"),
        pytest.param({"q": " а "}, View(words="а"), id="words"),
        pytest.param({"from": "2025-02-30", "unit": "²", "finding": "x"}, View(), id="no day, unit, finding"),
        pytest.param({"from": "2025-02-03"}, View(since=date(2025, 2, 3)), id="a day"),
        pytest.param({"theme": "none", "sort": "-due"}, View(theme="none", sort="-due"), id="known values"),
    ],
)
def test_an_address_may_hold_anything(query: dict[str, str], kept: View) -> None:
    assert View.of(query) == kept


def test_a_section_is_named_by_any_of_its_measures(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    for label in ("2.1", "2.3"):
        key = str(programme.measures.get(label=label).pk)
        assert labels(client, programme, section=key) == ["2.1", "2.2", "2.3"]
    foreign = Measure.objects.create(
        programme=programme, order=99, text="x", deadline_kind="none", section="", label="9"
    )
    assert len(labels(client, programme, section=str(foreign.pk))) == 7


@pytest.mark.parametrize(
    "query", [{}, {"theme": "staff"}, {"q": "провести"}, {"due": "past", "from": "2025-09-01"}]
)
def test_each_number_beside_a_choice_is_what_the_choice_shows(
    cast: Any, programme: Any, signed_in: Any, query: dict[str, str]
) -> None:
    client = signed_in(cast.municipal_officer)
    found = facets(showing := Showing(programme, query, cast.municipal_officer), showing.tally)
    offered = {
        "theme": found.themes, "executor": found.executors, "due": found.dues, "finding": found.findings,
        "section": found.sections,
    }  # fmt: skip
    for key, choices in offered.items():
        for choice in choices:
            assert len(labels(client, programme, **(query | {key: choice.value}))) == choice.count, choice
    without_span = {key: value for key, value in query.items() if key not in {"from", "to"}}
    for value, _start, count in found.months:
        assert len(labels(client, programme, **(without_span | {"due": value}))) == count


def test_marks_take_one_filter_away_and_keep_the_others(cast: Any, programme: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).get(
        programme.get_absolute_url(), {"q": "провести", "theme": "safety", "from": "2025-09-01", "page": "2"}
    )
    assert [chip.key for chip in answer.context["chips"]] == ["q", "theme", "from"]
    html = answer.content.decode()
    assert 'href="?theme=safety&amp;from=2025-09-01"' in html
    assert 'href="?q=%D0%BF%D1%80%D0%BE%D0%B2%D0%B5%D1%81%D1%82%D0%B8&amp;from=2025-09-01"' in html


def test_several_organisations_are_a_question(cast: Any, programme: Any, signed_in: Any) -> None:
    answer = signed_in(cast.municipal_officer).get(programme.get_absolute_url(), {"org": "№"})
    assert {str(unit) for unit in answer.context["showing"].candidates} == {
        "Школа № 3",
        "Детский сад «Ёлочка»",
    }
    assert f"unit={cast.units.school.pk}" in answer.content.decode()


def many(programme: Any, count: int) -> None:
    made = Measure.objects.bulk_create(
        Measure(programme=programme, order=100 + n, label=f"9.{n}", text=f"Провести семинар № {n}", deadline_kind="none",
                section=f"Раздел {n // 50}", executor_names="Школа № 3")
        for n in range(count)
    )  # fmt: skip
    MeasureExecutor.objects.bulk_create(
        MeasureExecutor(
            measure=measure, name="Школа № 3", form="body", relation="executor", outcome="unknown"
        )
        for measure in made
    )
    Measure.objects.filter(programme=programme).settle_unclear()


def test_a_larger_programme_asks_the_database_no_more(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    counts = []
    for added in (0, 400):
        many(programme, added)
        client.get(programme.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(programme.get_absolute_url())
        counts.append(len(queries))
    assert answer.context["page"].paginator.num_pages == 5
    assert counts[0] == counts[1] <= 26  # the last one is the bell of the header


def test_a_page_far_away_is_the_last_one(cast: Any, programme: Any, signed_in: Any) -> None:
    many(programme, 150)
    assert labels(signed_in(cast.head), programme, page="999")[-1] == "9.149"


def test_the_view_goes_to_a_spreadsheet_and_a_document(cast: Any, programme: Any, signed_in: Any) -> None:
    import docx
    from python_calamine import CalamineWorkbook

    client = signed_in(cast.municipal_officer)
    sheet = client.get(reverse("programmes:xlsx", args=[programme.pk]), {"q": "наставничеств"})
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content)))
        .get_sheet_by_index(0)
        .to_python()
    )
    text = "\n".join(str(value) for row in rows for value in row)
    assert "Утвердить план наставничества" in text
    assert "школьное питание" not in text
    plan = client.get(reverse("programmes:docx", args=[programme.pk]))
    table = docx.Document(io.BytesIO(b"".join(plan.streaming_content))).tables[0]
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert "школьное питание" in words
    assert "1. Управлению образования Заозёрного округа" in words
    assert "attachment" in plan["Content-Disposition"]


def test_two_posts_do_not_add_up_to_an_export(cast: Any, programme: Any, signed_in: Any) -> None:
    Post.objects.create(
        user=cast.admin, role=Role.HEAD, unit=cast.units.neighbour_school, since=date(2024, 9, 1)
    )
    client = signed_in(cast.admin)
    assert client.get(programme.get_absolute_url()).status_code == 200
    assert client.get(reverse("programmes:xlsx", args=[programme.pk])).status_code == 403


def test_the_list_of_programmes(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.head)
    assert list(client.get(reverse("programmes:list")).context["page"].object_list) == [programme]
    assert not client.get(reverse("programmes:list"), {"q": "приказ"}).context["page"].object_list
    assert not signed_in(cast.foreign_head).get(reverse("programmes:list")).context["page"].object_list


def test_a_programme_of_the_region_is_seen_below_and_its_measures_too(
    cast: Any, uploaded: Any, adopted: Any
) -> None:
    regional = adopted(uploaded(actor=cast.regional_officer, unit=cast.units.region), cast.regional_officer)
    for person in (cast.regional_officer, cast.head, cast.foreign_head, cast.observer):
        assert regional in Programme.objects.visible_to(person)
        assert Measure.objects.visible_to(person).count() == 6
    assert not Programme.objects.visible_to(cast.outsider).exists()


def test_the_card_quotes_its_clause_and_names_the_organisations(
    cast: Any, programme: Any, signed_in: Any
) -> None:
    measure = programme.measures.get(label="2.1")
    answer = signed_in(cast.municipal_officer).get(measure.get_absolute_url())
    html = answer.content.decode()
    html = re.sub(r"\u00a0", " ", html)
    assert re.search(r'<mark class="f-when" data-m="[\d-]+">до 10 сентября 2025 года</mark>', html)
    assert cast.units.school.short_name in html
    assert cast.units.neighbour_school.short_name not in html
    assert answer.context["before"].label == "1.3"
    assert answer.context["after"].label == "2.2"
    assert document_link(programme) in html


def test_the_history_tells_what_was_said_of_the_clause(
    cast: Any, document: Any, adopted: Any, signed_in: Any
) -> None:
    correct(document, SetTheme("c1", Theme.MEALS), actor=cast.methodologist, seen=0)
    measure = adopted(document).measures.get(label="1.1")
    told = {
        name: signed_in(cast.people()[name]).get(measure.get_absolute_url()).context["events"]
        for name in ("observer", "head")
    }
    assert [getattr(event.row, "act", getattr(event.row, "code", "")) for event in told["observer"]] == [
        "programmes.adopted",
        "theme",
    ]
    assert len(told["head"]) == 1


def document_link(programme: Any) -> str:
    return reverse("documents:review", args=[programme.document_id])


def test_a_head_reads_the_card_and_gets_no_way_into_the_review(
    cast: Any, programme: Any, signed_in: Any
) -> None:
    html = signed_in(cast.head).get(programme.measures.first().get_absolute_url()).content.decode()
    assert document_link(programme) not in html
