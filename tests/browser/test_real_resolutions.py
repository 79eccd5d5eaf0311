"""The real resolutions, as a newcomer has them: TXT, DOCX and PDF, dropped, reviewed, adopted.

They lie beside the project and are not part of it; without them the journey is skipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.dropping import as_docx, as_pdf, drop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHARED = Path(__file__).resolve().parents[3] / "shared"
RESOLUTIONS = SHARED / "resolutions"
# How many measures each has; the third has no gold file, so what it prints is named here.
MEASURES = {"kuzbass-2019": 34, "smolensk-2019": 36, "sosnovsky-2018": 21}
SOSNOVSKY = {
    "labels": [*(f"1.{n}" for n in range(1, 8)), *(f"2.{n}" for n in range(1, 8)), *(f"3.{n}" for n in range(1, 8))],
    "due": {"1.1": "2018-12-01", "1.4": "2018-09-30", "2.5": "2018-10-30", "3.3": "2020-01-01"},
}  # fmt: skip

pytestmark = pytest.mark.skipif(not RESOLUTIONS.is_dir(), reason="../shared/resolutions is absent")


def as_utf8(lines: list[str], _browser: Browser) -> bytes:
    return "\n".join(lines).encode()


def dropped(page: Page, name: str, data: bytes) -> None:
    """Drop the file and go where its line leads."""
    drop(page, name, data)
    line = page.locator("#u-lines li")
    stem = name.partition(".")[0]
    expect(line).to_contain_text(re.compile(rf"\b{MEASURES[stem]} мер"), timeout=30_000)
    line.locator("a.btn").click()


def adopted(page: Page) -> None:
    """Go from one severe finding to the next by the link that names them; leave each; adopt."""
    obstacle = page.locator("#why-not")
    left = page.get_by_role("button", name="Оставить как есть")
    for _ in range(40):
        if not obstacle.count():
            break
        said = obstacle.inner_text()
        obstacle.click()
        here = page.locator(":focus")
        expect(left.and_(here).or_(page.locator(".is-severe .btn").and_(here))).to_have_count(1)
        page.locator(".av-note.is-severe", has=here).get_by_role("button", name="Оставить как есть").click()
        expect(page.locator("#why-not", has_text=said)).to_have_count(0)
    page.get_by_role("button", name="Принять программу").click()
    expect(page).to_have_url(re.compile(r"/programmes/\d+/$"))


def gold(stem: str) -> tuple[list[str | None], list[str | None]]:
    """Return the numbers and the last days of the measures as a careful reader annotated them."""
    items = json.loads((SHARED / "gold" / f"{stem}.json").read_text("utf-8"))["items"]
    ends = [item["deadline"] for item in items]
    known = [end["end"] if end["kind"] in ("date", "interval") else None for end in ends]
    return [item["label"] for item in items], known


@pytest.mark.parametrize(
    ("suffix", "make"), [("txt", as_utf8), ("docx", as_docx), ("pdf", as_pdf)], ids=["txt", "docx", "pdf"]
)
@pytest.mark.parametrize("stem", MEASURES)
def test_a_real_resolution_becomes_a_programme(
    page: Page, browser: Browser, cast: Any, sign_in: Any, stem: str, suffix: str, make: Any
) -> None:
    from avgust.web.programmes.models import Programme

    lines = (RESOLUTIONS / f"{stem}.txt").read_text("utf-8").splitlines()
    sign_in(cast.regional_officer)
    dropped(page, f"{stem}.{suffix}", make(lines, browser))
    expect(page.locator(".r-cl .it:not(.is-other)")).to_have_count(MEASURES[stem])
    adopted(page)
    expect(page.locator(".p-tab .c-t a")).to_have_count(MEASURES[stem])
    measures = list(Programme.objects.get().measures.order_by("order"))
    labels = [measure.label for measure in measures]
    dues = [measure.due.isoformat() if measure.due else None for measure in measures]
    if stem == "sosnovsky-2018":
        assert labels == SOSNOVSKY["labels"]
        assert SOSNOVSKY["due"].items() <= dict(zip(labels, dues, strict=True)).items()
    else:
        wanted_labels, wanted_dues = gold(stem)
        assert labels == [label or "" for label in wanted_labels]
        assert dues == wanted_dues
