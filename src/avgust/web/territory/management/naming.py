"""Which unit the words of a command mean."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db.models import Q

from avgust.web.territory.models import Unit


def unit_called(words: str) -> Unit:
    """Return the one unit of this number, of exactly this name, or whose names hold every word."""
    asked = Unit.objects.filter(pk=int(words)) if words.isascii() and words.isdecimal() else None
    exact = Unit.objects.filter(Q(name=words) | Q(short_name=words))
    found = list(asked if asked is not None else exact) or list(Unit.objects.search(words)[:100])
    if len(found) != 1:
        raise CommandError(f"{len(found)} organisations answer to {words!r}; one is needed.")
    return found[0]
