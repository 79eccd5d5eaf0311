"""Theme: which of the thirteen themes of the mission a clause belongs to."""

from __future__ import annotations

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Theme, ThemeGuess


def guess_theme(fragment: Fragment, headings: tuple[str, ...]) -> ThemeGuess:
    """Return the theme of `fragment`; `headings` govern it, outermost first."""
    return ThemeGuess(Theme.GOVERNANCE, 0.1, "theme.default")
