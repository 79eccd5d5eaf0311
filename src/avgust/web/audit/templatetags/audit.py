"""The journal of an object on its card."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models

from avgust.web.audit.models import Entry

register = template.Library()
SHOWN = 20


@register.inclusion_tag("audit/_journal.html")
def journal(subject: models.Model, shown: int = SHOWN) -> dict[str, Any]:
    """Write the latest entries about `subject`: `{% load audit %}{% journal document %}`."""
    entries = list(Entry.objects.of(subject).select_related("actor")[: shown + 1])
    return {"entries": entries[:shown], "more": len(entries) > shown, "shown": shown}
