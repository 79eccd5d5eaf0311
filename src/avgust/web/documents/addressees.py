"""Addressees of a clause and the organisations they fall on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from avgust.domain.addressing import Addressing, Outcome, Register, resolve
from avgust.domain.resolutions.model import Addressee
from avgust.web.documents.highlight import place_name


@dataclass(frozen=True)
class Names:
    """Addressees against the register, each asked once for a page."""

    read: Callable[[], Register]
    _known: dict[tuple[str, str], Addressing] = field(default_factory=dict)

    @cached_property
    def register(self) -> Register:
        """The register, read when the first name is asked for."""
        return self.read()

    def addressing(self, addressee: Addressee) -> Addressing:
        """Return on whom `addressee` falls."""
        key = (addressee.name, addressee.form.value)
        if key not in self._known:
            self._known[key] = resolve(*key, self.register)
        return self._known[key]


@dataclass(frozen=True)
class AddresseeWords:
    """An addressee and the organisations it falls on."""

    addressee: Addressee
    names: Names

    @cached_property
    def addressing(self) -> Addressing:
        """On whom it falls; the register is asked only where that is shown."""
        return self.names.addressing(self.addressee)

    @property
    def at(self) -> str:
        """Its place in the text, as marks name it."""
        return place_name(self.addressee.span)

    @property
    def count(self) -> int:
        """How many organisations; 0 where the question is open."""
        return len(self.addressing.units) if self.addressing.outcome is Outcome.ROLE else 0

    @property
    def ambiguous(self) -> int:
        """Between how many organisations the name does not decide."""
        return len(self.addressing.units) if self.addressing.outcome is Outcome.AMBIGUOUS else 0
