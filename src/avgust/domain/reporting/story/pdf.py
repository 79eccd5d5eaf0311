"""A story as PDF/A: charts as vector pictures with their words, cells of tables with shade and pattern."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from avgust.domain.reporting.story.record import story_record
from avgust.domain.reporting.story.story import Story
from avgust.domain.resolutions.export.plan.pdf import font_folders

_FOLDER: Final = Path(__file__).parent
PPI: Final = 150.0


def story_pdf(story: Story, language: str, *, stamp: datetime) -> bytes:
    """Return a PDF/A-2a file; `stamp` is its date."""
    return stories_pdf([story], language, stamp=stamp)


def stories_pdf(stories: Sequence[Story], language: str, *, stamp: datetime) -> bytes:
    """Return several reports as one PDF/A-2a file, each from a new page; the first names the document."""
    import typst  # noqa: PLC0415 - a compiler that other formats need not load

    done = typst.compile(
        str(_FOLDER / "story.typ"),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={
            "stories": json.dumps(
                [story_record(story, language, pictures=True) for story in stories], ensure_ascii=False
            )
        },
        pdf_standards=["a-2a"],
        timestamp=int(stamp.timestamp()),
    )
    return bytes(done)


def chart_pngs(svgs: list[str]) -> list[bytes]:
    """Return pictures of points for programs that cannot read SVG; all are set in one go."""
    import typst  # noqa: PLC0415

    if not svgs:
        return []
    done = typst.compile(
        str(_FOLDER / "charts.typ"),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"charts": json.dumps(svgs, ensure_ascii=False)},
        format="png",
        ppi=PPI,
    )
    return [bytes(page) for page in done] if isinstance(done, list) else [bytes(done)]
