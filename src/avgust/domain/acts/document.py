"""A local act as a DOCX file: real styles, so that an office program can number, restyle and sign it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from avgust.domain.acts.text import Line, LineKind
from avgust.domain.resolutions.export.printable import printable

FONT: Final = "Times New Roman"  # GOST R 7.0.97 names it first among the fonts of an office document
STYLES: Final = {
    LineKind.HEADING: "Heading 1",
    LineKind.POINT: "Пункт",
    LineKind.ITEM: "List Bullet",
    LineKind.PARAGRAPH: "Body Text",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What is printed: whose act, its title and text, and how it was adopted, where it was."""

    owner: str  # the official name of the organisation
    title: str
    lines: Sequence[Line]
    agreed: str = ""  # «Педагогический совет, протокол от 05.09.2025 № 1»
    number: str = ""
    adopted: str = ""  # the day in words


def act_docx(draft: Draft) -> bytes:
    """Return the act as DOCX; gaps stay where a field is not filled in."""
    from docx import Document  # noqa: PLC0415 - a library that other formats need not load

    document = Document()
    _page(document)
    _styles(document)
    document.core_properties.title = printable(draft.title)
    document.core_properties.author = printable(draft.owner)[:255]
    document.add_paragraph(printable(draft.owner), style="Subtitle")
    _approval(document, draft)
    document.add_paragraph(printable(draft.title), style="Title")
    for line in draft.lines:
        paragraph = document.add_paragraph(style=STYLES[line.kind])
        for part in line.parts:
            run = paragraph.add_run(printable(part.text))
            if part.blank:
                run.font.highlight_color = _yellow()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    """Set the margins of GOST R 7.0.97: 20 mm, and 10 mm on the right."""
    from docx.shared import Cm  # noqa: PLC0415

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(1)
    section.top_margin = section.bottom_margin = Cm(2)


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415

    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = FONT, Pt(13)
    point = styles.add_style(STYLES[LineKind.POINT], WD_STYLE_TYPE.PARAGRAPH)
    point.base_style = styles["Normal"]
    for name in (point.name, "Body Text"):
        style = styles[name]
        style.paragraph_format.first_line_indent = Cm(1.25)
        style.paragraph_format.alignment = ALIGN.JUSTIFY
        style.paragraph_format.space_after = Pt(4)
    for name, size, align in (
        ("Title", 15, ALIGN.CENTER),
        ("Subtitle", 13, ALIGN.CENTER),
        ("Heading 1", 13, ALIGN.CENTER),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), name != "Subtitle"
        style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
        _plain_font(style)
        style.paragraph_format.alignment = align
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(10)
    approval = styles.add_style("Гриф", WD_STYLE_TYPE.PARAGRAPH)
    approval.base_style = styles["Normal"]
    approval.paragraph_format.left_indent = Cm(10)
    approval.paragraph_format.space_after = Pt(0)


def _plain_font(style: Any) -> None:
    """Take away the font of the theme, which would outweigh the named one, and the rule below a title."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _approval(document: Any, draft: Draft) -> None:
    """Write how the act was agreed and adopted, or the lines where that is written by hand."""
    order = f"от {draft.adopted or '«___» __________ 20__ г.'} № {draft.number or '______'}"
    for words in ("УТВЕРЖДЕНО", "приказом руководителя", order):
        document.add_paragraph(printable(words), style="Гриф")
    if draft.agreed:
        for words in ("СОГЛАСОВАНО", draft.agreed):
            document.add_paragraph(printable(words), style="Гриф")


def _yellow() -> Any:
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415

    return WD_COLOR_INDEX.YELLOW
