"""States of causes as pages draw them: colour, shape and word say the same."""

from __future__ import annotations

from typing import Any

from django import template

from avgust.domain.decisions.coverage import CauseState
from avgust.web.decisions.models import Cause
from avgust.web.decisions.wording import MARKS, STATES, seen
from avgust.web.ui.requests import language

register = template.Library()


@register.inclusion_tag("control/_proof.html")
def cause_state(state: CauseState) -> dict[str, Any]:
    """Write the state of a cause with its mark."""
    return {"label": STATES[state], "mark": MARKS[state]}


@register.filter
def seen_in_numbers(cause: Cause) -> str:
    """Return the numbers of a cause in the reader's language."""
    return seen(cause, language())
