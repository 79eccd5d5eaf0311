"""Where an act stands, with its mark: shape, colour and word say the same."""

from __future__ import annotations

from typing import Any

from django import template

from avgust.domain.acts.standing import Standing
from avgust.web.acts.wording import MARKS, STANDINGS

register = template.Library()


@register.inclusion_tag("control/_proof.html")
def standing(stands: Standing | str) -> dict[str, Any]:
    """Write where an act stands with its mark."""
    known = Standing(stands)
    return {"label": STANDINGS[known], "mark": MARKS[known]}


@register.filter
def standing_label(stands: Standing | str) -> str:
    """Return the words of a standing."""
    return str(STANDINGS[Standing(stands)])
