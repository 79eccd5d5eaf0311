"""Sums as an office writes them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from avgust.domain.planning.money import written

register = template.Library()


@register.filter
def money(amount: Decimal) -> str:
    """Return «1 250 000,50»."""
    return written(amount)
