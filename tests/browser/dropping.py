"""A text as the files that people have, and dropping one onto the page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  document.querySelector('.d-drop').dispatchEvent(
    new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def as_txt(lines: Sequence[str], _browser: Browser | None = None) -> bytes:
    """As office machines of the past keep it."""
    return "\n".join(lines).encode("cp1251", "xmlcharrefreplace")


def as_docx(lines: Sequence[str], _browser: Browser | None = None) -> bytes:
    """One paragraph a line."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(lines: Sequence[str], browser: Browser) -> bytes:
    """Printed by the browser, with a text layer."""
    page = browser.new_page()
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page.set_content(f"<meta charset=utf-8><body style='font:13pt/1.4 serif;width:17cm'>{paragraphs}")
    data = page.pdf(format="A4")
    page.close()
    return data


def drop(page: Page, name: str, data: bytes) -> None:
    """Drop a file onto the page of documents."""
    page.goto("/documents/")
    page.evaluate(_DROP, [name, base64.b64encode(data).decode()])
