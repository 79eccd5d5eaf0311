"""Pages of decisions: what they show to whom, what the form keeps, how many queries they need."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from avgust.web.control.models import Assignment
from avgust.web.decisions import actions
from avgust.web.decisions.models import Cause, Decision
from avgust.web.decisions.tests.conftest import CLAUSES, SEEN
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Measure

HEAD = {"genre": "minutes", "number": "9", "held_on": "20.10.2025", "title": "совещания"}
TYPE = "decisions:type"


def rows(*clauses: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {"rows": str(len(clauses))}
    for place, clause in enumerate(clauses):
        sent |= {f"c-{place}-{name}": value for name, value in clause.items()}
    return sent


def page(client: Any, name: str, *args: int, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


# ── the form ──────────────────────────────────────────────────────────────────────────────────────────

ONE, TWO = (
    {"text": "Первое", "executors": "школа № 3"},
    {"text": "Второе", "proof": ["link"], "cause": "none"},
)


@pytest.mark.parametrize(
    ("do", "texts"),
    [
        ("add", ["Первое", "Второе", ""]),
        ("remove-0", ["Второе"]),
        ("down-0", ["Второе", "Первое"]),
        ("up-1", ["Второе", "Первое"]),
        ("up-0", ["Первое", "Второе"]),
        ("down-1", ["Первое", "Второе"]),
        ("remove-7", ["Первое", "Второе"]),
        ("no such thing", ["Первое", "Второе"]),
    ],
)
def test_rows_move_without_a_script(
    cast: Any, signed_in: Any, cause: Cause, do: str, texts: list[str]
) -> None:
    sent = {**HEAD, **rows(ONE, TWO), "causes": [cause.pk], "do": do, "held_on": "не дата"}
    answer = signed_in(cast.methodologist).post(reverse(TYPE), sent)
    forms = [row.form for row in answer.context["rows"]]
    assert answer.status_code == 200
    assert [form["text"].value() or "" for form in forms] == texts
    second = next(form for form in forms if form["text"].value() == "Второе")
    assert (second["proof"].value(), second["cause"].value()) == (["link"], "none")
    head = answer.context["form"]
    assert (head["held_on"].value(), head["causes"].value()) == ("не дата", [str(cause.pk)])


def test_what_was_typed_stays_on_errors(cast: Any, signed_in: Any, read_here: None) -> None:
    sent = {**HEAD, "held_on": "31.02.2025", **rows({"text": "", "executors": "школы"}, ONE), "do": "save"}
    answer = signed_in(cast.methodologist).post(reverse(TYPE), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="31.02.2025"' in text
    assert 'value="школы"' in text
    assert answer.context["wrong_rows"] == [1]
    assert not Decision.objects.exists()


def test_a_form_without_clauses_says_so(cast: Any, signed_in: Any, read_here: None) -> None:
    answer = signed_in(cast.methodologist).post(reverse(TYPE), {**HEAD, **rows({}, {}), "do": "save"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_blank_rows_are_passed_over_and_causes_go_where_they_were_put(
    cast: Any, signed_in: Any, read_here: None, cause: Cause
) -> None:
    clause = {"text": "Провести семинар", "executors": "школы", "deadline": "до 1 июня 2030 года"}
    other = clause | {"text": "Обновить сайт", "cause": "none"}
    sent = {**HEAD, **rows({}, clause, other), "causes": [cause.pk], "offered": [cause.pk], "do": "save"}
    answer = signed_in(cast.methodologist).post(reverse(TYPE), sent)
    made = Decision.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert [link.clause for link in made.document.causes.all()] == ["c1"]
    assert made.document.measures == 2


def test_a_foreign_cause_cannot_be_chosen(cast: Any, signed_in: Any, read_here: None) -> None:
    theirs = actions.record_cause(SEEN, actor=cast.foreign_officer, unit=cast.units.neighbour)
    sent = {**HEAD, **rows(ONE), "causes": [theirs.pk], "offered": [theirs.pk], "do": "save"}
    answer = signed_in(cast.methodologist).post(reverse(TYPE), sent)
    assert answer.status_code == 422
    assert SEEN.words not in answer.content.decode()


def test_the_preview_says_how_a_clause_is_read(cast: Any, signed_in: Any) -> None:
    client = signed_in(cast.methodologist)
    client.cookies["django_language"] = "ru"

    def read(**clause: str) -> str:
        sent = {
            "row": "4",
            "held_on": "20.10.2025",
            **{f"c-4-{name}": value for name, value in clause.items()},
        }
        return client.post(reverse("decisions:understood"), sent).content.decode().replace("\u00a0", " ")

    said = read(text="Провести семинар", executors="руководители школ", deadline="до 1 декабря")
    assert "руководители школ" in said
    assert "1 организация" in said
    assert "1 декабря 2025" in said
    assert "не знает" in read(text="Провести семинар", executors="трест «Рога»")
    assert "принять к сведению" in read(text="Информацию принять к сведению")
    assert "Понято как утверждение" in read(text="Утвердить план")
    assert read(text=" ").strip() == ""


def test_the_coverage_of_causes_in_words() -> None:
    from django.utils import translation

    from avgust.domain.decisions.coverage import CauseCoverage
    from avgust.web.decisions.wording import told

    with translation.override("ru"):
        assert told(CauseCoverage()) == "Причина не указана."
        assert told(CauseCoverage(3)) == "3 причины, решения ещё нет."
        assert (
            told(CauseCoverage(3, 2, 1)) == "3 причины: решение принято по 2, подтверждено исполнение по 1."
        )
        assert told(CauseCoverage(5, 4, 0, 1)) == "5 причин: решение принято по 4, не выполнено по 1."
        assert told(CauseCoverage(1, 1, 1)) == "1 причина: исполнено и подтверждено."
    with translation.override("en"):
        assert told(CauseCoverage(3, 2, 1)) == "3 causes: decided on 2, proven 1."


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_a_decision(cast: Any, signed_in: Any, adopted: Decision, cause: Cause) -> None:
    client = signed_in(cast.municipal_officer)
    text = page(client, "decisions:decision", adopted.pk)
    assert cause.words in text
    assert "21,4 % работ" in text
    head = page(signed_in(cast.head), "decisions:decision", adopted.pk)
    assert cause.words in head
    assert reverse("decisions:link", args=[adopted.pk]) not in head
    assert adopted.document.get_absolute_url() not in head  # heads see no documents


def test_why_stands_on_measure_and_assignment(
    cast: Any, signed_in: Any, adopted: Decision, cause: Cause
) -> None:
    first, third = Measure.objects.order_by("order")
    for who in (cast.municipal_officer, cast.head):
        client = signed_in(who)
        assert cause.words in page(client, "programmes:measure", first.pk)
        assert cause.words not in page(client, "programmes:measure", third.pk)
        assert cause.words in page(client, "control:assignment", Assignment.objects.get(measure=first).pk)
    assert cause.words in page(signed_in(cast.head), "decisions:cause", cause.pk)


def test_why_stands_in_the_execution_report(
    cast: Any, signed_in: Any, adopted: Decision, cause: Cause
) -> None:
    client, programme = signed_in(cast.municipal_officer), Measure.objects.first().programme
    assert page(client, "reports:report", programme.pk).count(cause.words.rstrip(".")) == 1
    answer = client.get(reverse("reports:docx", args=[programme.pk]))
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    file = docx.Document(BytesIO(data))
    printed = [p.text for p in file.paragraphs]
    printed += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert any(cause.words.rstrip(".") in text for text in printed)


def test_a_measure_that_is_not_done_begins_a_decision(cast: Any, signed_in: Any, adopted: Decision) -> None:
    measure = Measure.objects.get(label="1")  # due in December 2025
    client = signed_in(cast.municipal_officer)
    begin = f"{reverse('decisions:new_cause')}?measure={measure.pk}"
    assert begin in page(client, "programmes:measure", measure.pk)
    assert begin not in page(signed_in(cast.head), "programmes:measure", measure.pk)
    answer = client.get(begin)
    form = answer.context["form"]
    assert form["address"].value() == measure.get_absolute_url()
    assert (form["value"].value(), form["expected"].value()) == ("1", "0")
    sent = {name: form[name].value() for name in form.fields} | {"do": "type"}
    done = client.post(begin, sent)
    made = Cause.objects.latest("pk")
    assert done.headers["Location"].startswith(f"{reverse(TYPE)}?cause={made.pk}")
    assert made.observed_on == timezone.localdate()
    assert made.get_absolute_url() in page(client, "programmes:measure", measure.pk)


def test_the_list_is_found_by_what_it_shows(cast: Any, signed_in: Any, adopted: Decision, typed: Any) -> None:
    typed({}, number="8")
    client = signed_in(cast.municipal_officer)

    def found(**query: Any) -> list[str]:
        answer = client.get(reverse("decisions:list"), query)
        return sorted(row.decision.number for row in answer.context["rows"])

    assert found() == ["7", "8"]
    assert found(kind="finding") == ["7"]
    assert found(kind="case") == []
    assert found(state="reviewing") == ["8"]
    assert found(state="failed") == ["7"]
    assert found(unit=cast.units.municipality.pk, year=2025) == ["7", "8"]
    assert found(unit=cast.units.region.pk) == []
    assert found(year=2024) == []
    assert found(q="начальнике") == ["7", "8"]
    assert found(kind="'", state="x", unit="-1", year="²") == ["7", "8"]
    assert found(year="99999", unit="0") == ["7", "8"]
    heads = signed_in(cast.head).get(reverse("decisions:list"))
    assert [row.decision.number for row in heads.context["rows"]] == ["7"]


def test_who_controls_is_a_filter(cast: Any, signed_in: Any, adopted: Decision) -> None:
    from avgust.web.programmes.models import MeasureExecutor

    MeasureExecutor.objects.create(
        measure=Measure.objects.get(label="1"), name="начальник отдела", form="body", relation="controller", outcome="outside"
    )  # fmt: skip
    client = signed_in(cast.municipal_officer)
    answer = client.get(reverse("decisions:list"), {"controller": "начальник отдела"})
    assert answer.context["controllers"] == ["начальник отдела"]
    assert len(answer.context["rows"]) == 1
    assert not client.get(reverse("decisions:list"), {"controller": "кто-то"}).context["rows"]
    assert "начальник отдела" in page(client, "decisions:decision", adopted.pk)


def test_the_sheet_never_starts_a_formula(cast: Any, signed_in: Any, adopted: Decision, cause: Cause) -> None:
    Cause.objects.update(words="=HYPERLINK(1)")
    answer = signed_in(cast.municipal_officer).get(reverse("decisions:xlsx"))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    [_head, row] = book.get_sheet_by_index(0).to_python()
    assert row[0] == adopted.document.title
    assert row[4].startswith("=HYPERLINK(1); 21")  # a string, as the cell has it
    assert row[5:10] == [1, 0, 2, 0, 1]


def _many(cast: Any, typed: Any, count: int) -> None:
    for number in range(count):
        one = actions.record_cause(SEEN, actor=cast.methodologist, unit=cast.units.municipality)
        made = typed({0: [one]}, clauses=CLAUSES[:1], number=str(100 + number))
        adopt_document(made.document, actor=cast.municipal_officer)


@pytest.mark.parametrize("name", ["decisions:list", "decisions:causes", "decisions:xlsx"])
def test_a_longer_list_asks_no_more(
    cast: Any, signed_in: Any, typed: Any, name: str, django_assert_max_num_queries: Any
) -> None:
    _many(cast, typed, 4)
    client = signed_in(cast.municipal_officer)
    b"".join(client.get(reverse(name)))
    with django_assert_max_num_queries(40):
        b"".join(client.get(reverse(name)))


def test_the_page_of_a_decision_asks_no_more_with_more_clauses(
    cast: Any, signed_in: Any, typed: Any, cause: Cause, django_assert_max_num_queries: Any
) -> None:
    made = typed({place: [cause] for place in range(30)}, clauses=CLAUSES[:1] * 30)
    adopt_document(made.document, actor=cast.municipal_officer)
    client = signed_in(cast.municipal_officer)
    with django_assert_max_num_queries(40):
        page(client, "decisions:decision", made.pk)
    with django_assert_max_num_queries(40):
        page(client, "decisions:cause", cause.pk)
