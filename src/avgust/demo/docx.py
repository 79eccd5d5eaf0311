"""Demo resolutions as DOCX files, numbered the way office programs number: automatically."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

from avgust.demo.script import Line

_FONT: Final = "Times New Roman"
_WRITTEN: Final = datetime(2025, 8, 27, 9, tzinfo=UTC)  # the same file on every machine
_NUM_SECTIONS: Final = 90
_NUM_BULLETS: Final = 91
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_docx(lines: list[Line], title: str) -> bytes:
    """Return a DOCX of `lines`; sections and clauses carry computed numbers "1." and "1.1."."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Avgust demo"
    document.core_properties.created = document.core_properties.modified = _WRITTEN
    _set_page(document)
    _add_numbering(document)
    for line in lines:
        _add_line(document, line)
    stream = BytesIO()
    document.save(stream)
    return _without_clock(stream)


def _without_clock(stream: BytesIO) -> bytes:
    """Return the archive with one date on all its files: the demo is the same, byte for byte, every time."""
    result = BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(
                zipfile.ZipInfo(entry.filename, _WRITTEN.timetuple()[:6]),
                source.read(entry),
                zipfile.ZIP_DEFLATED,
            )
    return result.getvalue()


def _set_page(document: Any) -> None:
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(13)
    normal.paragraph_format.space_after = Pt(6)


def _add_numbering(document: Any) -> None:
    """Add two lists: sections with clauses below them, and dashes."""
    from docx.oxml import parse_xml

    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl>'
        for level, (text, left) in enumerate((("%1.", 567), ("%1.%2.", 567)))
    )
    dash = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/>'
        '<w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl>'
    )
    first = numbering.find(f"{{{numbering.nsmap['w']}}}num")
    for number, body in ((_NUM_SECTIONS, levels), (_NUM_BULLETS, dash)):
        abstract = parse_xml(f'<w:abstractNum {_W} w:abstractNumId="{number}">{body}</w:abstractNum>')
        first.addprevious(abstract)
        numbering.append(
            parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _add_line(document: Any, line: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = document.add_paragraph()
    words = line.text.replace(" | ", "\t") if line.mark in ("<", ">") else line.text
    run = paragraph.add_run(words)
    if line.mark == "!":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run.bold = True
    elif line.mark in ("#", "="):
        _number(paragraph, _NUM_SECTIONS, 0 if line.mark == "#" else 1)
        run.bold = line.mark == "#"
    elif line.mark == "-":
        _number(paragraph, _NUM_BULLETS, 0)
    elif line.mark == "|":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _number(paragraph: Any, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_id
