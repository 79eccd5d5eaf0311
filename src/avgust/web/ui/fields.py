"""Fields of forms as people of an office fill them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class DayField(forms.DateField):
    """A day: as an office writes it, as a browser's calendar sends it, or as an English page says it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Show in every empty box how a day is written."""
        return {
            **super().widget_attrs(widget),
            "inputmode": "numeric",
            "placeholder": gettext_lazy("dd.mm.yyyy"),
        }
