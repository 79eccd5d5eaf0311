"""What a row of the matrix is, and of the pictures. Each app has its own tables here, in `<app>.py`.

`ROWS` says who gets what of each address; `PAGES` where each page is in the demo, for its pictures
(`python dev/screenshots.py --all`). An address without a row fails `test_matrix.py`, a page without a line
in `PAGES` fails `test_pictures.py`.
"""

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
    `signed_out` of nobody. A row with a `token` ("read", "write") is asked by a program with a token of the
    person, which sends its data as JSON.
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
    token: str = ""

    @property
    def id(self) -> str:
        """Return how the row is called in the report of tests."""
        return f"{self.url}: {self.method} {self.name}"

    def status_for(self, person: str) -> int | str:
        """Return what `person` must get."""
        if person in self.expect:
            return self.expect[person]
        return self.signed_out if person == "signed_out" else self.others


OFFICER = "region@avgust.example"


def one(model: str, **known: Any) -> Callable[[], dict[str, Any]]:
    """Return a function that finds the first `model` of the demo with these values: `{"pk": …}`."""

    def find() -> dict[str, Any]:
        from django.apps import apps

        found = apps.get_model(model)._default_manager.filter(**known).order_by("pk").first()
        assert found is not None, f"The demo has no {model} with {known}."
        return {"pk": found.pk}

    return find


@dataclass(frozen=True)
class Page:
    """A page as it is photographed in the demo: `at` finds the arguments of its address, `who` looks at it.

    An empty `who` is signed out. `guide` puts its picture into the guides too, of a telephone where `narrow`.
    """

    name: str
    url: str
    at: Callable[[], dict[str, Any]] = dict
    query: str = ""
    who: str = OFFICER
    guide: bool = False
    narrow: bool = False

    def address(self) -> str:
        """Return the address in the demo's database."""
        from django.urls import reverse

        return reverse(self.url, kwargs=self.at()) + self.query
