"""What a row of the matrix is. Each app has its own table in this folder: `ROWS` in `<app>.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SIGN_IN = "sign in"  # sent to the sign-in page
OK, SAVED, NOT_PERMITTED, NOT_FOUND, WRONG = 200, 302, 403, 404, 400

# Everybody of the cast, in the order of the tables.
EVERYBODY = (
    "signed_out",
    "regional_officer",
    "municipal_officer",
    "head",
    "methodologist",
    "analyst",
    "observer",
    "admin",
    "foreign_officer",
    "foreign_head",
    "outsider",
)


@dataclass(frozen=True)
class Row:
    """One act on one address, and what each person of the cast gets.

    `make` prepares the subject (as the cast, without regard to rights) and returns the arguments of the
    address. `expect` names the status for some; `others` is the status of everybody else who is signed in,
    `signed_out` of nobody.
    """

    name: str
    url: str
    expect: dict[str, int | str] = field(default_factory=dict)
    others: int | str = OK
    signed_out: int | str = SIGN_IN
    method: str = "get"
    make: Callable[[Any], dict[str, Any]] = lambda _cast: {}
    data: Callable[[Any], dict[str, Any]] = lambda _cast: {}
    htmx: bool = False

    @property
    def id(self) -> str:
        """Return how the row is called in the report of tests."""
        return f"{self.url}: {self.method} {self.name}"

    def status_for(self, person: str) -> int | str:
        """Return what `person` must get."""
        if person in self.expect:
            return self.expect[person]
        return self.signed_out if person == "signed_out" else self.others
