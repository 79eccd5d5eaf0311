"""Which measures of a programme an authority has chosen to publish.

The three ways add up. What is chosen by programme or by section takes in what is added there later; what is
chosen by measure does not grow by itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """The whole programme, whole sections of it by their headings, single measures by their ids."""

    whole: bool = False
    sections: frozenset[str] = frozenset()
    measures: frozenset[int] = frozenset()

    def takes(self, measure: int, section: str) -> bool:
        """Return whether the measure that stands in `section` is published."""
        return self.whole or section in self.sections or measure in self.measures

    @property
    def empty(self) -> bool:
        """True when nothing is chosen."""
        return not (self.whole or self.sections or self.measures)
