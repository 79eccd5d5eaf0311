"""A story as the page prints it: its record with the pictures as safe SVG."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe

from avgust.domain.reporting.story.record import printed, story_record
from avgust.domain.reporting.story.story import Story


def page_of(story: Story, language: str) -> dict[str, Any]:
    """Return what the template prints."""
    told = story_record(story, language)
    for section, record in zip(printed(story), told["sections"], strict=True):
        for chart, one in zip(section.charts, record["charts"], strict=True):
            # Canvas escapes every word and writes classes only: nothing of a user's is markup in it.
            one["svg"] = mark_safe(chart.page_svg(language))  # noqa: S308
    return told
