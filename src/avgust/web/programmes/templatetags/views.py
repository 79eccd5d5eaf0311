"""Links by which a view of a programme changes."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from avgust.web.ui.templatetags.ui import query

register = template.Library()


@register.simple_tag(takes_context=True)
def without(context: Context, key: str) -> str:
    """Return the address without the filter of `key`; an empty one would open the reader's first view."""
    left = query(context, view=None, **{key: None})
    return "?all=1" if left == "?" else left


@register.inclusion_tag("ui/_sort.html", takes_context=True)
def order_head(context: Context, key: str, label: str, now: str, css: str = "") -> dict[str, Any]:
    """Write the head of a column that orders executors: names from the first, numbers from the largest."""
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    first = key if key in {"name", "nearest"} else f"-{key}"
    second = first.removeprefix("-") if first.startswith("-") else f"-{key}"
    href = query(context, order=second if now == first else first)
    return {"label": label, "order": order, "href": href, "css": css}
