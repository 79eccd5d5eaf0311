"""Templates: kinds of lines, places, fields, what is wrong with them; the printed act."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.acts.carrying import carried
from avgust.domain.acts.document import Draft, act_docx
from avgust.domain.acts.examples import EXAMPLES
from avgust.domain.acts.fields import Field, Kind, checked, faults, printed
from avgust.domain.acts.text import GAP, LineKind, Template, lines_of, template_faults, title_of

FIELDS = (Field("куратор", "Куратор", Kind.PERSON), Field("срок", "Срок", Kind.DATE))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1. Общие положения", LineKind.HEADING),
        ("IV. Заключительные положения", LineKind.HEADING),
        ("1.1. Положение определяет порядок.", LineKind.POINT),
        ("2.3.1 Срок работы", LineKind.POINT),
        ("3. Утвердить список.", LineKind.POINT),
        ("– подбирает пары;", LineKind.ITEM),
        ("- ведёт учёт;", LineKind.ITEM),
        ("В соответствии с уставом", LineKind.PARAGRAPH),
        ("1 сентября начинается год.", LineKind.PARAGRAPH),
    ],
)
def test_kinds_of_lines(line: str, kind: LineKind) -> None:
    assert lines_of(Template("Т", line), {})[0].kind is kind


def test_places_are_filled_and_gaps_are_seen() -> None:
    template = Template("Положение {{ Куратор }}", "Ведёт {{куратор}} до {{ срок }}.", FIELDS)
    values = {"куратор": "Ларина Елена", "срок": ""}
    line = lines_of(template, values)[0]
    assert line.text == f"Ведёт Ларина Елена до {GAP}."
    assert [(part.key, part.blank) for part in line.parts if part.key] == [("куратор", False), ("срок", True)]
    assert title_of(template, values) == "Положение Ларина Елена"


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "wrong"),
    [
        (Kind.TEXT, " два\nслова ", "два\nслова", ""),
        (Kind.TEXT, " ", "", "needed"),
        (Kind.DATE, "1.9.2025", "2025-09-01", ""),
        (Kind.DATE, "2025-09-01", "2025-09-01", ""),
        (Kind.DATE, "31.02.2025", "31.02.2025", "no such date"),
        (Kind.NUMBER, "1 500,50", "1500.50", ""),
        (Kind.NUMBER, "12", "12", ""),
        (Kind.NUMBER, "дюжина", "дюжина", "number"),
        (Kind.NUMBER, "1e9", "1e9", "number"),
        (Kind.PERSON, "Ларина  Елена Андреевна", "Ларина Елена Андреевна", ""),
        (Kind.PERSON, "Салтыкова-Щедрина Анна", "Салтыкова-Щедрина Анна", ""),
        (Kind.PERSON, "Ларина", "Ларина", "surname"),
        (Kind.PERSON, "Ларина 5", "Ларина 5", "surname"),
    ],
)
def test_values(kind: Kind, typed: str, kept: str, wrong: str) -> None:
    value, fault = checked(Field("поле", "Поле", kind), typed)
    assert value == kept
    assert wrong in fault.msgid if wrong and fault else (fault is None) is (not wrong)


def test_printed_as_an_office_prints() -> None:
    assert printed(Field("к", "К", Kind.DATE), "2025-09-01") == "1 сентября 2025 года"
    assert printed(Field("к", "К", Kind.NUMBER), "3.5") == "3,5"
    assert faults(FIELDS, {"куратор": "Ларина Елена"}).keys() == {"срок"}


@pytest.mark.parametrize(
    ("name", "template", "words"),
    [
        ("no title", Template(" ", "Текст"), "title"),
        ("no text", Template("Т", " \n"), "empty"),
        ("a place without a field", Template("Т", "{{ срок }}"), "no such field"),
        ("a field without a place", Template("Т", "Текст", FIELDS[:1]), "nowhere"),
        ("the same field twice", Template("Т", "{{ срок }}", (FIELDS[1], FIELDS[1])), "twice"),
        ("a place that is not closed", Template("Т", "{{ срок }", FIELDS[1:]), "not closed"),
        ("a name with a space", Template("Т", "{{ мой срок }}", (Field("мой срок", "С"),)), "cannot be"),
        ("a field that asks nothing", Template("Т", "{{ срок }}", (Field("срок", " "),)), "asks for"),
    ],
)
def test_faults_of_templates(name: str, template: Template, words: str) -> None:
    assert any(words in fault.msgid for fault in template_faults(template)), name


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_can_be_offered(name: str) -> None:
    assert template_faults(EXAMPLES[name]) == []


def test_only_what_still_fits_is_carried_over() -> None:
    after = (FIELDS[0], Field("срок", "Срок", Kind.NUMBER), Field("новое", "Новое"))
    values = {"куратор": "Ларина Елена", "срок": "2025-09-01"}
    assert carried(values, FIELDS, after) == {"куратор": "Ларина Елена"}


def test_the_printed_act_has_real_styles() -> None:
    template = EXAMPLES["mentoring"]
    values = {"организация": "МБОУ «Школа № 3»", "начало": "2025-09-01"}
    draft = Draft("МБОУ «Школа № 3»", title_of(template, values), lines_of(template, values))
    made = Document(BytesIO(act_docx(draft)))
    styles = {paragraph.style.name for paragraph in made.paragraphs}
    assert {"Title", "Heading 1", "Пункт", "List Bullet", "Гриф"} <= styles
    title = next(row for row in made.paragraphs if row.style.name == "Title")
    assert title.text == "Положение о наставничестве"
    point = next(row for row in made.paragraphs if row.text.startswith("1.2."))
    assert "с 1 сентября 2025 года" in point.text
    assert [run.text for run in point.runs if run.font.highlight_color] == [GAP]


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(("куратор", "срок")), st.text(max_size=80)))
def test_any_text_makes_lines_and_a_file_of_them(body: str, values: dict[str, str]) -> None:
    template = Template("Акт", body, FIELDS)
    template_faults(template)
    lines = lines_of(template, values)
    assert all(line.text.strip() for line in lines)
    typed = "".join(body.split())
    if "{{" not in body:
        assert "".join("".join(line.text.split()) for line in lines) in typed or any(
            line.kind is LineKind.ITEM for line in lines
        )
