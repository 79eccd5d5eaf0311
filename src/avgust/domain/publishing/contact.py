"""Whom the public may ask about a programme: an office, never a person (152-FZ)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.publishing.personal import personal_words

_PHONE: Final = re.compile(r"\+?[\d\s\u00a0()-]{5,30}(?:,? (?:доб\.|ext\.) ?\d{1,6})?")
_DIGITS: Final = range(5, 16)  # E.164 has 15 at most, a village exchange five
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
NO_PHONE: Final = Message(mark("This is no telephone number. For example: +7 (800) 555-01-23."))
NO_EMAIL: Final = Message(mark("This is no e-mail address. For example: priem@edu.example.org."))
NO_WAY: Final = Message(mark("Give a telephone or an e-mail of the office, or leave all fields empty."))
PERSON: Final = mark("This names a person or a person's contact: %(words)s. Name the office instead.")


@dataclass(frozen=True, slots=True)
class OfficeContact:
    """An office as everybody may reach it."""

    office: str = ""  # «Приёмная», «Отдел общего образования»
    phone: str = ""
    email: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        """True where anything is said."""
        return any(asdict(self).values())

    @property
    def dialled(self) -> str:
        """The number as a telephone dials it, without its extension."""
        number = re.split(r",|доб|ext", self.phone)[0]
        return re.sub(r"[^\d+]", "", number)


def faults(contact: OfficeContact) -> dict[str, Message]:
    """Return what is wrong, by field; nothing at all is no fault: the contact is taken back."""
    found: dict[str, Message] = {}
    if not contact:
        return found
    if contact.phone and not _is_phone(contact):
        found["phone"] = NO_PHONE
    if contact.email and not _EMAIL.fullmatch(contact.email):
        found["email"] = NO_EMAIL
    if not (contact.phone or contact.email):
        found["phone"] = NO_WAY
    for name in ("office", "address"):
        if words := personal_words(getattr(contact, name)):
            found[name] = Message(PERSON, {"words": ", ".join(words)})
    return found


def _is_phone(contact: OfficeContact) -> bool:
    return bool(_PHONE.fullmatch(contact.phone)) and len(contact.dialled.lstrip("+")) in _DIGITS
