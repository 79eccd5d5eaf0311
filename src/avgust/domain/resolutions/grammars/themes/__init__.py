"""The lexicons of the thirteen themes: one file a theme, found by name.

Adding a theme is adding its file with a constant `LEXICON`; nothing here is edited.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from avgust.domain.resolutions.grammars.themes.lexicon import Phrase
from avgust.domain.resolutions.model import Theme

NEUTRAL = "neutral"  # the file of phrases that speak of no theme


@lru_cache(maxsize=1)
def all_phrases() -> tuple[Phrase, ...]:
    """Return the phrases of every theme and the neutral ones."""
    modules = (import_module(f"{__name__}.{name}") for name in (*Theme, NEUTRAL))
    return tuple(phrase for module in modules for phrase in module.LEXICON.phrases())
