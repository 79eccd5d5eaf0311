"""Counted units of time in the genitive, as «в течение» wants them: «3 месяцев», “3 months”."""

from __future__ import annotations

from avgust.domain import messages


def counted(number: int, unit: str, language: str) -> str:
    """Return `number` of an ISO 8601 unit ("D", "W", "M", "Y"), or of "working D", in words."""
    ngettext = messages.catalogue(language).ngettext
    forms = {
        "D": ngettext("%(number)d day", "%(number)d days", number),
        "working D": ngettext("%(number)d working day", "%(number)d working days", number),
        "W": ngettext("%(number)d week", "%(number)d weeks", number),
        "M": ngettext("%(number)d month", "%(number)d months", number),
        "Y": ngettext("%(number)d year", "%(number)d years", number),
    }
    return forms[unit] % {"number": number}
