"""Dates as people of an office read them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _


def as_day(value: date) -> date:
    """Return the local day of a date or a moment."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def long(value: date) -> str:
    """Return «1 октября 2025 г.» or "1 October 2025"."""
    written = date_format(as_day(value), pgettext("date format, long", "j F Y"))
    return written.replace(" ", "\u00a0", 1).replace(" г.", "\u00a0г.")


def named(value: date, form: str) -> str:
    """Return a date in a form of names: «суббота, 28 ноября», «ноя»; only English begins them large."""
    said = date_format(as_day(value), form).replace(".", "")
    return said.lower() if get_language() == "ru" else said


def short(value: date) -> str:
    """Return «1 окт 2025» or "1 Oct 2025", never broken."""
    return _short(as_day(value), get_language())


@lru_cache(maxsize=2048)  # a page of a programme prints a hundred dates, the same ones for everybody
def _short(day: date, _language: str | None) -> str:
    return f"{day.day}\u00a0{named(day, 'M')}\u00a0{day.year}"


def distance(value: date, today: date | None = None) -> str:
    """Return how far `value` is from `today` in words."""
    return _distance((as_day(value) - (today or timezone.localdate())).days, get_language())


@lru_cache(maxsize=2048)
def _distance(days: int, _language: str | None) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}
