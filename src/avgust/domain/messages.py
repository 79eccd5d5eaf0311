"""Sentences of the domain, translated where they are shown.

The domain returns `Message` values; who shows them (terminal, spreadsheet, page) renders them in the
reader's language with the one catalogue of the project (`locale/`). msgids are English whole sentences
with named placeholders.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("ru", "en")
DEFAULT_LANGUAGE: Final = "ru"


def _(msgid: str) -> str:
    """Mark a msgid for extraction; translation happens in `Message.render` or `translate`."""
    return msgid


mark = _


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its values, not yet in any language."""

    msgid: str
    params: dict[str, Any] = field(default_factory=dict)

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the sentence in `language` ("ru" or "en"). A parameter may itself be a Message."""
        values = {
            key: value.render(language) if isinstance(value, Message) else value
            for key, value in self.params.items()
        }
        text = translate(self.msgid, language)
        return text % values if values else text


def kept(message: Message | None) -> dict[str, Any]:
    """Return a message as it is kept in JSON: it is read in the language of who looks."""
    if message is None:
        return {}
    params = {key: kept(one) if isinstance(one, Message) else one for key, one in message.params.items()}
    return {"msgid": message.msgid, "params": params}


def message_of(value: Mapping[str, Any]) -> Message | None:
    """Return the message that `kept` wrote."""
    if not value:
        return None
    params = {key: message_of(one) if isinstance(one, dict) else one for key, one in value["params"].items()}
    return Message(value["msgid"], params)


def translate(msgid: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return `msgid` in `language`; the msgid itself where the catalogue does not know it."""
    return catalogue(language).gettext(msgid) if msgid else ""


def locale_folder() -> Path:
    """Return the folder of the catalogues: inside an installed package, beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "locale"
    return inside if inside.is_dir() else package.parents[1] / "locale"


@lru_cache(maxsize=8)
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`; English is the language of the msgids."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("django", str(locale_folder()), languages=[language], fallback=True)
