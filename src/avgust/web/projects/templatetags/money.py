"""Sums as an office writes them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from avgust.domain.planning.money import written
from avgust.web.ui.requests import language

register = template.Library()


@register.filter
def money(amount: Decimal) -> str:
    """Return «1 250 000,50», on an English page “1 250 000.50”."""
    said = written(amount)
    return said if language() == "ru" else said.replace(",", ".")
