"""Which browser on which system a session is, as people call them: the header itself says little."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first word that a header has names it: browsers made from others name those too.
_BROWSERS: Final = (
    ("YaBrowser/", "Yandex Browser"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def _first(known: tuple[tuple[str, str], ...], header: str) -> str:
    return next((name for word, name in known if word in header), "")


@register.filter
def device(header: str) -> str:
    """Return «Firefox, Windows» of a browser's header; what is not known is said to be so."""
    said = [name for name in (_first(_BROWSERS, header), _first(_SYSTEMS, header)) if name]
    return ", ".join(said) or _("unknown browser")
