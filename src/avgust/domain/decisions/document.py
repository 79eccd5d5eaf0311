"""A typed decision as a DOCX file: it goes the way of every upload, and can be printed and signed."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from avgust.domain.decisions.minutes import TypedDecision, printed
from avgust.domain.resolutions.export.printable import printable

FONT: Final = "Times New Roman"  # GOST R 7.0.97 names it first among the fonts of an office document
_NO_DAY: Final = date(2000, 1, 1)
_CENTRED: Final = ("head", "owner")


def decision_docx(typed: TypedDecision) -> bytes:
    """Return the decision as DOCX."""
    from docx import Document  # noqa: PLC0415 - a library that other formats need not load

    document = Document()
    _page(document)
    document.core_properties.title = printable(typed.heading)[:255]
    document.core_properties.author = printable(typed.owner)[:255]
    for line in printed(typed):
        paragraph = document.add_paragraph(printable(line.text), style=_style(line.style))
        if line.style in _CENTRED:
            paragraph.alignment = _centre()
    written = datetime.combine(typed.held_on or _NO_DAY, time(9))
    document.core_properties.created = document.core_properties.modified = written
    out = BytesIO()
    document.save(out)
    return _without_clock(out, written)


def _without_clock(stream: BytesIO, written: datetime) -> bytes:
    """Return the archive with one date on all its files: the same decision is the same file."""
    result = BytesIO()
    with ZipFile(stream) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(
                ZipInfo(entry.filename, written.timetuple()[:6]), source.read(entry), ZIP_DEFLATED
            )
    return result.getvalue()


def _style(style: str) -> str:
    return "Title" if style == "head" else "Normal"


def _page(document: Any) -> None:
    """Set the margins of GOST R 7.0.97 and a plain font."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 13), ("Title", 15)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _centre() -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    return WD_ALIGN_PARAGRAPH.CENTER
