"""Plans in tables of office files: merged cells, heads over two rows, sections, several measures in a cell."""

from __future__ import annotations

from avgust.domain.resolutions.model import MEASURES, Block, BlockKind, Cell, PartKind, SourceDocument, Span
from avgust.domain.resolutions.structure import read_structure

Printed = str | tuple[str, int] | None  # words, words over several columns, or a cell that goes on from above


def document(*rows: tuple[Printed, ...], title: str = "План мероприятий") -> SourceDocument:
    """Return a document with a title and a table as the reader of DOCX gives them."""
    text = title + "\n"
    blocks = [Block(BlockKind.PARAGRAPH, title, Span(0, len(title)))]
    for row in rows:
        start, column = len(text), 0
        cells: list[Cell] = []
        for printed in row:
            words, wide = printed if isinstance(printed, tuple) else (printed or "", 1)
            span = Span(len(text), len(text) + len(words))
            cells.append(Cell(words, span, column, wide, continued=printed is None))
            text += words + "\t"
            column += wide
        text = text[:-1] + "\n"
        span = Span(start, len(text) - 1)
        blocks.append(Block(BlockKind.TABLE_ROW, span.of(text), span, cells=tuple(cells), table=0))
    return SourceDocument(text, tuple(blocks), "docx")


HEAD = ("№ п/п", "Наименование мероприятия", "Срок исполнения", "Ответственные исполнители")


def measures(source: SourceDocument) -> list[tuple[str | None, str, list[str], list[tuple[str, str]]]]:
    return [
        (c.label, c.text, [h.text for h in c.headings], [(line.role, line.text) for line in c.lines])
        for c in read_structure(source).clauses
        if c.kind in MEASURES
    ]


def test_sections_and_empty_rows() -> None:
    source = document(
        HEAD,
        ("1", "2", "3", "4"),
        (("Раздел I. Кадры", 4),),
        ("1.", "Провести опрос", "май 2022", "Отдел кадров"),
        ("2.", "", "", ""),
        (("Раздел II. Среда", 4),),
        ("3.", "Обновить классы", "до 01.09.2022", "Школы"),
    )
    assert measures(source) == [
        (
            "1",
            "Провести опрос",
            ["Раздел I. Кадры"],
            [("deadline", "май 2022"), ("executor", "Отдел кадров")],
        ),
        (
            "3",
            "Обновить классы",
            ["Раздел II. Среда"],
            [("deadline", "до 01.09.2022"), ("executor", "Школы")],
        ),
    ]


def test_a_head_over_two_rows() -> None:
    source = document(
        ("№", "Мероприятие", ("Сроки", 2), "Исполнитель"),
        (None, None, "начало", "окончание", None),
        ("1", "Провести опрос", "01.02.2022", "01.03.2022", "Школы"),
    )
    lines = [("deadline", "01.02.2022"), ("deadline", "01.03.2022"), ("executor", "Школы")]
    assert measures(source) == [("1", "Провести опрос", [], lines)]


def test_several_measures_with_several_dates_in_a_cell() -> None:
    source = document(
        HEAD,
        ("1", "1) Заключить договоры;\n2) Направить студентов", "март 2022\nапрель 2022", "Отдел"),
        ("2", "Провести аудит\nОбучить поваров", "май 2022\nиюнь 2022", "Центр"),
        ("3", "Провести слёт\nмолодых педагогов", "июль 2022", "Центр"),
    )
    assert [(label, text, lines[0][1]) for label, text, _, lines in measures(source)] == [
        ("1", "Заключить договоры", "март 2022"),
        ("2", "Направить студентов", "апрель 2022"),
        ("2", "Провести аудит", "май 2022"),
        ("2", "Обучить поваров", "июнь 2022"),
        ("3", "Провести слёт молодых педагогов", "июль 2022"),
    ]


def test_a_lead_across_the_table_may_be_as_long_as_it_likes() -> None:
    lead = (
        "В целях "
        + "развития сети школьных музеев и поддержки их руководителей, " * 6
        + "в том числе в сёлах"
    )
    source = document(HEAD, ((lead, 4),), ("1", "Провести смотр", "май 2022", "Центр"))
    assert [(label, heads) for label, _, heads, _ in measures(source)] == [("1", [lead])]


def test_a_long_order_across_the_table_is_no_lead() -> None:
    order = "Провести смотр школьных музеев " + "и поддержать их руководителей во всех округах " * 8
    source = document(HEAD, ("1", "Издать сборник", "май 2022", "Центр"), ((order.strip(), 4),))
    assert len(measures(source)) == 2


def test_cells_that_go_on_from_above() -> None:
    source = document(
        ("Направление", "Мероприятие", "Срок", "Результат"),
        ("Качество", "Внедрить диагностику", "до 01.10.2021", "100 % школ"),
        (None, "Издать доклад", None, "1 доклад"),
    )
    assert measures(source) == [
        (
            None,
            "Внедрить диагностику",
            ["Качество"],
            [("deadline", "до 01.10.2021"), ("result", "100 % школ")],
        ),
        (None, "Издать доклад", ["Качество"], [("deadline", "до 01.10.2021"), ("result", "1 доклад")]),
    ]


def test_a_head_repeated_on_the_next_page_and_a_row_of_more_dates() -> None:
    source = document(
        HEAD,
        ("1", "Провести конкурс", "март", "Центр"),
        ("", "", "апрель", "Школы"),
        HEAD,
        ("2", "Провести финал", "май", "Центр"),
    )
    assert [(label, [words for _, words in lines]) for label, _, _, lines in measures(source)] == [
        ("1", ["март", "Центр", "апрель", "Школы"]),
        ("2", ["май", "Центр"]),
    ]


def test_a_table_without_a_head() -> None:
    source = document(
        ("1", "Провести линейку", "1 сентября", "завуч"), ("2", "Открыть кружок", "октябрь", "школа")
    )
    assert [(label, text) for label, text, _, _ in measures(source)] == [
        ("1", "Провести линейку"),
        ("2", "Открыть кружок"),
    ]


def test_a_table_of_figures_has_no_measures_and_is_not_lost() -> None:
    source = document(("Показатель", "2020", "2021"), ("Число школ", "40", "41"), title="Справка")
    structure = read_structure(source)
    assert not structure.clauses
    assert {part.kind for part in structure.parts} <= {PartKind.HEADER, PartKind.PREAMBLE, PartKind.UNTAKEN}


def test_a_table_of_people_has_no_measures() -> None:
    source = document(("№", "Ф.И.О.", "Должность"), ("1", "Зорина В.В.", "методист"), title="Состав жюри")
    assert not read_structure(source).clauses


def test_a_head_without_a_word_for_measures() -> None:
    source = document(("Задача", "Срок"), ("Сохранить контингент", "до 1 мая"), title="План")
    assert measures(source) == [(None, "Сохранить контингент", [], [("deadline", "до 1 мая")])]
